import type { Message, TraceRow } from "../model/mod.ts";
import { type Call, conversationOf } from "../traces/mod.ts";
import { lostCharacters } from "../traces/lost_texts.ts";

/** What was said in a session, counted: a message that calls see again counts once, one that is said again twice. */
export interface TextsTold {
  /** Of system, users, assistants and tools. */
  messages: number;
  /** Tools that were called, by messages or, where these have none for it, by the span of a tool. */
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

/** Reads a session's calls, and counts what was said; and how many of its tool calls are told by spans alone. */
export function readTold(row: TraceRow): { calls: Call[]; told: TextsTold; toolsBySpan: number } {
  let lost = 0;
  const onElement = (recorded: unknown, messages: readonly Message[]) => lost += lostCharacters(recorded, messages);
  const calls = conversationOf(row, { onElement });
  const told = countTold(calls);
  const toolsBySpan = untoldTools(row.toolSpans ?? [], calls, told.toolCalls);
  return { calls, told: { ...told, toolCalls: told.toolCalls + toolsBySpan, lost }, toolsBySpan };
}

/**
 * Spans of tools whose calls no message has: by the id of the call, and of those that do not say theirs as many as there
 * are more than calls that no span has named.
 */
function untoldTools(spans: readonly (string | null)[], calls: readonly Call[], told: number): number {
  if (spans.length === 0) return 0;
  const named = new Set(spans.filter((id) => id !== null));
  const ids = new Set(
    calls.flatMap(({ input, kept, output }) =>
      [...input.slice(kept), ...output].flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id))
    ),
  );
  const untold = [...named].filter((id) => !ids.has(id)).length;
  const unnamed = spans.filter((id) => id === null).length;
  return untold + Math.max(0, unnamed - (told - (named.size - untold)));
}

/**
 * Counts what was said. Calls repeat the history, so a text counts as often as it stands within the one call, input and
 * answer, in which it stands most often: what is said twice is two messages, what is seen again is none.
 */
function countTold(calls: readonly Call[]): Omit<TextsTold, "lost"> {
  const told = { messages: 0, toolCalls: 0, characters: 0, callsWithoutTexts: 0 };
  const textOf = textTeller();
  const before: Text[] = [];
  /** How often each text stands in the input of the call before, and in the answer now. */
  const [heard, answered] = [new Map<Text, number>(), new Map<Text, number>()];
  for (const { input, kept, output, inputRecorded, outputRecorded } of calls) {
    if (!inputRecorded && !outputRecorded) told.callsWithoutTexts++;
    for (const text of before.splice(kept)) heard.set(text, heard.get(text)! - 1);
    for (const text of input.slice(kept).map(textOf)) {
      before.push(text);
      see(text, heard, answered);
    }
    for (const text of output.map(textOf)) see(text, answered, heard);
    answered.clear();
  }
  return told;

  function see(text: Text, here: Map<Text, number>, there: ReadonlyMap<Text, number>): void {
    here.set(text, (here.get(text) ?? 0) + 1);
    if (here.get(text)! + (there.get(text) ?? 0) <= text.times) return;
    text.times++;
    told.messages++;
    told.toolCalls += text.toolCalls;
    told.characters += text.characters;
  }
}

/** A text that messages say, equal ones being one, and how often it is known to have been said. */
interface Text {
  content: string;
  toolCalls: number;
  characters: number;
  times: number;
}

/** Tells the text of a message. */
function textTeller(): (message: Message) => Text {
  const known = new Map<Message, Text>();
  /** Texts by all but their contents that tells messages apart, their length too: hardly any two are ever compared. */
  const alike = new Map<string, Text[]>();
  return (message) => {
    const found = known.get(message);
    if (found) return found;
    const { role, content, tool_calls = [] } = message;
    const said = content ?? "";
    let key = `${role} ${said.length}`;
    for (const { function: { name, arguments: args } } of tool_calls) {
      key += ` ${name.length} ${args.length} ${name}${args}`;
    }
    const texts = alike.get(key) ?? [];
    alike.set(key, texts);
    let text = texts.find((one) => one.content === said);
    if (!text) {
      const ofCalls = tool_calls.reduce((sum, call) => sum + call.function.arguments.length, 0);
      text = { content: said, toolCalls: tool_calls.length, characters: said.length + ofCalls, times: 0 };
      texts.push(text);
    }
    known.set(message, text);
    return text;
  };
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
