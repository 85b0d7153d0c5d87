import type { Redacted } from "../../model/mod.ts";
import { redactName } from "./names.ts";
import { addSecretCounts, type Redactor, redactSecrets, type SecretCounts } from "./redactor.ts";

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
  const objects = new WeakMap<object, { value: unknown; counts: SecretCounts }>();
  const names = new Map<string, { text: string; counts: SecretCounts }>();

  function nameOf(text: string) {
    let known = names.get(text);
    if (!known) {
      known = redactName(text.toWellFormed(), redact);
      if (text.length < 200 && names.size < 10_000) names.set(text, known);
    }
    return known;
  }

  function clean(part: unknown, named: boolean): { value: unknown; counts: SecretCounts } {
    if (typeof part === "string") {
      const { text, counts } = named ? nameOf(part) : redact(part.toWellFormed());
      return { value: text, counts };
    }
    if (typeof part === "bigint") {
      const number = Number(part);
      return { value: Number.isSafeInteger(number) ? number : String(part), counts: NONE };
    }
    if (typeof part !== "object" || part === null) return { value: part, counts: NONE };
    if (part instanceof Date) {
      return { value: Number.isNaN(part.getTime()) ? null : part.toISOString(), counts: NONE };
    }
    let known = objects.get(part);
    if (!known) objects.set(part, known = Array.isArray(part) ? array(part, named) : object(part));
    return known;
  }

  function array(parts: readonly unknown[], named: boolean) {
    let counts = NONE;
    let changed = false;
    const value = parts.map((part) => {
      const one = clean(part, named);
      if (one.value !== part) {
        counts = addSecretCounts(counts, one.counts);
        changed = true;
      }
      return one.value;
    });
    return { value: changed ? value : parts, counts };
  }

  function object(part: object) {
    let counts = NONE;
    let changed = false;
    const entries = Object.entries(part).map(([key, inner]) => {
      const name = nameOf(key);
      const one = clean(inner, NAMES.test(key));
      if (one.value !== inner || name.text !== key) {
        counts = addSecretCounts(addSecretCounts(counts, one.counts), name.counts);
        changed = true;
      }
      return [name.text, one.value];
    });
    return { value: changed ? Object.fromEntries(entries) : part, counts };
  }

  return <T>(value: T) => clean(value, false) as RedactedValue<T>;
}

const NONE: SecretCounts = {};

/** JSON text of a value without secrets, which then has none. */
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
