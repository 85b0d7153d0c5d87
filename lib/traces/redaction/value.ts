import type { Redacted } from "../../model/mod.ts";
import { nameRedactor } from "./names.ts";
import { addSecretCounts, type RedactedText, type Redactor, redactSecrets, type SecretCounts } from "./redactor.ts";

/** A value without its secrets. */
export interface RedactedValue<T> {
  /** A copy whose texts went through the redactor. */
  value: Redacted<T>;
  /** What was replaced. */
  counts: SecretCounts;
}

/** Fields that name something: what is redacted in them stays as different as it was (see {@link redactName}). */
const NAMES =
  /(?:^|_)(?:ids?|names?|models?|benchmark|harness|deployment|run|trial|key|span_parents)$|(?:Ids?|Names?|Models?|Key|Parents)$/;

/**
 * Makes a redactor of whole values: every text in them, those of names and ids (told by their field) and of keys too. The
 * value comes out in the same shape, as plain JSON: integers beyond 2^53 and dates become text, half a character U+FFFD. An
 * object met again comes out as the same object, and one without secrets as it was. What is counted is each occurrence.
 */
export function valueRedactor(redact: Redactor = redactSecrets): <T>(value: T) => RedactedValue<T> {
  const objects = new Map<object, { value: unknown; counts: SecretCounts }>();
  const nameOf = nameRedactor(redact);
  const keys = new Map<string, RedactedKey>();
  let harmless: readonly unknown[] = [];

  /** A value without secrets; what was replaced is added to `all`. */
  function clean(part: unknown, named: boolean, all: SecretCounts): unknown {
    if (typeof part === "string") {
      const { text, counts } = named ? nameOf(wellFormed(part)) : redact(wellFormed(part));
      addTo(all, counts);
      return text;
    }
    if (typeof part === "bigint") {
      const number = Number(part);
      return Number.isSafeInteger(number) ? number : String(part);
    }
    if (typeof part !== "object" || part === null) return part;
    if (part instanceof Date) return Number.isNaN(part.getTime()) ? null : part.toISOString();
    let known = objects.get(part);
    if (!known) {
      const counts: SecretCounts = {};
      known = { value: Array.isArray(part) ? array(part, named, counts) : object(part, counts), counts };
      objects.set(part, known);
    }
    addTo(all, known.counts);
    return known.value;
  }

  function array(parts: readonly unknown[], named: boolean, counts: SecretCounts): readonly unknown[] {
    let copy: unknown[] | null = null;
    let i = 0;
    // A call's input begins as that of the call before.
    while (i < parts.length && i < harmless.length && parts[i] === harmless[i]) i++;
    for (; i < parts.length; i++) {
      const value = clean(parts[i], named, counts);
      if (value !== parts[i]) copy ??= parts.slice();
      if (copy) copy[i] = value;
    }
    if (parts.length >= LONG && !copy && isEmpty(counts)) harmless = parts;
    return copy ?? parts;
  }

  function object(part: object, counts: SecretCounts): object {
    const own = part as Record<string, unknown>;
    const names = Object.keys(own);
    let copy: [string, unknown][] | null = null;
    for (let i = 0; i < names.length; i++) {
      const key = names[i]!, inner = own[key];
      const name = keyOf(key);
      const value = clean(inner, name.names, counts);
      if (value !== inner || name.text !== key) {
        copy ??= names.slice(0, i).map((before) => [before, own[before]]);
        addTo(counts, name.counts);
      }
      copy?.push([name.text, value]);
    }
    return copy ? Object.fromEntries(copy) : part;
  }

  /** A key without secrets, and whether what has it names something. */
  function keyOf(key: string): RedactedKey {
    let known = keys.get(key);
    if (!known) {
      known = { ...nameOf(wellFormed(key)), names: NAMES.test(key) };
      if (key.length < 100 && keys.size < MOST_KEYS) keys.set(key, known);
    }
    return known;
  }

  return <T>(value: T) => {
    const counts: SecretCounts = {};
    const cleaned = clean(value, false, counts);
    return { value: cleaned as Redacted<T>, counts: addSecretCounts(counts, NONE) };
  };
}

/** Lists of so many parts and more are compared with the one before. */
const LONG = 8;

/** Keys that are remembered. */
const MOST_KEYS = 10_000;

type RedactedKey = RedactedText & { names: boolean };

/** `toWellFormed` copies what is well-formed, too. */
const wellFormed = (text: string) => text.isWellFormed() ? text : text.toWellFormed();

function isEmpty(counts: SecretCounts): boolean {
  for (const _ in counts) return false;
  return true;
}

function addTo(all: SecretCounts, counts: SecretCounts): void {
  for (const kind in counts) all[kind] = (all[kind] ?? 0) + counts[kind]!;
}

const NONE: SecretCounts = {};

/**
 * JSON text of a value without secrets, which then has none.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { redactedJson, redactValue } from "agent-trace-lab/traces";
 * equal(redactedJson(redactValue({ key: "AKIAIOSFODNN7EXAMPLE" }).value).includes("AKIA"), false);
 * ```
 */
export const redactedJson = (value: Redacted<unknown>): Redacted<string> => JSON.stringify(value) as Redacted<string>;

/**
 * A value without its secrets (see {@link valueRedactor}).
 *
 * @example
 * ```ts
 * import { redactValue } from "agent-trace-lab/traces";
 * import assert from "node:assert/strict";
 *
 * const { value, counts } = redactValue({ note: "pwd=hunter2", calls: 3 });
 * assert.deepEqual(value, { note: "pwd=[redacted password]", calls: 3 });
 * assert.deepEqual(counts, { password: 1 });
 * ```
 */
export function redactValue<T>(value: T, redact: Redactor = redactSecrets): RedactedValue<T> {
  return valueRedactor(redact)(value);
}
