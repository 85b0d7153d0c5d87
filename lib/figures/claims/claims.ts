import {
  CHIP_RADIUS,
  CLAIM_ORDER,
  claimInterval,
  claimNumber,
  findingLabel,
  statedText,
  VERDICT_CHIPS,
} from "../kit/claim_text.ts";
import type { ClaimRow } from "../../analysis/claims/claims.ts";
import type { Block, Figure, HtmlTable, OfficialContext } from "../kit/figure.ts";
import { int, plural, pValue } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { escapeHtml, tableShell } from "../kit/html.ts";
import { legendBlock } from "../kit/legend.ts";
import { type Naming, naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { officialWords } from "../kit/official.ts";
import { groupBy } from "../kit/order.ts";
import { element, textAt } from "../kit/svg.ts";
import { escapeXml, textWidth, wrapText } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";

const ROW = 24;
const LINE = 16;
const GROUP = 30;
const CHIP = { x: 0, width: 128, height: 17 };

/** Where a claim's words and values stand: right of its verdict, or on a phone below it. */
interface Columns {
  /** Of the whole list; what is ours ends there. */
  width: number;
  claimX: number;
  claimWidth: number;
  /** Pixels that the claim is below its verdict. */
  below: number;
  /** Where the stated value ends. */
  statedX: number;
}

function columnsOf(width: number): Columns {
  if (isNarrow(width)) return { width, claimX: 0, claimWidth: width, below: 22, statedX: width - 80 };
  const claimX = 140, statedX = width - 92;
  return { width, claimX, claimWidth: statedX - 84 - claimX, below: 0, statedX };
}

/** What the claims' figure and table are told beside their rows. */
export interface ClaimsContext extends OfficialContext {
  /** Name of the figure and the table; `claims` unless given. */
  name?: string;
  /** What one claim is called, such as `claim of the team`; `claim` unless given. */
  noun?: string;
  /** Heading of the value that a claim states; `stated` unless given. */
  stated?: string;
  /** Headings of findings; a finding that is not among them reads as it is, without hyphens. */
  findings?: Readonly<Record<string, string>>;
  /** Where each verdict is explained at length; `the table of claims` unless given. */
  explained?: string;
}

/** Every claim and its verdict, by finding; further numbers of a claim (its views) are counted beside it. */
export function drawClaims(rows: readonly ClaimRow[], context: ClaimsContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const claims = rows.filter((r) => r.view_of === null), views = rows.length - claims.length;
  const counts = CLAIM_ORDER.map((verdict) => ({ verdict, n: claims.filter((r) => r.verdict === verdict).length }));
  const { noun = "claim", stated = "stated", explained = "the table of claims" } = context;
  const count = (verdict: ClaimRow["verdict"]) => counts.find((c) => c.verdict === verdict)?.n ?? 0;
  const apart = claims.filter((r) => r.verdict === "does not survive ground truth" && r.graded?.comparable === false);
  return frame({
    name: names.figure(context.name ?? "claims"),
    title: claims.length
      ? `Of ${plural(claims.length, noun)} ${int(count("reproduced"))} are reproduced, ${
        int(count("contradicted by its own data"))
      } contradicted by their own data, ${int(count("does not survive ground truth"))} by official grades`
      : "Claims and their verdicts",
    subtitle:
      `Each claim is data: an expression over the numbers of this project, its ${stated} value, and one test for ` +
      "verdicts and grades alike.",
    description: counts.filter(({ n }) => n).map(({ verdict, n }) => `${verdict}: ${n}.`).join(" "),
    legend: legendBlock(
      counts.filter(({ n }) => n).map(({ verdict, n }) => ({
        mark: "square",
        color: VERDICT_CHIPS[verdict].fill,
        label: `${verdict} (${n})`,
      })),
      "",
      width,
    ),
    width: context.width,
    body: [claims.length ? list(claims, rows, context, columnsOf(width)) : emptyBlock("No claims.", width)],
    caption: [
      `Source: ${context.source}${officialWords(context)}.`,
      `Verdicts are tried in the order ${
        count("not in these data") ? "not in these data, " : ""
      }not testable, contradicted, not an agent's, fails ground truth by an interval, not distinguishable, fails ground ` +
      `truth, reproduced.`,
      apart.length
        ? `* Not like for like: in ${
          int(apart.length)
        } of those that fail, judged and graded sessions are not the same ` +
          "amount of work."
        : "",
      views
        ? `${
          plural(views, "further number")
        } of these claims (+n) and why each is as it is, with interval, p and n: ${explained}.`
        : `Why, with interval, p and n: ${explained}.`,
    ].filter(Boolean),
  });
}

/** What a claim says of itself, as a reader sees it: names of the data as in every figure, a minus before a number. */
function readable(said: string, names: Naming): string {
  return names.sentence(said).replace(/(?<=^|[\s(])-(?=\d)/g, "−");
}

function list(
  rows: readonly ClaimRow[],
  all: readonly ClaimRow[],
  context: ClaimsContext,
  columns: Columns,
): Block {
  const { width } = columns;
  const { stated = "stated", findings } = context, names = naming(context);
  const parts: string[] = [
    textAt(columns.statedX, 12, stated, { "text-anchor": "end", fill: INK.muted }),
    textAt(width, 12, "ours", { "text-anchor": "end", fill: INK.muted }),
  ];
  let y = 4;
  for (const [finding, group] of groupBy(rows, (r) => r.finding)) {
    y += GROUP;
    parts.push(
      textAt(0, y - 10, findingLabel(finding, findings), { "font-weight": 600, fill: INK.text }),
      element("line", { x1: 0, x2: width, y1: y - 3, y2: y - 3, stroke: INK.rule }),
    );
    for (const row of group) {
      const views = all.filter((r) => r.view_of === row.id).length;
      const lines = wrapText(
        `${readable(row.claim, names)}${views ? ` (+${views})` : ""}`,
        columns.claimWidth,
        FONT_SIZE.body,
      );
      parts.push(claimLine(row, lines, y, columns, names));
      y += ROW + columns.below + (lines.length - 1) * LINE;
    }
  }
  return { markup: parts.join(""), width, height: y + 6 };
}

function claimLine(row: ClaimRow, lines: readonly string[], y: number, columns: Columns, names: Naming): string {
  const { claimX, below, statedX, width } = columns;
  const chip = VERDICT_CHIPS[row.verdict], base = y + 16;
  const known = row.verdict !== "not testable" && row.verdict !== "not in these data";
  const small = FONT_SIZE.small;
  const label = chip.label +
    (row.verdict === "does not survive ground truth" && row.graded?.comparable === false ? " *" : "");
  return element(
    "g",
    {},
    element("title", {}, escapeXml(readable(`${row.claim}\n${row.verdict}: ${row.why}${details(row)}`, names))),
    element("rect", { x: CHIP.x, y: y + 4, width: CHIP.width, height: CHIP.height, rx: CHIP_RADIUS, fill: chip.fill }),
    textAt(CHIP.x + (CHIP.width - textWidth(label, small)) / 2, base, label, {
      "font-size": small,
      fill: chip.ink,
    }),
    ...lines.map((line, i) => textAt(claimX, base + below + i * LINE, line, { fill: INK.text })),
    textAt(statedX, base, known ? statedText(row) : "", {
      "text-anchor": "end",
      fill: INK.muted,
    }),
    textAt(width, base, known ? claimNumber(row.value, row.unit) : "", {
      "text-anchor": "end",
      fill: INK.text,
      "font-weight": 600,
    }),
  );
}

function details(row: ClaimRow): string {
  const interval = claimInterval(row);
  return [
    interval && `\n95%: ${interval}`,
    row.p === null ? "" : `\n${pValue(row.p)}`,
    row.n === null ? "" : `\nn = ${int(row.n)}`,
    row.turns === null ? "" : `\n${row.turns}`,
  ].join("");
}

/** What {@link claimsTable} needs beside its rows. */
export interface ClaimsTableContext extends ClaimsContext {
  /** Turns a claim's link, such as `04-regression`, into an address; without it links are plain text. */
  href?: (link: string) => string;
  /** What stands there to be clicked; number and section of the notebook unless given. */
  linkTitle?: (link: string) => string;
}

/**
 * The claims as a table: verdict, claim with the text's own words, stated value and ours with interval, p and n, what it is
 * about, why, what would turn it, and where it is worked out. Further numbers of a claim stand under it, indented.
 */
export function claimsTable(rows: readonly ClaimRow[], context: ClaimsTableContext): HtmlTable {
  const names = naming(context), name = names.figure(context.name ?? "claims");
  const { noun = "claim", stated = "stated", findings } = context;
  const views = rows.filter((r) => r.view_of !== null).length;
  const heads = ["verdict", "claim", stated, "ours", OF_WHAT, "why, and what would turn it", "worked out in"];
  const claims = rows.filter((r) => r.view_of === null);
  const body = [...groupBy(claims, (r) => r.finding)].map(([finding, group]) =>
    `<tbody><tr class="group"><th colspan="${heads.length}" scope="rowgroup">${
      escapeHtml(findingLabel(finding, findings))
    }</th></tr>${withViews(group, rows).map((row) => tableLine(row, context, names)).join("")}</tbody>`
  );
  const counts = CLAIM_ORDER.map((v) => [v, claims.filter((r) => r.verdict === v).length] as const)
    .filter(([, n]) => n).map(([v, n]) => `${n} ${v}`);
  return {
    name,
    html: tableShell({
      kind: name,
      title: `${plural(claims.length, noun)}, decided${views ? `, with ${plural(views, "further number")}` : ""}`,
      html: `<table class="folds"><thead><tr>${
        heads.map((h) => `<th scope="col">${escapeHtml(h)}</th>`).join("")
      }</tr></thead>${body.join("")}</table>`,
      foot: `Source: ${context.source}. ${counts.join(", ")}.`,
    }),
  };
}

/** Heading of a value's interval, and what it is about. */
const OF_WHAT = "95%, and of what";

/** Each claim, then its views. */
function withViews(claims: readonly ClaimRow[], all: readonly ClaimRow[]): ClaimRow[] {
  return claims.flatMap((claim) => [claim, ...all.filter((row) => row.view_of === claim.id)]);
}

/** `05-notes#The-whole-table` reads `05 · The whole table`. */
function linkLabel(link: string): string {
  const [notebook = "", section] = link.split("#");
  return section ? `${notebook.slice(0, 2)} · ${section.replaceAll("-", " ")}` : notebook;
}

function tableLine(
  row: ClaimRow,
  { href, linkTitle = linkLabel, stated = "stated" }: ClaimsTableContext,
  names: Naming,
): string {
  const said = (text: string) => escapeHtml(readable(text, names));
  const { label, fill, ink } = VERDICT_CHIPS[row.verdict];
  const known = row.verdict !== "not testable" && row.verdict !== "not in these data";
  const link = row.link === null
    ? ""
    : href
    ? `<a href="${escapeHtml(href(row.link))}">${escapeHtml(linkTitle(row.link))}</a>`
    : escapeHtml(linkTitle(row.link));
  const own = row.quote === null
    ? ""
    : `<br><q>${escapeHtml(row.quote)}</q>${row.section === null ? "" : ` (${escapeHtml(row.section)})`}`;
  const under = row.view_of === null ? "" : ' style="padding-left:1.6em"';
  const turns = row.turns === null ? "" : ` ${said(row.turns.charAt(0).toUpperCase() + row.turns.slice(1))}.`;
  const interval = claimInterval(row);
  const about = [
    interval && `<span class="whole">${interval}</span>`,
    row.p === null ? "" : `<span class="whole">${pValue(row.p)}</span>`,
    known ? row.about : "",
    row.n === null ? "" : `<span class="whole">n = ${int(row.n)}</span>`,
  ].filter(Boolean).join(", ");
  const cells = [
    `<td${under}><span class="chip" style="background:${fill};color:${ink}">${label}</span></td>`,
    `<td class="text"${under} id="claim-${escapeHtml(row.id)}">${said(row.claim)}${own}</td>`,
    `<td class="num" data-label="${escapeHtml(stated)}">${known ? statedText(row) : ""}</td>`,
    `<td class="num" data-label="ours">${known ? claimNumber(row.value, row.unit) : ""}</td>`,
    `<td class="text" data-label="${OF_WHAT}">${about}</td>`,
    `<td class="wide">${said(row.why)}${turns}</td>`,
    `<td class="text">${link}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}
