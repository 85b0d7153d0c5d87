import { escapeHtml, int, naming, plural } from "../figures/mod.ts";
import type { NameKind } from "../model/mod.ts";
import { scriptJson, TABLE_STYLE } from "../figures/kit/html.ts";
import { type Answered, type Chapter, CHAPTERS, type QuestionContext } from "../questions/mod.ts";
import { CHAPTER_TITLES, chapterHref, questionHref } from "./chapters.ts";
import { type ReportConversation, textsBlock } from "./conversations.ts";
import { darkStyle } from "./dark.ts";
import { answerHtml, type NarrowDrawings } from "./drawing.ts";
import { firstScreen } from "./first_screen.ts";
import { interFaces } from "../io/mod.ts";
import { type NamesOf, namesOf, packedNames, plain } from "../figures/kit/marks.ts";
import { VIEW_PORT } from "./next.ts";
import type { Report } from "./report.ts";
import { dataBlock, deflated, packDetails, packRows, sessionsShown } from "./rows.ts";
import { pageScript, scriptHash } from "./script.ts";
import { firstSessions } from "./session_table.ts";
import pageStyle from "./page/page.css" with { type: "text" };

/** What the page's script writes beside the texts of the page: digits, units, words of its own. */
const SCRIPTED = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("") + "–−×…·→←↑↓⇅“”’";

/** What {@link reportHtml} is told beside the report. */
export interface PageOptions {
  /** Conversations by session id, to be read in the page itself; the workbench has the others. */
  conversations?: ReadonlyMap<string, ReportConversation>;
  /** Where the workbench runs, such as `http://127.0.0.1:4650`, which is where links go. */
  view?: string;
}

/** Questions all of whose marks are of failed sessions. */
const OF_FAILURES = ["failure-modes", "failed-tokens", "failed-tokens-by-suite", "judge-terms", "topics"];

/**
 * A report as one page that needs nothing outside itself: one screen with the finding, chapters by question, and the sessions.
 * Its one script, let in by its hash, filters and opens; without it everything still reads.
 *
 * ```ts
 * import { datasetOf, report, reportHtml } from "agent-trace-lab";
 * import { match } from "node:assert/strict";
 *
 * const info = { name: "none", sha256: "", sessions: 0, sentence: "No sessions.", caption: "none" };
 * match(await reportHtml(await report(datasetOf(info, []))), /^<!doctype html>/);
 * ```
 */
export async function reportHtml(report: Report, options: PageOptions = {}): Promise<string> {
  const { dataset, context, answered, title, info } = report;
  const names = naming(context), packed = packedNames(dataset.cells, names);
  const of = namesOf(packed, names);
  const sessions = sessionsShown(dataset);
  const conversations = options.conversations ?? new Map();
  const rows = packRows(sessions, {
    all: info.sessions,
    packed,
    naming: names,
    readable: new Set(conversations.keys()),
    view: options.view ?? `http://127.0.0.1:${VIEW_PORT}`,
  });
  const small: NarrowDrawings = new Map();
  const chapters = CHAPTERS.flatMap((chapter) => chapterHtml(chapter, answered, context, of, report.lead, small));
  const script = pageScript();
  const body = `<body>
${firstScreen(report, of, small)}
<div class="bar">
<nav aria-label="Contents">${
    [
      ["finding", "Finding"],
      ...chapters.map(({ chapter }) => [chapterHref(chapter).slice(1), CHAPTER_TITLES[chapter]]),
      [
        "sessions",
        "Sessions",
      ],
    ]
      .map(([id, label]) => `<a href="#${id}">${escapeHtml(label!)}</a>`).join("")
  }</nav>
<div class="filters" id="filters" role="search" aria-label="Filter sessions"></div>
</div>
<main>
${chapters.map(({ html }) => html).join("\n")}
<section id="sessions"><h2>Sessions</h2>
<p class="note">${escapeHtml(shownWords(sessions.length, info.sessions))}${
    sessions.length ? ` ${escapeHtml(opensWords(rows.read.length, rows.view))}` : ""
  }</p>
<div id="session-table">${firstSessions(sessions, context, names)}</div>
</section>
${leftOutHtml(report.leftOut)}
</main>
`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${await scriptHash(
    script,
  )}'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}: ${escapeHtml(info.name)}</title>
<style>${await interFaces(`${SCRIPTED}${textOf(body)}`)}${TABLE_STYLE}${pageStyle}${
    darkStyle((Object.keys(packed) as NameKind[]).flatMap((kind) => [...names.colors(kind, packed[kind]).values()]))
  }</style>
</head>
${body}${dataBlock("rows", scriptJson(rows))}
${sessions.length ? dataBlock("details", await deflated(packDetails(sessions, context.prices))) : ""}
${small.size ? dataBlock("narrow", await deflated(Object.fromEntries(small))) : ""}
${conversations.size ? await textsBlock(sessions, conversations) : ""}
<script>${script}</script>
</body>
</html>
`;
}

function chapterHtml(
  chapter: Chapter,
  answered: readonly Answered[],
  context: QuestionContext,
  of: NamesOf,
  lead: Answered | null,
  small: NarrowDrawings,
): { chapter: Chapter; html: string }[] {
  const own = answered.filter(({ question, drawn }) => question.chapter === chapter && drawn.length);
  if (!own.length) return [];
  const articles = own.map((one) => {
    const html = answerHtml(one, context, of, one === lead ? "finding" : null, small);
    return OF_FAILURES.includes(one.question.name) ? html.replace("<article ", `<article data-v="0" `) : html;
  });
  return [{
    chapter,
    html: `<section id="${chapterHref(chapter).slice(1)}"><h2>${escapeHtml(CHAPTER_TITLES[chapter])}</h2>${
      articles.join("\n")
    }</section>`,
  }];
}

function shownWords(shown: number, all: number): string {
  if (all === 0) return "There is no session.";
  if (shown === 0) return `${plural(all, "session")}, which stay in the engine: the workbench has them.`;
  return shown < all
    ? `${int(shown)} of ${plural(all, "session")}; the workbench has the others.`
    : `${plural(all, "session")}.`;
}

/** Where the name of a session leads. */
function opensWords(readable: number, view: string): string {
  const workbench = `the workbench, where it runs (${view})`;
  return readable
    ? `Those in bold (${int(readable)}) open here, the others in ${workbench}.`
    : `They open in ${workbench}.`;
}

/** Questions without an answer, and why, folded away. */
function leftOutHtml(left: Report["leftOut"]): string {
  if (!left.length) return "";
  return `<details class="left" id="left-out"><summary>${
    plural(left.length, "question that these data do", "questions that these data do")
  } not answer</summary><dl>${
    left.map(({ name, title, why }) =>
      `<dt id="${escapeHtml(questionHref(name).slice(1))}">${escapeHtml(title)}</dt><dd>${escapeHtml(why)}</dd>`
    ).join("")
  }</dl></details>`;
}

/** What a page says, for the glyphs that its font must have. */
function textOf(html: string): string {
  return plain(html.replace(/<[^>]*>/g, " "));
}
