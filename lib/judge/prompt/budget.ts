import { redactSecrets } from "../../traces/mod.ts";
import { shorten, type Shortened } from "./shorten.ts";
import { roughTokensOf } from "../../traces/text_tokens.ts";
import type { TranscriptItem } from "../transcript/transcript.ts";
import { quoted, visible } from "./visible.ts";

/** An item as it is shown. */
export interface ShownItem extends TranscriptItem {
  /**
   * The text, visible and quoted, shortened where the budget asks for it; null when it is left out. The line that says
   * what was cut is not quoted, so recorded text cannot pass for it.
   */
  shown: string | null;
  /** Characters of the text that are shown, from its start and from its end; null when it is left out. */
  kept: readonly [head: number, tail: number] | null;
}

/** A transcript within a budget, and what was done to get it there. */
export interface Budgeted {
  /** All of them, each with what is shown of it. */
  items: ShownItem[];
  /** Characters shown over characters of the whole transcript; 1 when nothing was left out. */
  shareShown: number;
  /** How many items were shortened, by what they are. */
  shortened: { results: number; texts: number; errors: number; arguments: number };
  /** Items left out whole, which happens only when everything shortened is still too long. */
  leftOut: number;
}

/** Tokens of an item's own heading line. */
const HEADING = 12;
/** Items at either end that are shortened only after all others. */
const FIRST = 4;
const LAST = 6;

/** In what order items give way, and to how many tokens at the least. */
const STEPS = [
  { what: "results", floor: 400 },
  // A policy fits in this; what is longer is a harness's manual, and worth less than what happened.
  { what: "system", floor: 2500 },
  { what: "results", floor: 80 },
  { what: "system", floor: 400 },
  { what: "texts", floor: 100 },
  { what: "errors", floor: 150 },
  { what: "ends", floor: 300 },
  { what: "task", floor: 1500 },
  { what: "arguments", floor: 60 },
] as const;

type Step = typeof STEPS[number]["what"];

/**
 * Takes secrets out of a transcript, makes invisible characters visible, and fits it into a number of tokens (task included, the judge's instructions not). Results of tools are shortened
 * first, the longest first, to some hundred tokens; then long system texts, results again, other texts, errors, the first and last items, the task, and, only when
 * all of these are at their least, the arguments of tool calls. Should even that not do, items from the middle are left
 * out whole, results first, tool calls last.
 */
export function withinBudget(items: readonly TranscriptItem[], tokens: number): Budgeted {
  const drafts = items.map((item, i): Draft => {
    const text = visible(redactSecrets(item.text).text);
    const needs = roughTokensOf(quoted(text)) + HEADING;
    return { text, step: stepOf(item, i, items.length), needs, limit: needs };
  });
  for (const { what, floor } of STEPS) lower(drafts, what, floor, tokens);
  const dropped = drop(drafts, tokens);
  const shortened = { results: 0, texts: 0, errors: 0, arguments: 0 };
  let [shownChars, allChars] = [0, 0];
  const shown = items.map((item, i): ShownItem => {
    const { text, needs, limit } = drafts[i]!;
    allChars += text.length;
    if (dropped.has(i)) return { ...item, shown: null, kept: null };
    const short = limit < needs ? shorten(text, limit - HEADING, rendered) : { head: text, tail: "", leftOut: 0 };
    if (short.leftOut) shortened[countedAs(item)]++;
    shownChars += text.length - short.leftOut;
    return { ...item, shown: rendered(short), kept: [short.head.length, short.tail.length] };
  });
  return { items: shown, shareShown: allChars ? shownChars / allChars : 1, shortened, leftOut: dropped.size };
}

interface Draft {
  text: string;
  step: Step;
  /** Tokens it would take in full, and tokens it may take. */
  needs: number;
  limit: number;
}

function stepOf(item: TranscriptItem, i: number, n: number): Step {
  if (item.task) return "task";
  if (item.kind === "call") return "arguments";
  if (item.kind === "system") return "system";
  if (i < FIRST || i >= n - LAST) return "ends";
  if (item.error) return "errors";
  return item.kind === "result" ? "results" : "texts";
}

function countedAs(item: TranscriptItem): keyof Budgeted["shortened"] {
  if (item.kind === "call") return "arguments";
  if (item.error) return "errors";
  return item.kind === "result" ? "results" : "texts";
}

/** Lowers the limits of one step to a common level that meets the budget, but not below `floor`; in place. */
function lower(drafts: Draft[], step: Step, floor: number, tokens: number): void {
  const over = sum(drafts) - tokens;
  const group = drafts.filter((draft) => draft.step === step);
  if (over <= 0 || group.length === 0) return;
  const level = Math.max(floor + HEADING, levelFor(group.map((draft) => draft.needs), sum(group) - over));
  for (const draft of group) draft.limit = Math.min(draft.needs, level);
}

/** The greatest level at which the values, none above it, add up to at most `total`. */
function levelFor(values: readonly number[], total: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  let left = total;
  for (const [i, value] of sorted.entries()) {
    const share = left / (sorted.length - i);
    if (value >= share) return Math.floor(share);
    left -= value;
  }
  return sorted.at(-1) ?? 0;
}

/** Leaves out items from the middle outwards until the rest fits. */
function drop(drafts: readonly Draft[], tokens: number): Set<number> {
  const dropped = new Set<number>();
  let left = sum(drafts);
  const middle = drafts.length / 2;
  for (const step of ["results", "texts", "errors", "arguments", "system", "ends"] satisfies Step[]) {
    const order = [...drafts.keys()].filter((i) => drafts[i]!.step === step)
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    for (const i of order) {
      if (left <= tokens) return dropped;
      dropped.add(i);
      left -= drafts[i]!.limit;
    }
  }
  return dropped;
}

const sum = (drafts: readonly Draft[]) => drafts.reduce((total, draft) => total + draft.limit, 0);

function rendered({ head, tail, leftOut }: Shortened): string {
  if (leftOut === 0) return quoted(head);
  const parts = [head && quoted(head), `[… ${leftOut} characters left out …]`, tail && quoted(tail)];
  return parts.filter((part) => part !== "").join("\n");
}
