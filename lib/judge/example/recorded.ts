import { z } from "zod";
import { checkRow } from "../../model/mod.ts";
import { type Ask, AskError } from "../endpoint/ask.ts";

/** A reply kept for running without a key. */
export interface RecordedReply {
  sessionId: string;
  /** Who wrote it, said wherever it is shown: a model's name, or that a person scripted it. */
  by: string;
  text: string;
  inputTokens: number | null;
  outputTokens: number | null;
}

const schema: z.ZodType<RecordedReply[]> = z.array(z.strictObject({
  sessionId: z.string().min(1),
  by: z.string().min(1),
  text: z.string(),
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
}));

/**
 * Checks a list of recorded replies.
 *
 * @throws {RowError} naming the source and the field at fault.
 */
export function checkRecordedReplies(value: unknown, source: string): RecordedReply[] {
  return checkRow(schema, value, source, null);
}

/** Answers every request with one recorded reply, whatever is asked. */
export function recordedAsk({ text, by, inputTokens, outputTokens }: RecordedReply): Ask {
  const reply = { text, refusal: null, cut: false, model: by, dialect: null, cachedTokens: null };
  return () => Promise.resolve({ ...reply, inputTokens, outputTokens });
}

/** The reply recorded for a session; asking without one is a fault of that request. */
export function recordedFor(replies: readonly RecordedReply[], sessionId: string): Ask {
  const reply = replies.find((reply) => reply.sessionId === sessionId);
  if (reply) return recordedAsk(reply);
  return () => Promise.reject(new AskError("request", `there is no recorded reply for session ${sessionId}`));
}
