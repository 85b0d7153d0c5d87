import { CLAIM_ORDER, claimInterval, claimNumber, findingLabel, VERDICT_CHIPS } from "../kit/claim_text.ts";
import type { ClaimRow } from "../../analysis/claims/claims.ts";
import type { Block, Figure, HtmlTable, OfficialContext } from "../kit/figure.ts";
import { int, plural } from "../kit/format.ts";
import { BODY_WIDTH, emptyBlock, frame } from "../kit/frame.ts";
import { escapeHtml, tableShell } from "../kit/html.ts";
import { legendBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { officialWords } from "../kit/official.ts";
import { groupBy } from "../kit/order.ts";
import { element, textAt } from "../kit/svg.ts";
import { escapeXml, fitText, textWidth } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";

const ROW = 24;
const GROUP = 30;
const CHIP = { x: 0, width: 128, height: 17 };
const CLAIM_X = 140;
const OURS_X = BODY_WIDTH;
const STATED_X = BODY_WIDTH - 92;
const CLAIM_WIDTH = STATED_X - 84 - CLAIM_X;

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

/** Every claim and its verdict, by finding. */
export function drawClaims(rows: readonly ClaimRow[], context: ClaimsContext): Figure {
  const names = naming(context);
  const counts = CLAIM_ORDER.map((verdict) => ({ verdict, n: rows.filter((r) => r.verdict === verdict).length }));
  const { noun = "claim", stated = "stated", explained = "the table of claims" } = context;
  const count = (verdict: ClaimRow["verdict"]) => counts.find((c) => c.verdict === verdict)?.n ?? 0;
  return frame({
    name: names.figure(context.name ?? "claims"),
    title: rows.length
      ? `${int(count("reproduced"))} of ${plural(rows.length, noun)} are reproduced, ${
        int(count("contradicted by its own data"))
      } are contradicted by their own data, ${int(count("does not survive ground truth"))} fail against official grades`
      : "Claims and their verdicts",
    subtitle: `Each claim is data: an expression over the numbers of this project, its ${stated} value, and its tests.`,
    description: counts.filter(({ n }) => n).map(({ verdict, n }) => `${verdict}: ${n}.`).join(" "),
    legend: legendBlock(
      counts.filter(({ n }) => n).map(({ verdict, n }) => ({
        mark: "square",
        color: VERDICT_CHIPS[verdict].fill,
        label: `${verdict} (${n})`,
      })),
    ),
    body: [rows.length ? list(rows, context) : emptyBlock("No claims.")],
    caption: [
      `Source: ${context.source}${officialWords(context)}.`,
      `The first verdict that holds, in the order: ${
        count("not in these data") ? "not in these data, " : ""
      }not testable, contradicted, not distinguishable, fails ground truth, ` +
      `reproduced. Why, with n and interval, is in each row's tooltip and in ${explained}.`,
    ],
  });
}

function list(rows: readonly ClaimRow[], { stated = "stated", findings }: ClaimsContext): Block {
  const parts: string[] = [
    textAt(STATED_X, 12, stated, { "text-anchor": "end", fill: INK.muted }),
    textAt(OURS_X, 12, "ours", { "text-anchor": "end", fill: INK.muted }),
  ];
  let y = 4;
  for (const [finding, group] of groupBy(rows, (r) => r.finding)) {
    y += GROUP;
    parts.push(
      textAt(0, y - 10, findingLabel(finding, findings), { "font-weight": 600, fill: INK.text }),
      element("line", { x1: 0, x2: BODY_WIDTH, y1: y - 3, y2: y - 3, stroke: INK.rule }),
    );
    for (const row of group) {
      parts.push(claimLine(row, y));
      y += ROW;
    }
  }
  return { markup: parts.join(""), width: BODY_WIDTH, height: y + 6 };
}

function claimLine(row: ClaimRow, y: number): string {
  const chip = VERDICT_CHIPS[row.verdict], base = y + 16;
  const known = row.verdict !== "not testable" && row.verdict !== "not in these data";
  const small = FONT_SIZE.small;
  return element(
    "g",
    {},
    element("title", {}, escapeXml(`${row.claim}\n${row.verdict}: ${row.why}${details(row)}`)),
    element("rect", { x: CHIP.x, y: y + 4, width: CHIP.width, height: CHIP.height, rx: 8.5, fill: chip.fill }),
    textAt(CHIP.x + (CHIP.width - textWidth(chip.label, small)) / 2, base, chip.label, {
      "font-size": small,
      fill: chip.ink,
    }),
    textAt(CLAIM_X, base, fitText(row.claim, CLAIM_WIDTH, FONT_SIZE.body), { fill: INK.text }),
    textAt(STATED_X, base, known ? claimNumber(row.stated, row.unit) : "", {
      "text-anchor": "end",
      fill: INK.muted,
    }),
    textAt(OURS_X, base, known ? claimNumber(row.value, row.unit) : "", {
      "text-anchor": "end",
      fill: INK.text,
      "font-weight": 600,
    }),
  );
}

function details(row: ClaimRow): string {
  const interval = claimInterval(row);
  return `${interval && `\n95%: ${interval}`}${row.n === null ? "" : `\nn = ${int(row.n)}`}`;
}

/** What {@link claimsTable} needs beside its rows. */
export interface ClaimsTableContext extends ClaimsContext {
  /** Turns a claim's link, such as `04-regression`, into an address; without it links are plain text. */
  href?: (link: string) => string;
}

/** The claims as a table: verdict, claim, stated value and ours with interval and n, why, and where it is worked out. */
export function claimsTable(rows: readonly ClaimRow[], context: ClaimsTableContext): HtmlTable {
  const name = naming(context).figure(context.name ?? "claims");
  const { noun = "claim", stated = "stated", findings } = context;
  const heads = ["verdict", "claim", stated, "ours", "95%", "n", "why", "worked out in"];
  const body = [...groupBy(rows, (r) => r.finding)].map(([finding, group]) =>
    `<tbody><tr class="group"><th colspan="${heads.length}" scope="rowgroup">${
      escapeHtml(findingLabel(finding, findings))
    }</th></tr>${group.map((row) => tableLine(row, context)).join("")}</tbody>`
  );
  const counts = CLAIM_ORDER.map((v) => [v, rows.filter((r) => r.verdict === v).length] as const)
    .filter(([, n]) => n).map(([v, n]) => `${n} ${v}`);
  return {
    name,
    html: tableShell({
      kind: name,
      title: `${plural(rows.length, noun)}, decided`,
      html: `<table><thead><tr>${heads.map((h) => `<th scope="col">${escapeHtml(h)}</th>`).join("")}</tr></thead>${
        body.join("")
      }</table>`,
      foot: `Source: ${context.source}. ${counts.join(", ")}.`,
    }),
  };
}

/** `05-notes#The-whole-table` reads `05 · The whole table`. */
function linkLabel(link: string): string {
  const [notebook = "", section] = link.split("#");
  return section ? `${notebook.slice(0, 2)} · ${section.replaceAll("-", " ")}` : notebook;
}

function tableLine(row: ClaimRow, { href }: ClaimsTableContext): string {
  const { label, fill, ink } = VERDICT_CHIPS[row.verdict];
  const known = row.verdict !== "not testable" && row.verdict !== "not in these data";
  const link = row.link === null
    ? ""
    : href
    ? `<a href="${escapeHtml(href(row.link))}">${escapeHtml(linkLabel(row.link))}</a>`
    : escapeHtml(linkLabel(row.link));
  const cells = [
    `<td><span class="chip" style="background:${fill};color:${ink}">${label}</span></td>`,
    `<td class="text" id="claim-${escapeHtml(row.id)}">${escapeHtml(row.claim)}</td>`,
    `<td class="num">${known ? claimNumber(row.stated, row.unit) : ""}</td>`,
    `<td class="num">${known ? claimNumber(row.value, row.unit) : ""}</td>`,
    `<td>${claimInterval(row)}</td>`,
    `<td class="num">${row.n === null ? "" : int(row.n)}</td>`,
    `<td class="wide">${escapeHtml(row.why)}</td>`,
    `<td class="text">${link}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}
