import type { References } from "../analysis/explain/reference.ts";

/** What the published regression compares with: the first benchmark and model by name, and the plainest harness. */
export const REFERENCE: References = {
  benchmark: "appworld",
  model: "claude-opus-4-5",
  harness: "tool_calling",
};
