import type { Redacted } from "../../model/mod.ts";
import { assignedAt, ASSIGNMENTS, namedAt, namedOf } from "./assignment.ts";
import { automatonOf } from "./automaton.ts";
import { surroundedAt, SURROUNDINGS } from "./credentials.ts";
import { hiddenWords } from "./hidden.ts";
import { personalIn } from "./personal.ts";
import { PEM_BEGIN, privateKeyAt } from "./private_key.ts";
import { type SecretRule } from "./rule.ts";
import { SECRET_RULES } from "./rules.ts";
import { type Found, TokenFinder, tokenOf } from "./token.ts";

/** How many secrets of each kind were replaced; a kind without any is left out. */
export type SecretCounts = Record<string, number>;

/** A text without its secrets. */
export interface RedactedText {
  /** With `[redacted KIND]` in the place of each. */
  text: Redacted<string>;
  /** What was replaced. */
  counts: SecretCounts;
}

/** Settings of {@link redactorOf}. */
export interface RedactOptions {
  /** Rules besides the built-in ones. */
  rules?: readonly SecretRule[];
  /** Personal data too: e-mail addresses, phone numbers, IBANs, card numbers. */
  personal?: boolean;
}

/** Replaces secrets in a text by `[redacted KIND]` and counts them by kind. */
export type Redactor = (text: string) => RedactedText;

/** Looks at what begins with a word that ends at a position. */
interface Look {
  at(text: string, end: number, finder: () => TokenFinder): Found | null;
  /** Told by what stands around it: of no interest inside a secret that has been found. */
  around: boolean;
}

/**
 * Makes a redactor. It finds secrets by their own form, by the name that they are assigned to, and by headers, URLs and
 * commands around them; also with invisible characters inside, escaped in JSON or a URL, and wrapped over lines. On JSON
 * text it leaves valid JSON. Its time grows with the length of the text, whatever is in it.
 *
 * @example
 * ```ts
 * import { redactorOf } from "agent-trace-lab/traces";
 * import assert from "node:assert/strict";
 *
 * const redact = redactorOf({ personal: true });
 * assert.equal(redact("mail ann@example.org, pwd=hunter2").text, "mail [redacted email], pwd=[redacted password]");
 * ```
 */
export function redactorOf({ rules = [], personal = false }: RedactOptions = {}): Redactor {
  const looks = new Map<string, { exact: string[] | undefined; looks: Look[] }>();
  const look = (word: string, around: boolean, at: Look["at"]) => {
    const key = word.toLowerCase();
    const known = looks.get(key) ?? { exact: [], looks: [] };
    looks.set(key, known);
    known.looks.push({ at, around });
    if (around) known.exact = undefined;
    else known.exact?.push(word);
  };
  for (const rule of [...rules, ...SECRET_RULES]) addRule(rule, look);
  for (const around of SURROUNDINGS) {
    for (const word of around.words) {
      look(word, true, (text, end) => surroundedAt(text, end, around));
    }
  }
  for (const assigned of ASSIGNMENTS) {
    for (const word of assigned.words) look(word, true, (text, end) => assignedAt(text, word, end, assigned));
  }
  look(PEM_BEGIN, false, (text, end) => privateKeyAt(text, end - PEM_BEGIN.length));
  const looksOf = [...looks.values()].map((word) => word.looks);
  const automaton = automatonOf(Array.from(looks, ([word, { exact }]) => ({ word, exact })));
  const foundIn = (text: string): Found[] => {
    const all: Found[] = [];
    let made: TokenFinder | null = null;
    const finder = () => made ??= new TokenFinder(text);
    automaton.scan(text, (found, end) => {
      const inside = all.length > 0 && all[all.length - 1]!.end > end;
      for (const word of found) {
        for (const { at, around } of looksOf[word]!) {
          const secret = inside && around ? null : at(text, end, finder);
          if (!secret) continue;
          add(all, secret);
          if (secret.rank >= 2) return secret.end;
        }
      }
      return end;
    });
    return all;
  };
  return (text) => {
    const all = foundIn(text);
    const more = personal ? personalIn(text) : [];
    for (const { text: seen, at } of hiddenWords(text)) {
      for (const found of foundIn(seen)) more.push({ ...found, start: at[found.start]!, end: at[found.end]! });
    }
    return replaced(text, more.length === 0 ? all : inOrder([...all, ...more]));
  };
}

