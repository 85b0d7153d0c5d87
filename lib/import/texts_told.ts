import type { Message, TraceRow } from "../model/mod.ts";
import { type Call, conversationOf } from "../traces/mod.ts";
import { lostCharacters } from "../traces/lost_texts.ts";

/** What was said in a session, counted: a message that calls repeat counts once. */
export interface TextsTold {
  /** Of system, users, assistants and tools. */
  messages: number;
  /** Tools that were called. */
  toolCalls: number;
  /** Characters of their texts and of the arguments of tool calls. */
  characters: number;
  /** Characters of recorded texts that no message has. */
  lost: number;
  /** Calls of which neither what was given nor what was answered is recorded. */
  callsWithoutTexts: number;
}

/** Nothing said. */
export const NOTHING_TOLD: TextsTold = { messages: 0, toolCalls: 0, characters: 0, lost: 0, callsWithoutTexts: 0 };

/** Reads a session's calls, and counts what was said. */
export function readTold(row: TraceRow): { calls: Call[]; told: TextsTold } {
  let lost = 0;
  const onElement = (recorded: unknown, messages: readonly Message[]) => lost += lostCharacters(recorded, messages);
  const calls = conversationOf(row, { onElement });
  return { calls, told: { ...countTold(calls), lost } };
}

function countTold(calls: readonly Call[]): Omit<TextsTold, "lost"> {
  const told = { messages: 0, toolCalls: 0, characters: 0, callsWithoutTexts: 0 };
  const objects = new Set<Message>();
  /** Contents by all else that tells messages apart, their length too: hardly any two are ever compared. */
  const distinct = new Map<string, string[]>();
  for (const { input, kept, output, inputRecorded, outputRecorded } of calls) {
    if (!inputRecorded && !outputRecorded) told.callsWithoutTexts++;
    for (const message of [...input.slice(kept), ...output]) {
      if (objects.has(message)) continue;
      objects.add(message);
      const { role, tool_calls = [] } = message;
      const content = message.content ?? "";
      const key = JSON.stringify([role, content.length, ...tool_calls.map((call) => call.function)]);
      const contents = distinct.get(key) ?? [];
      if (contents.includes(content)) continue;
      contents.push(content);
      distinct.set(key, contents);
      told.messages++;
      told.toolCalls += tool_calls.length;
      told.characters += content.length +
        tool_calls.reduce((sum, call) => sum + call.function.arguments.length, 0);
    }
  }
  return told;
}

/** The sum of two counts. */
export function addTold(a: TextsTold, b: TextsTold): TextsTold {
  return {
    messages: a.messages + b.messages,
    toolCalls: a.toolCalls + b.toolCalls,
    characters: a.characters + b.characters,
    lost: a.lost + b.lost,
    callsWithoutTexts: a.callsWithoutTexts + b.callsWithoutTexts,
  };
}
