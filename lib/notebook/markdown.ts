/** Prose of a notebook whose numbers were computed. */
export interface Markdown {
  markdown: string;
}

/**
 * Prose with computed numbers: ``md`Pooled success is ${pct(rate)}.` ``. Values are formatted by the caller (`pct`, `usd`, `tokens`,
 * `int` of lib/figures), so a bare number is refused: it would show digits that nobody chose. Common indentation of the
 * lines is taken off, since Markdown would read it as code.
 *
 * @throws {TypeError} for a value that is not text
 */
export function md(parts: TemplateStringsArray, ...values: string[]): Markdown {
  values.forEach((value, i) => {
    if (typeof value !== "string") {
      throw new TypeError(`md: value ${i + 1} is ${typeof value} ${value}; format it (pct, usd, tokens, int …)`);
    }
  });
  const indent = Math.min(...indents(parts.join("")));
  const outdent = (text: string) =>
    Number.isFinite(indent) ? text.replace(new RegExp(`\\n {${indent}}`, "g"), "\n") : text;
  const text = parts.reduce((sum, part, i) => sum + outdent(part) + (values[i] ?? ""), "");
  return { markdown: text.trim() };
}

function indents(text: string): number[] {
  return [...text.matchAll(/\n( *)\S/g)].map((match) => match[1]?.length ?? 0);
}

/** Names as a sentence lists them: `a`, `a and b`, `a, b and c`; none is `none`. */
export function list(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "none";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** One line of a Markdown table. A `|` in a text would end its column, so it is escaped. */
export function row(...texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}
