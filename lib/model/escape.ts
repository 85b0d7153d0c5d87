/** What an escaped text is safe for; nothing has it at run time. */
declare class For<Target> {
  #target: Target;
}
export type { For };

/** A text made harmless for one target; for another it is a text like any. */
export type Escaped<Target extends "html" | "markdown" | "sql" | "csv" | "shell" | "terminal"> = string & For<Target>;

/** Characters that XML 1.0 has no place for, and those that turn the direction of what follows. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u202a-\u202e\u2066-\u2069]/gu;

/** A text as HTML and XML may hold it: other characters, also those that turn its direction, become U+FFFD. */
export function legalXml(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, "\ufffd");
}

/**
 * A text of the data for HTML and SVG, also inside a quoted attribute: whatever it holds, it is neither a tag, nor an
 * attribute, nor the end of one.
 *
 * @example
 * ```ts
 * import { escapeHtml } from "agent-trace-lab/model";
 * import assert from "node:assert/strict";
 *
 * assert.equal(escapeHtml(`<img src=x onerror="alert('1')">`), "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;");
 * ```
 */
export function escapeHtml(text: string): Escaped<"html"> {
  return legalXml(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;").replaceAll("'", "&#39;") as Escaped<"html">;
}

/**
 * A text of the data as character data of XML (SVG), also inside a double-quoted attribute.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { escapeXml } from "agent-trace-lab/figures";
 * equal(escapeXml("a < b"), "a &lt; b");
 * ```
 */
export function escapeXml(text: string): Escaped<"html"> {
  return legalXml(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;") as Escaped<"html">;
}

/** What has a meaning inside a line of Markdown, HTML or a formula; `_` only where it is not inside a word. */
const INLINE = /[\\`*[\]<>|~$]|&(?!#\d+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** What has a meaning at the beginning of a line. */
const LEADING = /^(?:[-+](?=\s|$)|#{1,6}(?=\s|$)|[-=]+$|\d{1,9}(?=[.)](?:\s|$)))/;

const entity = (character: string) => `&#${character.codePointAt(0)};`;

/**
 * A text of the data as it stands, in Markdown: whatever it holds, it is neither markup nor HTML nor a formula, and one line.
 * Applied twice it is the same.
 *
 * @example
 * ```ts
 * import { escapeMarkdown } from "agent-trace-lab/model";
 * import assert from "node:assert/strict";
 *
 * assert.equal(escapeMarkdown("<b>fast</b> | *new*\nagent"), "&#60;b&#62;fast&#60;/b&#62; &#124; &#42;new&#42; agent");
 * assert.equal(escapeMarkdown("plain_loop 2"), "plain_loop 2");
 * ```
 */
export function escapeMarkdown(text: string): Escaped<"markdown"> {
  const line = legalXml(text).replace(/\s+/g, " ").trim();
  const escaped = line.replace(INLINE, entity);
  return escaped.replace(LEADING, (start) => entity(start[0] ?? "") + start.slice(1)) as Escaped<"markdown">;
}

/**
 * A text as a literal of standard SQL, for where no parameter can be bound.
 *
 * @param backslashes whether the engine reads `\` as an escape (ClickHouse does)
 * @throws {TypeError} for a text with a NUL, which ends a statement in many clients
 */
export function sqlLiteral(text: string, { backslashes = false } = {}): Escaped<"sql"> {
  if (text.includes("\0")) throw new TypeError("a text with a NUL character cannot stand in a query");
  const plain = backslashes ? text.replaceAll("\\", "\\\\") : text;
  return `'${plain.replaceAll("'", backslashes ? "\\'" : "''")}'` as Escaped<"sql">;
}

/**
 * A field of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers
 * stay numbers.
 *
 * @example
 * ```ts
 * import { csvField } from "agent-trace-lab/model";
 * import assert from "node:assert/strict";
 *
 * assert.equal(csvField('=HYPERLINK("http://x")'), `"'=HYPERLINK(""http://x"")"`);
 * assert.equal(csvField("-0.5"), "-0.5");
 * ```
 */
export function csvField(value: string | number | null): Escaped<"csv"> {
  const text = value === null ? "" : String(value);
  const formula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
  const plain = formula ? `'${text}` : text;
  return (/[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain) as Escaped<"csv">;
}

/** A text as one word of a POSIX shell, for commands that are shown to be copied. */
export function shellWord(text: string): Escaped<"shell"> {
  const line = text.replaceAll("\0", "");
  return (/^[A-Za-z0-9_@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`) as Escaped<"shell">;
}

/** Controls but line feed and tab, and what turns the direction of text or ends lines for some. */
const UNPRINTABLE =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text for a terminal: control characters, which could move its cursor, rename its window or write over what stands
 * there, are shown as `\u{1B}`.
 *
 * @example
 * ```ts
 * import { terminalText } from "agent-trace-lab/model";
 * import assert from "node:assert/strict";
 *
 * assert.equal(terminalText("done\u001b[2J\u0007"), "done\\u{1B}[2J\\u{7}");
 * ```
 */
export function terminalText(text: string): Escaped<"terminal"> {
  return text.toWellFormed().replace(/\r\n/g, "\n").replace(
    UNPRINTABLE,
    (char) => `\\u{${char.charCodeAt(0).toString(16).toUpperCase()}}`,
  ) as Escaped<"terminal">;
}
