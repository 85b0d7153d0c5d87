/** Reads files of a format as a user would, and counts what came out. @module */
import { isFault, openTraces, type TraceFault, type TraceOptions, type TraceStream } from "../../../lib/sources/mod.ts";
import { type Message, messagesText, type Span, type TraceRow } from "../../../lib/model/mod.ts";
import { conversationOf, finalAnswerOf, taskOf, usageOf } from "../../../lib/traces/mod.ts";

/** What was read of some files. */
export interface Read {
  rows: TraceRow[];
  faults: TraceFault[];
  stream: TraceStream;
}

/** Writes files into a folder that goes away again, and reads the folder, or the one file. */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: TraceOptions = {},
): Promise<Read> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = `${dir}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      if (typeof content === "string") await Deno.writeTextFile(path, content);
      else await Deno.writeFile(path, content);
    }
    const names = Object.keys(files);
    const stream = await openTraces(names.length === 1 ? `${dir}/${names[0]}` : dir, options);
    const items = await Array.fromAsync(stream.rows());
    return { rows: items.filter((item): item is TraceRow => !isFault(item)), faults: items.filter(isFault), stream };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** JSON lines of values. */
export const lines = (...values: unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** How many messages a call was given. */
export const heard = ({ inputMessages }: Span): number | null =>
  inputMessages === null ? null : JSON.parse(messagesText(inputMessages)!).length;

/** What one can count of a session, and what its texts say. */
export function told(row: TraceRow) {
  const calls = conversationOf(row);
  const messages = distinct(calls.flatMap(({ input, output }) => [...input, ...output]));
  const { inputTokens, outputTokens, cachedTokens } = usageOf(row);
  return {
    sessionId: row.sessionId,
    calls: calls.length,
    messages: messages.map(({ role }) => role),
    toolCalls: messages.reduce((n, { tool_calls = [] }) => n + tool_calls.length, 0),
    characters: messages.reduce(
      (n, { content, tool_calls = [] }) =>
        n + (content?.length ?? 0) + tool_calls.reduce((sum, call) => sum + call.function.arguments.length, 0),
      0,
    ),
    tokens: [inputTokens, outputTokens, cachedTokens],
    task: taskOf(row, calls),
    answer: finalAnswerOf(row, calls),
    models: row.models,
  };
}

function distinct(messages: readonly Message[]): Message[] {
  const seen = new Map(
    messages.map((message) => {
      const calls = (message.tool_calls ?? []).map((call) => call.function);
      return [JSON.stringify([message.role, message.content ?? "", calls]), message];
    }),
  );
  return [...seen.values()];
}