function addRule(rule: SecretRule, look: (word: string, around: boolean, at: Look["at"]) => void): void {
  if ("words" in rule) {
    const named = namedOf(rule);
    for (const word of rule.words) look(word, true, (text, end) => namedAt(text, end, named));
    return;
  }
  const token = tokenOf(rule);
  for (const begin of rule.begins) {
    // Its letters have to be of this case: most of what sounds like it is told apart by the last one.
    const last = begin.charCodeAt(begin.length - 1);
    look(begin, false, (text, end, finder) => {
      return text.charCodeAt(end - 1) === last ? finder().at(token, begin, end) : null;
    });
  }
}

/** Secrets by where they begin, what overlaps made one. */
function inOrder(found: Found[]): Found[] {
  const all: Found[] = [];
  for (const secret of found.sort((a, b) => a.start - b.start)) add(all, secret);
  return all;
}

/** Adds a secret to those found, which are in order; what overlaps becomes one, of the kind with the higher rank. */
function add(all: Found[], secret: Found): void {
  let one = secret;
  let at = all.length;
  while (at > 0 && all[at - 1]!.end > one.start) {
    const other = all[at - 1]!;
    at--;
    if (other.start >= one.end) continue;
    const named = one.rank > other.rank ? one : other;
    const loose = named === one ? other : one;
    // All others say where they end; a value behind a name may run on into what follows.
    one = named.rank > 0 && loose.rank === 0 && named.start === loose.start
      ? named
      : { ...named, start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
    all.splice(at, 1);
  }
  all.splice(at, 0, one);
}

function replaced(text: string, all: readonly Found[]): RedactedText {
  if (all.length === 0) return { text: text as Redacted<string>, counts: {} };
  const counts: SecretCounts = {};
  let kept = "";
  let from = 0;
  for (const { kind, start, end } of all) {
    kept += `${text.slice(from, start)}[redacted ${kind}]`;
    counts[kind] = (counts[kind] ?? 0) + 1;
    from = end;
  }
  return { text: (kept + text.slice(from)) as Redacted<string>, counts };
}

let standard: Redactor | null = null;

/**
 * {@link redactorOf} with the built-in rules: what is redacted unless told otherwise.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { redactSecrets } from "agent-trace-lab/traces";
 * equal(redactSecrets("key AKIAIOSFODNN7EXAMPLE here").text, "key [redacted aws] here");
 * ```
 */
export function redactSecrets(text: string): RedactedText {
  standard ??= redactorOf();
  return standard(text);
}

/**
 * Adds the counts of one text to those of others, kinds in the order of their names.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { addSecretCounts } from "agent-trace-lab/traces";
 * equal(addSecretCounts({ aws: 1 }, { aws: 2 }).aws, 3);
 * ```
 */
export function addSecretCounts(a: SecretCounts, b: SecretCounts): SecretCounts {
  const sum: SecretCounts = {};
  for (const kind of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    const n = (a[kind] ?? 0) + (b[kind] ?? 0);
    if (n) sum[kind] = n;
  }
  return sum;
}

/** Every kind that the built-in rules write, in order. */
export function secretKinds(): string[] {
  const kinds = [
    ...SECRET_RULES.map(({ id, kind }) => kind ?? id),
    ...ASSIGNMENTS.map(({ kind }) => kind),
    ...SURROUNDINGS.map(({ kind }) => kind),
    "private-key",
  ];
  return [...new Set(kinds)].sort();
}
