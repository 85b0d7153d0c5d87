import { z } from "zod";
import { checkRow, RowError } from "../model/mod.ts";
import { type Ask, AskError } from "./ask.ts";

/** A reply kept for running without a key. */
export interface RecordedReply {
  sessionId: string;
  /** Who wrote it, said wherever it is shown: a model's name, or that a person scripted it. */
  by: string;
  text: string;
  inputTokens: number | null;
  outputTokens: number | null;
}

const schema: z.ZodType<RecordedReply> = z.strictObject({
  sessionId: z.string().min(1),
  by: z.string().min(1),
  text: z.string(),
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
});

/**
 * Reads recorded replies from JSON lines.
 *
 * @throws {RowError} naming the line and field at fault.
 */
export function parseRecordedReplies(text: string, source: string): RecordedReply[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new RowError(source, `line ${i + 1}`, "", `not JSON (${(error as Error).message})`);
    }
    return [checkRow(schema, value, source, `line ${i + 1}`)];
  });
}

/**
 * Answers from recorded replies instead of asking a model; a session is told by its prompt.
 *
 * @param prompts the user message of each session, by its id
 */
export function recordedAsk(replies: readonly RecordedReply[], prompts: ReadonlyMap<string, string>): Ask {
  const byPrompt = new Map(replies.map((reply) => [prompts.get(reply.sessionId) ?? "", reply]));
  return ({ messages }) => {
    const prompt = messages.find((message) => message.role === "user")?.content ?? "";
    const reply = byPrompt.get(prompt);
    if (!reply) return Promise.reject(new AskError("request", "there is no recorded reply for this session"));
    const { text, by, inputTokens, outputTokens } = reply;
    return Promise.resolve({ text, refusal: null, model: by, inputTokens, outputTokens });
  };
}
