import type { Found } from "./token.ts";

const HEADER = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const FOOTER = /-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const BODY = /[A-Za-z0-9+/=\s:,.()>|\\-]*/y;
/** The lines of a key whose end was cut off. */
const LINES = /(?:(?:[\s>|]|\\+[nr])*[A-Za-z0-9+/=]{16,})*/y;
const LONGEST = 20_000;
/** What begins a private key, in lower case. */
export const PEM_BEGIN = "-----begin ";

/** A private key in PEM whose header begins at a position, also one whose end was cut off; null where there is none. */
export function privateKeyAt(text: string, at: number): Found | null {
  HEADER.lastIndex = at;
  if (!HEADER.test(text)) return null;
  const body = HEADER.lastIndex;
  const limit = Math.min(text.length, body + LONGEST);
  const dashes = text.slice(body, limit).indexOf("-----");
  if (dashes >= 0) {
    const between = text.slice(body, body + dashes);
    FOOTER.lastIndex = body + dashes;
    BODY.lastIndex = 0;
    if (BODY.exec(between)?.[0] === between && FOOTER.test(text)) return found(at, FOOTER.lastIndex);
  }
  const rest = text.slice(body, dashes < 0 ? limit : body + dashes);
  LINES.lastIndex = 0;
  const lines = LINES.exec(rest)?.[0].length ?? 0;
  return lines === 0 ? null : found(at, body + lines);
}

const found = (start: number, end: number): Found => ({ kind: "private-key", start, end, rank: 3 });
