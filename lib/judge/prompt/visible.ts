import { redactSecrets } from "../../traces/mod.ts";

/**
 * Characters that a reader does not see but a model may: controls (but tab and line feed), formats (zero-width, direction
 * marks, soft hyphens, tags), line and paragraph separators, private use, lone surrogates, and all that Unicode says may
 * be ignored in display (variation selectors, fillers).
 */
const INVISIBLE = /[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\n\t]]/gv;

/** Text with every invisible character written out as `\u{HEX}`; line ends become line feeds. No other character changes. */
export function visible(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(INVISIBLE, (c) => `\\u{${c.codePointAt(0)!.toString(16).toUpperCase()}}`);
}

/** A name from a trace for use inside a line of ours: without secrets, visible, on one line, at most 100 characters. */
export function visibleName(name: string): string {
  const line = visible(redactSecrets(name).text).replace(/\s+/gu, " ").trim();
  return line.length > 100 ? `${line.slice(0, 99).toWellFormed()}…` : line;
}

/** Recorded text as a quotation: every line begins with `| `, so none of it can pass for a line of ours. */
export function quoted(text: string): string {
  return `| ${text.replaceAll("\n", "\n| ")}`;
}
