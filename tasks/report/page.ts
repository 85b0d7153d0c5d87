import { cellsOf, totals, type VerdictOrigin, verdictOrigins } from "../../lib/analysis/mod.ts";
import { escapeHtml, int, plural } from "../../lib/figures/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { type Answered, type Chapter, CHAPTERS, type Drawn, isFigure, leftOutLine } from "../../lib/questions/mod.ts";
import { interFaces } from "./fonts.ts";
import { REPORT_STYLE } from "./style.ts";

/** What the chapters of the report are called. */
const TITLES: Readonly<Record<Chapter, string>> = {
  counts: "What was run",
  success: "Who succeeds",
  explain: "What explains success",
  cost: "What it costs",
  failure: "How it fails",
  judged: "The judge",
  truth: "Against official grades",
  claims: "Claims",
  topics: "What failures have in common",
};

/** Address of a chapter on the page. */
export function chapterHref(chapter: Chapter): string {
  return `#${chapter}`;
}

/** The report: answers by chapter, what was left out and why, and where the numbers are from. Needs nothing outside itself. */
export async function reportHtml(dataset: Dataset, title: string, answered: readonly Answered[]): Promise<string> {
  const chapters = CHAPTERS.flatMap((chapter): Part[] => {
    const own = answered.filter(({ question, drawn }) => question.chapter === chapter && drawn.length);
    return own.length ? [{ chapter, html: own.map(answerHtml).join("\n") }] : [];
  });
  return page({ dataset, title, chapters, left: leftOutLine(answered), fonts: await interFaces() });
}

function answerHtml({ question, drawn }: Answered): string {
  return `<article id="question-${escapeHtml(question.name)}"><h3>${escapeHtml(question.title)}</h3>${
    drawn.map(drawnHtml).join("")
  }</article>`;
}

function drawnHtml(drawn: Drawn): string {
  return isFigure(drawn) ? `<figure id="${escapeHtml(drawn.name)}">${drawn.svg}</figure>` : drawn.html;
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

interface Part {
  chapter: Chapter;
  html: string;
}

interface Page {
  dataset: Dataset;
  title: string;
  chapters: readonly Part[];
  left: string | null;
  fonts: string;
}

function page({ dataset, title, chapters, left, fonts }: Page): string {
  const { info } = dataset;
  const { scored, successes } = totals(cellsOf(dataset));
  const nav = chapters.map(({ chapter }) => `<a href="${chapterHref(chapter)}">${escapeHtml(TITLES[chapter])}</a>`);
  const body = chapters.map(({ chapter, html }) =>
    `<section id="${chapter}"><h2>${escapeHtml(TITLES[chapter])}</h2>${html}</section>`
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>${escapeHtml(title)}: ${escapeHtml(info.name)}</title>
<style>${fonts}${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(info.sentence)}</p>
<dl>
<dt>Source</dt><dd>${escapeHtml(info.name)}</dd>
<dt>sha256</dt><dd><code>${escapeHtml(info.sha256)}</code></dd>
${originsOf(dataset)}<dt>Sessions</dt><dd>${int(info.sessions)}, ${
    scored === 0
      ? "none of them with a verdict"
      : `${int(scored)} with a verdict, ${plural(successes, "success", "successes")}`
  }</dd>
</dl>
<nav>${nav.join("")}</nav>
</header>
<main>
${body.join("\n")}
${left === null ? "" : `<p class="left">${escapeHtml(left)}</p>`}
</main>
</body>
</html>
`;
}
