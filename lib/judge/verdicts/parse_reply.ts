import { type Answer, answerSchema } from "./answer_schema.ts";
import { looseJson } from "./loose_json.ts";

/** An answer, or why none could be read. */
export type Parsed = { answer: Answer } | { fault: string };

/** Raised when more can be read than before: what was unreadable is then asked again. */
export const READER_VERSION = 2;

/** A longer reply is no answer, and places in it where an object may begin are not all looked at. */
const MAX_CHARS = 200_000;
const MAX_BEGINNINGS = 200;

/**
 * Reads a judge's reply: a JSON object, alone, in a list or another object, or as JSON text of JSON, with prose, a code fence
 * or the model's own thoughts around it; drafts in thoughts do not count. Where several objects are there, all that are answers
 * must agree on `success`. Nothing is guessed: wrong values, missing keys and what is cut off are faults, worded so that they
 * can be sent back to the judge.
 */
export function parseReply(reply: string): Parsed {
  if (reply.length > MAX_CHARS) return { fault: "it is far longer than asked for" };
  const text = withoutThoughts(reply);
  if (text.trim() === "") return { fault: "it is empty" };
  const objects = objectsIn(text);
  if (objects.length === 0) {
    return {
      fault: text.includes("{") ? "the JSON object is not complete or not valid JSON" : "there is no JSON object in it",
    };
  }
  const read = objects.map((object) => answerSchema.safeParse(object));
  const answers = read.flatMap((result) => result.success ? [result.data] : []);
  const [first] = answers;
  if (first) {
    if (answers.every((answer) => answer.success === first.success)) return { answer: first };
    return { fault: "it holds several answers that contradict each other" };
  }
  const issue = read.flatMap((result) => result.error?.issues ?? [])[0];
  return { fault: `the field "${issue?.path.join(".")}" is not as asked: ${issue?.message}` };
}

/** Marks around a model's thoughts, in the spellings in use. */
const THOUGHTS = [
  ["<think>", "</think>"],
  ["<thinking>", "</thinking>"],
  ["<thought>", "</thought>"],
  ["<reasoning>", "</reasoning>"],
  ["<reflection>", "</reflection>"],
  ["◁think▷", "◁/think▷"],
  ["[THINK]", "[/THINK]"],
  ["<|channel|>analysis", "<|channel|>final"],
  ["<seed:think>", "</seed:think>"],
] as const;

/** What stands behind the last thought; nothing when one does not end. */
function withoutThoughts(reply: string): string {
  let text = reply;
  for (const [open, close] of THOUGHTS) {
    const end = text.lastIndexOf(close);
    const begin = text.lastIndexOf(open);
    // A mark inside the answer's own texts is no thought.
    if (end >= 0 && !insideObject(text, end)) text = text.slice(end + close.length);
    else if (begin >= 0 && end < 0 && text.slice(0, begin).trim() === "") text = "";
  }
  return text;
}

/** Whether a position is within a JSON object that began before it and is an answer by itself. */
function insideObject(text: string, at: number): boolean {
  for (let from = text.indexOf("{"), n = 0; from >= 0 && from < at && n < MAX_BEGINNINGS; n++) {
    const end = objectEnd(text, from);
    if (end > at) {
      const object = looseJson(text.slice(from, end));
      if (object !== undefined && answerSchema.safeParse(object).success) return true;
    }
    from = text.indexOf("{", from + 1);
  }
  return false;
}

/** Levels of wrapping that are looked through. */
const MAX_WRAPS = 3;

/** Every outermost JSON object in a text that is an answer, or, where none is, every object. */
function objectsIn(text: string, depth = 0): unknown[] {
  const found: unknown[] = [];
  for (let at = text.indexOf("{"), n = 0; at >= 0 && n < MAX_BEGINNINGS; n++) {
    const end = objectEnd(text, at);
    const object = end < 0 ? undefined : looseJson(text.slice(at, end));
    if (object !== undefined) found.push(...unwrapped(object, MAX_WRAPS));
    at = text.indexOf("{", object === undefined ? at + 1 : end);
  }
  if (found.length || depth >= MAX_WRAPS) return found;
  // JSON as a text of JSON.
  const whole = looseJson(text.trim());
  return typeof whole === "string" ? objectsIn(whole, depth + 1) : found;
}

/** An object that is an answer, or those inside it that are; itself when none is. */
function unwrapped(object: unknown, levels: number): unknown[] {
  if (levels === 0 || answerSchema.safeParse(object).success) return [object];
  if (typeof object !== "object" || object === null) return [object];
  const inner = Object.values(object).flatMap((value) => {
    if (typeof value === "string" && value.includes("{")) return objectsIn(value, MAX_WRAPS);
    return typeof value === "object" && value !== null ? unwrapped(value, levels - 1) : [];
  }).filter((value) => answerSchema.safeParse(value).success);
  return inner.length ? inner : [object];
}

/** Position after the brace that closes the one at `at`, braces in texts apart; -1 when there is none. */
function objectEnd(text: string, at: number): number {
  let depth = 0;
  let quote: string | null = null;
  for (let i = at; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== null) {
      if (c === "\\") i++;
      else if (c === quote) quote = null;
    } else if (c === '"') quote = c;
    // An apostrophe opens a text only where one may begin.
    else if (c === "'" && /[[{,:]\s*$/.test(text.slice(Math.max(at, i - 20), i))) quote = c;
    else if (c === "{") depth++;
    else if (c === "}" && --depth === 0) return i + 1;
  }
  return -1;
}
