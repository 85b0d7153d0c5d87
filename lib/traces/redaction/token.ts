import { escapedLength } from "./automaton.ts";
import { kindOf, type TokenRule } from "./rule.ts";
import { entropyOf, isMixed, isSlug, lettersOf, looksRandom } from "./shape.ts";
import { breakLength, linesOfSet } from "./wrapped.ts";

/** A secret in a text, from `start` to before `end`. */
export interface Found {
  kind: string;
  start: number;
  end: number;
  /** Where two overlap, the one of the higher rank names both. */
  rank: number;
}

/** A {@link TokenRule} made ready. */
export interface Token {
  kind: string;
  rule: TokenRule;
  chars: Uint8Array;
  shape: RegExp | null;
  before: RegExp | null;
  /** Of small and capital letters: a secret has both, or digits. */
  mixed: boolean;
}

/** Longest secret, in characters; a JSON Web Token may be long. */
const LONGEST = 10_000;
/** Most times that a rule is tried in a stretch of text in which it fails. */
const MOST_TRIES = 4;
/** Most lines that a token is looked for on before it is long enough. */
const MOST_LINES = 10;
/** Longest piece that stands before a beginning. */
const BEFORE = 100;

/** Makes a rule ready. */
export function tokenOf(rule: TokenRule): Token {
  const one = new RegExp(`[${rule.chars}]`);
  const chars = Uint8Array.from({ length: 128 }, (_, code) => one.test(String.fromCharCode(code)) ? 1 : 0);
  return {
    kind: kindOf(rule),
    rule,
    chars,
    shape: rule.shape === undefined ? null : new RegExp(`(?:${rule.shape})`, "y"),
    before: rule.before === undefined ? null : new RegExp(`(?:${rule.before})$`),
    mixed: chars[97] === 1 && chars[65] === 1 && chars[122] === 1,
  };
}

/** Looks for tokens in one text. Its time grows with the text's length, whatever is in it. */
export class TokenFinder {
  readonly #runs = new Map<Uint8Array, { from: number; to: number }>();
  readonly #tries = new Map<Token, { until: number; count: number }>();

  constructor(readonly text: string) {}

  /** The secret whose beginning ends at a position, null where there is none. */
  at(token: Token, begin: string, end: number): Found | null {
    const start = this.#startOf(begin, end);
    if (start === null || !this.#mayTry(token, end)) return null;
    const from = token.before ? this.#before(token.before, start) : start;
    if (from === null) return null;
    const way = token.before ? "clean" : this.#wayIn(start);
    if (way === "inside" || way === "joined" && token.rule.strict && /^[A-Za-z0-9]+$|^.{1,2}$/.test(begin)) return null;
    const joined = way === "clean" ? 0 : token.rule.strict ? 20 : 8;
    const to = this.#endOf(token, end, joined);
    return to === null ? null : { kind: token.kind, start: from, end: to, rank: 2 };
  }

  /** Where a beginning starts that ends at a position, maybe broken over lines; letters have to be of the same case. */
  #startOf(begin: string, end: number): number | null {
    const { text } = this;
    if (text.startsWith(begin, end - begin.length)) return end - begin.length;
    let at = end;
    for (let k = begin.length - 1; k >= 0;) {
      if (--at < 0) return null;
      const code = text.charCodeAt(at);
      if (code === begin.charCodeAt(k)) k--;
      else if (code !== 10 && code !== 13) {
        if (text[at - 1] !== "\\" || escapedLength(text, at - 1) !== 2) return null;
        at--;
      }
    }
    return at;
  }

