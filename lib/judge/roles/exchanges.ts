import type { Item } from "../transcript/items.ts";
import type { CallSigns } from "./roles.ts";

/** One call's items and whether tools were offered. */
export interface AskedCall {
  input: readonly Item[];
  output: readonly Item[];
  tools: boolean;
}

/** Texts shorter than this are said by everybody. */
const MIN_CHARS = 8;

/** A call's system texts, together. */
export function systemOf(input: readonly Item[]): string {
  return input.filter((item) => item.kind === "system").map((item) => item.text).join("\n");
}

/**
 * Who answers whom in a session: calls with the same system text and the same tools are one speaker; a speaker is mirrored when
 * others are told as their user's words what it says, and it is told as its user's words what others say, and not where neither
 * is so. Null where only one is, or where all calls are one speaker.
 */
export function exchangesOf(calls: readonly AskedCall[]): Required<Pick<CallSigns, "mirrored" | "othersHaveTools">>[] {
  const names = calls.map(({ input, tools }) => `${tools} ${systemOf(input)}`);
  const speakers = new Set(names);
  if (speakers.size < 2) return calls.map(() => ({ mirrored: null, othersHaveTools: false }));
  const saidBy = textsBy(
    names,
    calls.map(({ output }) => output.filter(({ kind }) => kind === "assistant" || kind === "user")),
  );
  const toldTo = textsBy(names, calls.map(({ input }) => input.filter((item) => item.kind === "user")));
  const meets = (texts: ReadonlySet<string>, others: ReadonlyMap<string, ReadonlySet<string>>, name: string) =>
    [...others].some(([other, theirs]) => other !== name && !texts.isDisjointFrom(theirs));
  const mirrored = new Map([...speakers].map((name) => {
    const [heard, told] = [meets(saidBy.get(name)!, toldTo, name), meets(toldTo.get(name)!, saidBy, name)];
    return [name, heard === told ? heard : null];
  }));
  const withTools = new Set(names.filter((_, i) => calls[i]!.tools));
  return names.map((name) => ({
    mirrored: mirrored.get(name) ?? null,
    othersHaveTools: [...withTools].some((other) => other !== name),
  }));
}

function textsBy(names: readonly string[], items: readonly (readonly Item[])[]): Map<string, Set<string>> {
  const texts = new Map<string, Set<string>>();
  names.forEach((name, i) => {
    const own = texts.get(name) ?? new Set<string>();
    texts.set(name, own);
    for (const { text } of items[i]!) if (text.trim().length >= MIN_CHARS) own.add(text.trim());
  });
  return texts;
}
