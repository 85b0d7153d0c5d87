import type { Message, Span, TraceRow } from "../model/mod.ts";
import { conversationOf } from "../traces/mod.ts";

/** Tokens that a message takes beside its text, and a reply before it begins, as OpenAI counts chats. */
const PER_MESSAGE = 3;

/** A row whose calls have the tokens that were counted, and how many calls that are. */
export interface CountedRow {
  /** The same row where there was nothing to count. */
  row: TraceRow;
  /** Calls without tokens before, and with them now. */
  calls: number;
}

/**
 * A counter of tokens that the source did not record: of each such call the texts of its messages, its tools and system
 * prompt in OpenAI's o200k_base encoding, and {@link PER_MESSAGE} a message and a reply. Other models' tokenizers differ, by a
 * fifth and more in languages other than English, so a session that was counted is marked `tokensEstimated`. What is recorded
 * stays: counts of calls, and a session's own total, which is then not counted beside. Calls without recorded messages stay
 * unknown.
 *
 * Source: OpenAI cookbook, "How to count tokens with tiktoken".
 */
export async function tokenCounter(): Promise<(row: TraceRow) => CountedRow> {
  // Read by those alone who count.
  const { tokensOf } = await import("../traces/text_tokens.ts");
  return (row) => {
    const open = (span: Span) => span.inputTokens === null || span.outputTokens === null;
    if (row.totalTokens !== null || !row.spans.some(open)) return { row, calls: 0 };
    // Messages that calls repeat are the same objects.
    const known = new Map<Message, number>();
    const tools = new Map<string, number>();
    const ofMessage = (message: Message) => {
      const found = known.get(message) ?? PER_MESSAGE + tokensOf(saidIn(message));
      known.set(message, found);
      return found;
    };
    const sum = (messages: readonly Message[]) => messages.reduce((all, message) => all + ofMessage(message), 0);
    const ofTools = (text: string | null) => {
      if (text === null) return 0;
      const found = tools.get(text) ?? tokensOf(text);
      tools.set(text, found);
      return found;
    };
    const counted = new Map<Span, Pick<Span, "inputTokens" | "outputTokens">>();
    for (const { span, input, output, inputRecorded, outputRecorded } of conversationOf(row)) {
      if (!open(span)) continue;
      const inputTokens = span.inputTokens ??
        (inputRecorded ? sum(input) + ofTools(span.toolDefinitions) + PER_MESSAGE : null);
      const outputTokens = span.outputTokens ??
        (outputRecorded ? output.reduce((all, one) => all + tokensOf(saidIn(one, true)), 0) : null);
      if (inputTokens !== null && outputTokens !== null) counted.set(span, { inputTokens, outputTokens });
    }
    if (counted.size === 0) return { row, calls: 0 };
    const spans = row.spans.map((span) => ({ ...span, ...counted.get(span) }));
    return { row: { ...row, spans, tokensEstimated: true }, calls: counted.size };
  };
}

/** All that a message says: its text, what it asks of tools, and, of an answer, what was thought before it. */
function saidIn({ content, reasoning, tool_calls: calls }: Message, isAnswer = false): string {
  const asked = (calls ?? []).map(({ function: { name, arguments: args } }) => `${name} ${args}`);
  return [isAnswer ? reasoning ?? "" : "", content ?? "", ...asked].filter((text) => text !== "").join("\n");
}
