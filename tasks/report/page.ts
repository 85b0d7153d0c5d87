import {
  auditVariants,
  claimWords,
  customerEvidence,
  fullResults,
  headlines,
  headlineVariants,
  officialRates,
  shortlistingReasons,
  studyNames,
} from "../../lib/study/mod.ts";
import {
  cellsOf,
  duplicateCells,
  duplicateRows,
  headlineCells,
  officialAgreement,
  officialGaps,
  overturn,
} from "../../lib/analysis/mod.ts";
import { claimsTable, escapeHtml, type Figure, type HtmlTable, printedTable } from "../../lib/figures/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { wilson } from "../../lib/stats/mod.ts";
import { drawAll } from "../figures/draw_all.ts";
import { drawTruth } from "../figures/draw_truth.ts";
import { interFaces } from "./fonts.ts";
import { REPORT_STYLE } from "./style.ts";
import { agreementTable, duplicatesTable, gapsTable, overturnTable, variantsTable } from "./tables.ts";

/** Chapters by the first two digits of a figure's name. */
const CHAPTERS: Readonly<Record<string, string>> = {
  "01": "What was run",
  "02": "The judge",
  "03": "Who succeeds",
  "04": "What explains success",
  "05": "What it costs",
  "06": "How it fails",
  "07": "Against official grades",
  "08": "The published claims",
};

/** The report: figures by chapter, claims, key tables, and where the numbers are from. Needs nothing outside itself. */
export async function reportHtml(dataset: Dataset): Promise<string> {
  const context = { source: dataset.info.caption, names: studyNames };
  const cells = cellsOf(dataset), rates = officialRates();
  const results = await fullResults(dataset), { study } = results;
  const figures = [...drawAll(dataset), ...await drawTruth(dataset)];
  const gaps = officialGaps(cells, rates);
  const scored = headlineCells(cells);
  const tables: Record<string, HtmlTable[]> = {
    "03": [printedTable(results.ultimate, { ...context, interval: (k, n) => wilson(k, n) })],
    "07": study === undefined ? [] : [
      agreementTable(officialAgreement(gaps), context),
      gapsTable(gaps, context),
      variantsTable(headlineVariants(auditVariants(dataset)), context),
      overturnTable(overturn(scored, headlines(scored)), context),
      duplicatesTable(duplicateRows(cells, duplicateCells(dataset)), context),
    ],
    "08": study === undefined ? [] : [
      claimsTable(study.claims, { ...context, ...claimWords, href: (link) => `#chapter-${link.slice(0, 2)}` }),
    ],
  };
  const audit = study === undefined ? [] : auditSentences(dataset);
  const chapters = Object.entries(CHAPTERS).flatMap(([number, title]) => {
    const drawn = figures.filter((f) => f.name.startsWith(number));
    const shown = tables[number] ?? [];
    if (!drawn.length && !shown.length) return [];
    const text = number === "07" ? audit.map((s) => `<p>${escapeHtml(s)}</p>`).join("") : "";
    return [{ number, title, html: drawn.map(figureHtml).join("") + text + shown.map((t) => t.html).join("") }];
  });
  return page(dataset, chapters, results.totals, await interFaces());
}

function auditSentences(dataset: Dataset): string[] {
  const evidence = customerEvidence(cellsOf(dataset), "gpt-4.1", officialRates());
  const copies = (duplicateCells(dataset) ?? []).reduce((sum, c) => sum + c.sessions, 0);
  const reasons = shortlistingReasons(dataset);
  return [
    evidence?.sentence ?? "",
    copies ? `${copies} of ${dataset.info.sessions} sessions repeat another one under an id of their own.` : "",
    reasons?.reasonsAboutToolList
      ? `${reasons.reasonsAboutToolList} of ${reasons.sessions} shortlisting sessions were judged by the harness's own ` +
        `tool-list prompt; ${reasons.ofTheseJudgedSuccessful} of these were held solved.`
      : "",
  ].filter(Boolean);
}

function figureHtml(figure: Figure): string {
  return `<figure id="${figure.name}">${figure.svg}</figure>`;
}

interface Chapter {
  number: string;
  title: string;
  html: string;
}

function page(
  { info }: Dataset,
  chapters: readonly Chapter[],
  totals: { scored: number; successes: number },
  fonts: string,
): string {
  const nav = chapters.map((c) => `<a href="#chapter-${c.number}">${c.number} ${escapeHtml(c.title)}</a>`).join("");
  const body = chapters.map((c) =>
    `<section id="chapter-${c.number}"><h2>${c.number} · ${escapeHtml(c.title)}</h2>${c.html}</section>`
  ).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>agent-trace-lab: report on ${escapeHtml(info.name)}</title>
<style>${fonts}${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>What explains the success of agents, and what the published claims are worth</h1>
<p>${escapeHtml(info.sentence)}</p>
<dl>
<dt>Source</dt><dd>${escapeHtml(info.name)}</dd>
<dt>sha256</dt><dd><code>${escapeHtml(info.sha256)}</code></dd>
<dt>Sessions</dt><dd>${info.sessions}, ${totals.scored} scored, ${totals.successes} judged solved</dd>
</dl>
<nav>${nav}</nav>
</header>
<main>
${body}
</main>
</body>
</html>
`;
}
