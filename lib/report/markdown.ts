import { int } from "../figures/mod.ts";
import { share } from "../figures/kit/format.ts";
import { escapeMarkdown } from "../model/mod.ts";
import { CHAPTERS, isFigure } from "../questions/mod.ts";
import { CHAPTER_TITLES } from "./chapters.ts";
import type { Report } from "./report.ts";

/**
 * A report in a comment's length, as Markdown: what the page's first screen says, and a line for each figure. Every text of the
 * data is escaped.
 *
 * ```ts
 * import { datasetOf, report, reportMarkdown } from "agent-trace-lab";
 * import { match } from "node:assert/strict";
 *
 * const info = { name: "none", sha256: "", sessions: 0, sentence: "No sessions.", caption: "none" };
 * match(reportMarkdown(await report(datasetOf(info, []))), /^## What explains/);
 * ```
 */
export function reportMarkdown(report: Report): string {
  const { title, info, lead, sentences, completeness, next, answered, leftOut } = report;
  const figure = lead?.drawn.find(isFigure);
  const known = completeness.filter((row) => row.unknown > 0).map(({ field, known, unknown }) =>
    tableRow(field, int(known), int(unknown), share(known / (known + unknown)))
  );
  const chapters = CHAPTERS.flatMap((chapter) => {
    const own = answered.filter(({ question, drawn }) => question.chapter === chapter && drawn.some(isFigure));
    const lines = own.flatMap(({ question, drawn }) =>
      drawn.filter(isFigure).slice(0, 1).map((one) => tableRow(question.title, one.title))
    );
    return lines.length ? [`**${CHAPTER_TITLES[chapter]}**`, table(["question", "answer"], lines)] : [];
  });
  const left = leftOut.map(({ title, why }) => tableRow(title, why));
  return [
    `## ${escapeMarkdown(title)}`,
    escapeMarkdown(info.sentence),
    ...figure ? [`**${escapeMarkdown(figure.title)}**`] : [],
    sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join("\n"),
    ...known.length
      ? [
        `<details><summary>What is not known of every session</summary>`,
        table(["field", "known", "not", "share"], known),
        "</details>",
      ]
      : [],
    "<details><summary>Every question</summary>",
    ...chapters,
    ...left.length ? ["**What these data do not answer**", table(["question", "why"], left)] : [],
    "</details>",
    "What to do next:",
    next.map(({ why, command }) => `- ${escapeMarkdown(why)}: ${code(command)}`).join("\n"),
  ].filter(Boolean).join("\n\n") + "\n";
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return [`| ${heads.join(" | ")} |`, `| ${heads.map(() => "---").join(" | ")} |`, ...rows].join("\n");
}

const tableRow = (...cells: string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;

/** A command between as many backticks as it needs. */
function code(command: string): string {
  const line = command.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}
