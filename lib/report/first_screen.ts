import type { CompletenessRow } from "../analysis/mod.ts";
import { type VerdictOrigin, verdictOrigins } from "../analysis/mod.ts";
import { escapeHtml, int } from "../figures/mod.ts";
import { share } from "../figures/kit/format.ts";
import type { Dataset } from "../model/mod.ts";
import { isFigure } from "../questions/mod.ts";
import { drawnNarrow, figureHtml, leadDrawn, type NarrowDrawings } from "./drawing.ts";
import type { NamesOf } from "../figures/kit/marks.ts";
import type { Report } from "./report.ts";

/** The first screen: the question, the finding as one figure, what can be said, how complete the data are, what to do next. */
export function firstScreen(report: Report, of: NamesOf, small: NarrowDrawings): string {
  const { title, info, sentences, completeness, next, dataset } = report;
  const said = sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join("");
  const steps = next.map(({ why, command }) =>
    `<dt>${escapeHtml(why)}:</dt><dd><code>${escapeHtml(command)}</code></dd>`
  ).join("");
  return `<header>
<h1>${escapeHtml(title)}</h1>
<p class="source">${escapeHtml(info.sentence)}</p>
</header>
<section class="first" id="finding" aria-label="The finding">
${leadFigure(report, of, small)}
<div class="finding">
<ol>${said}</ol>
<h2>What to do next</h2>
<dl class="next">${steps}</dl>
<h2>How complete the data are</h2>
${knownTable(completeness)}
${factsHtml(dataset)}
</div>
</section>`;
}

function leadFigure({ lead, context }: Report, of: NamesOf, small: NarrowDrawings): string {
  const figure = lead && leadDrawn(lead, context);
  if (!lead || !figure) return "";
  const narrow = drawnNarrow(lead, context).find(isFigure) ?? null;
  return `<div><article id="question-lead">${figureHtml(figure, narrow, of, small)}</article></div>`;
}

/** Fields that a reader asks about first. */
const FIRST = [
  "success",
  "official_success",
  "total_tokens",
  "duration_s",
  "tool_errors",
  "task_id",
  "judge_reasoning",
];

/** What a reader calls them. */
const CALLED: Readonly<Record<string, string>> = {
  success: "verdict",
  official_success: "grade of another",
  total_tokens: "tokens",
  duration_s: "duration",
  tool_errors: "tool errors",
  task_id: "task",
  judge_reasoning: "judge's reason",
};

function knownTable(rows: readonly CompletenessRow[]): string {
  const told = FIRST.flatMap((field) => rows.find((row) => row.field === field) ?? []);
  const lines = told.map(({ field, known, unknown }) => {
    const all = known + unknown, name = CALLED[field] ?? field;
    return `<tr><th scope="row">${escapeHtml(name)}</th><td><meter min="0" max="${
      Math.max(1, all)
    }" value="${known}" ` +
      `aria-label="sessions with ${escapeHtml(name)}"></meter></td><td>${int(known)} of ${int(all)}</td><td>${
        all ? share(known / all) : ""
      }</td></tr>`;
  });
  return `<table class="known"><tbody>${lines.join("")}</tbody></table>`;
}

/** Whose words the verdicts are, where the sessions are at hand and have any. */
function originsOf(dataset: Dataset): string {
  if (dataset.held !== "all") return "";
  const counts = Map.groupBy(verdictOrigins(dataset.sessions).filter((origin) => origin !== null), (origin) => origin);
  const parts = [...counts].map(([origin, of]) => `${ORIGINS[origin]} (${int(of.length)})`);
  return parts.length ? `<dt>Verdicts</dt><dd>${escapeHtml(parts.join(", "))}</dd>\n` : "";
}

const ORIGINS: Readonly<Record<VerdictOrigin, string>> = {
  judge: "a judge's",
  official: "official grades",
  human: "people's grades",
  program: "a program's grades",
  grade: "grades of whom the source does not say",
  "not said": "of whom the source does not say",
};

function factsHtml(dataset: Dataset): string {
  const { info } = dataset;
  return `<details class="facts"><summary>Where the numbers are from</summary><dl>
<dt>Source</dt><dd>${escapeHtml(info.name)}</dd>
<dt>sha256</dt><dd><code>${escapeHtml(info.sha256)}</code></dd>
${originsOf(dataset)}</dl></details>`;
}
