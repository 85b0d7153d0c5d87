/**
 * One session told in every format: a visitor asks, the model looks a book up, and answers. Written for these tests.
 *
 * @module
 */
import { CODING_AGENT_SAMPLES } from "./samples/coding_agents.ts";
import { HARNESS_SAMPLES } from "./samples/harnesses.ts";
import { MESSAGE_SAMPLES } from "./samples/messages.ts";
import { SERVICE_SAMPLES } from "./samples/services.ts";
import { SPAN_SAMPLES } from "./samples/spans.ts";

export { ANSWER, ARGS, ASK, RESULT } from "./samples/session.ts";

/** Files by format; the id of the format, a colon and a variant where there are several. */
export const SAMPLES: Record<string, Record<string, string | Uint8Array>> = {
  ...SPAN_SAMPLES,
  ...SERVICE_SAMPLES,
  ...CODING_AGENT_SAMPLES,
  ...HARNESS_SAMPLES,
  ...MESSAGE_SAMPLES,
};
