import { escapeMarkdown } from "../model/mod.ts";
import type { Naming } from "../figures/mod.ts";

/** Prose of a notebook whose numbers were computed. */
export interface Markdown {
  /** Markdown, as it is shown. */
  markdown: string;
}

/**
 * Prose with computed numbers: ``md`Pooled success is ${pct(rate)}.` ``. Values are formatted by the caller (`pct`, `usd`, `tokens`,
 * `int` of lib/figures), so a bare number is refused: it would show digits that nobody chose. Values are Markdown: a name or
 * another text of the data goes through {@link text}, {@link list} or {@link row}. Common indentation of the lines is taken
 * off, since Markdown would read it as code.
 *
 * @throws {TypeError} for a value that is neither text nor prose
 *
 * @example
 * ```ts
 * import { md, show } from "agent-trace-lab/notebook";
 * await show(md`**${"3"}** sessions of ${"mine.jsonl"}`); // escaped where Markdown would read a name otherwise
 * ```
 */
export function md(parts: TemplateStringsArray, ...values: (string | Markdown)[]): Markdown {
  const texts = values.map((value, i) => {
    if (typeof value === "string") return value;
    if (typeof value === "object" && value !== null && typeof value.markdown === "string") return value.markdown;
    throw new TypeError(`md: value ${i + 1} is ${typeof value} ${value}; format it (pct, usd, tokens, int …)`);
  });
  const indent = Math.min(...indents(parts.join("")));
  const outdent = (text: string) =>
    Number.isFinite(indent) ? text.replace(new RegExp(`\\n {${indent}}`, "g"), "\n") : text;
  const joined = parts.reduce((sum, part, i) => sum + outdent(part) + (texts[i] ?? ""), "");
  return { markdown: joined.trim() };
}

function indents(text: string): number[] {
  return [...text.matchAll(/\n( *)\S/g)].map((match) => match[1]?.length ?? 0);
}

/** A text of the data as it stands, in Markdown (see `escapeMarkdown`). */
export const text: (of: string) => string = escapeMarkdown;

/**
 * A text of the data as code, in Markdown: between backticks it could end the code itself.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { code } from "agent-trace-lab/notebook";
 * equal(code("a_b"), "<code>a_b</code>");
 * ```
 */
export function code(of: string): string {
  return `<code>${text(of)}</code>`;
}

const inMarkdown = (value: string | Markdown) => typeof value === "string" ? text(value) : value.markdown;

/**
 * Names as a sentence lists them: `a`, `a and b`, `a, b and c`; none is `none`. Each stands as it is (see {@link text}).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { list } from "agent-trace-lab/notebook";
 * equal(list(["a", "b", "c"]), "a, b and c");
 * ```
 */
export function list(names: readonly (string | Markdown)[]): string {
  const texts = names.map(inMarkdown);
  if (texts.length < 2) return texts[0] ?? "none";
  return `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

/**
 * One line of a Markdown table. Each text stands as it is (see {@link text}); prose of `md` keeps its markup.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { row } from "agent-trace-lab/notebook";
 * equal(row("team", "solved"), "| team | solved |");
 * ```
 */
export function row(...texts: readonly (string | Markdown)[]): string {
  return `| ${texts.map(inMarkdown).join(" | ")} |`;
}

/**
 * Labels for prose: what {@link Naming} reads, each as it stands (see {@link text}).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { inProse } from "agent-trace-lab/notebook";
 * import { naming } from "agent-trace-lab/figures";
 * equal(inProse(naming({})).harness("plain loop"), "plain loop");
 * ```
 */
export function inProse(names: Naming): Naming {
  return {
    ...names,
    benchmark: (name) => text(names.benchmark(name)),
    harness: (name) => text(names.harness(name)),
    model: (name) => text(names.model(name)),
    config: (config) => text(names.config(config)),
    sentence: (said) => text(names.sentence(said)),
  };
}