  /** Whether a word begins at a position, is joined to something short before it, or lies inside a long run. */
  #wayIn(start: number): "clean" | "joined" | "inside" {
    const before = this.text.slice(Math.max(0, start - 40), start);
    const run = /[A-Za-z0-9+/]{32}$/.exec(before)?.[0];
    if (run !== undefined && lettersOf(run).digits > 1 && entropyOf(run) > 3.5) return "inside";
    return !/[A-Za-z0-9-]$/.test(before) || /\\[nrtbf]$|%[0-9A-Fa-f]{2}$|\\u[0-9A-Fa-f]{4}$/.test(before)
      ? "clean"
      : "joined";
  }

  /** Where a secret begins of which a piece stands before the fixed part. */
  #before(pattern: RegExp, start: number): number | null {
    const found = pattern.exec(this.text.slice(Math.max(0, start - BEFORE), start));
    if (!found) return null;
    const from = start - found[0].length;
    return this.#wayIn(from) === "inside" ? null : from;
  }

  /** Where the secret ends whose beginning ends at a position; joined to a word, it has to look drawn at random. */
  #endOf(token: Token, from: number, joined: number): number | null {
    const { text } = this;
    const end = this.#runEnd(token.chars, from);
    const fits = (piece: string) => {
      const length = lengthOf(token, piece);
      return length !== null && joined && !looksRandom(piece.slice(0, length), joined) ? null : length;
    };
    const body = text.slice(from, Math.min(end, from + LONGEST));
    const length = fits(body);
    const broken = breakLength(text, end) > 0;
    if (length !== null) return length === body.length && broken ? this.#furtherLines(token, end) : from + length;
    if (!broken) return this.#failed(token, from, end);
    const lines = linesOfSet(text, from, token.chars, 1_000, MOST_LINES);
    for (const stop of [...lines.breaks, lines.text.length]) {
      if (stop <= body.length || stop < token.rule.least) continue;
      const piece = lines.text.slice(0, stop);
      const found = fits(piece);
      if (found === null || !looksRandom(piece, 16)) continue;
      const after = lines.at[found - 1]! + 1;
      return found === stop ? this.#furtherLines(token, after) : after;
    }
    return this.#failed(token, from, lines.at.at(-1)!);
  }

  /** Adds lines that go on with what looks drawn at random: a long token, wrapped. */
  #furtherLines({ chars }: Token, end: number): number {
    let at = end;
    while (true) {
      const { text, at: places, breaks } = linesOfSet(this.text, at, chars, 400, 2);
      if (breaks[0] !== 0 || text === "") return at;
      const line = text.slice(0, breaks[1] ?? text.length);
      const after = places[line.length - 1]! + 1;
      const alone = breaks.length > 1 || !/[\w ([{]/.test(this.text[after] ?? "");
      const random = looksRandom(line, alone ? 6 : 16) ||
        alone && line.length >= 16 && !isSlug(line) && entropyOf(line) > 3;
      if (!random) return at;
      at = after;
    }
  }

  #runEnd(chars: Uint8Array, from: number): number {
    const known = this.#runs.get(chars);
    if (known && from >= known.from && from <= known.to) return known.to;
    let to = from;
    while (to < this.text.length && chars[this.text.charCodeAt(to)] === 1) to++;
    if (known) [known.from, known.to] = [from, to];
    else this.#runs.set(chars, { from, to });
    return to;
  }

  /** In a stretch where a rule has failed again and again it is not tried for ever. */
  #mayTry(token: Token, at: number): boolean {
    const tries = this.#tries.get(token);
    return !tries || at >= tries.until || tries.count < MOST_TRIES;
  }

  #failed(token: Token, at: number, until: number): null {
    const tries = this.#tries.get(token);
    if (!tries) this.#tries.set(token, { until, count: 1 });
    else if (until <= tries.until) tries.count++;
    else [tries.until, tries.count] = [until, at < tries.until ? tries.count + 1 : 1];
    return null;
  }
}

/** How much of a run is a secret by its rule, null for nothing. */
function lengthOf({ rule, shape, before, mixed, chars }: Token, run: string): number | null {
  let length = run.length;
  if (shape) {
    shape.lastIndex = 0;
    if (!shape.test(run)) return null;
    length = shape.lastIndex;
    if (/[A-Za-z0-9]/.test(run[length] ?? "")) return null;
  } else if (chars[46] === 1 || chars[47] === 1) {
    while (length > 0 && /[./:,]/.test(run[length - 1]!)) length--;
  }
  if (length < rule.least || length > (rule.most ?? LONGEST)) return null;
  const body = run.slice(0, Math.min(length, 400));
  const { digits, capitals, small } = lettersOf(body);
  // One in some dozens of keys has no digit; its capitals and small letters then stand as no word has them.
  if (digits < (rule.digits ?? 0) && !isMixed(body)) return null;
  if (rule.entropy !== undefined && entropyOf(body) < rule.entropy) return null;
  if (shape || before) return length;
  if (mixed && (digits > 0 ? 1 : 0) + (capitals > 0 ? 1 : 0) + (small > 0 ? 1 : 0) < 2) return null;
  if ((rule.strict && mixed || chars[45] === 1 || chars[95] === 1) && isSlug(body)) return null;
  return length;
}
