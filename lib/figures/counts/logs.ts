import type { Session } from "../../model/mod.ts";
import type { FigureContext, HtmlTable } from "../kit/figure.ts";
import { int, plural, seconds, tokens, usd } from "../kit/format.ts";
import { escapeHtml, scriptJson, tableShell } from "../kit/html.ts";
import { LOGS_SCRIPT } from "../kit/logs_script.ts";
import { naming } from "../kit/names.ts";

/** What {@link sessionsTable} needs beside its rows. */
export interface LogsContext extends FigureContext {
  /** USD of a session; null where its price is unknown. */
  usdOf: (session: Session) => number | null;
  /** Sessions written into the table at most; the foot says how many were left out. */
  maxRows?: number;
}

/** Rows on a page, and on the static first page that is there without a script. */
const PAGE = 20;

/** A judge's reason is cut at so many characters; the whole of it is in the sessions table that import writes. */
const REASON_LENGTH = 320;

const HEADS = ["session", "benchmark", "harness", "model", "verdict", "tokens", "calls", "duration", "cost"];

/** One session as the table writes it; numbers unformatted so that they sort. */
type LogRow = [
  id: string,
  benchmark: string,
  harness: string,
  model: string,
  verdict: string,
  tokens: number | null,
  calls: number,
  durationS: number | null,
  usd: number | null,
  reason: string,
];

/**
 * The sessions table, as a person would scan it: sortable, filterable by benchmark, harness, model and verdict, searchable, in
 * pages. Without scripts (an untrusted notebook) its first page is still there.
 */
export function sessionsTable(sessions: readonly Session[], context: LogsContext): HtmlTable {
  const names = naming(context);
  const name = names.figure("logs");
  const { maxRows = 10_000 } = context;
  const rows = sessions.slice(0, maxRows).map((session): LogRow => [
    session.sessionId,
    names.benchmark(session.benchmark),
    names.harness(session.harness),
    names.model(session.model),
    session.success === null ? "unknown" : session.success ? "solved" : "failed",
    session.totalTokens,
    session.calls,
    session.durationS === null ? null : Math.round(session.durationS * 10) / 10,
    roundUsd(context.usdOf(session)),
    cut(session.judgeReasoning ?? ""),
  ]);
  const withReason = rows.some((row) => row[9] !== "");
  const heads = withReason ? [...HEADS, "judge's reason"] : HEADS;
  const head = heads.map((label, i) => `<th scope="col"${isNumber(i) ? ' class="num"' : ""}>${label}</th>`).join("");
  const body = rows.slice(0, PAGE).map((row) => staticRow(row, withReason)).join("");
  const left = sessions.length - rows.length;
  return {
    name,
    html: tableShell({
      kind: name,
      title: plural(sessions.length, "session"),
      html: [
        `<div class="controls"></div>`,
        `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`,
        `<p class="pager">First ${int(Math.min(PAGE, rows.length))} of ${
          plural(rows.length, "session")
        }; trust the notebook ` +
        `to sort, filter and leaf.</p>`,
        `<script type="application/json">${scriptJson(pack(rows, withReason))}</script>`,
        `<script>${LOGS_SCRIPT}</script>`,
      ].join("\n"),
      foot: [
        `Source: ${context.source}.`,
        `Cost: tokens at the price table's rates; n/a where the model has no price.`,
        withReason ? `Reasons are cut at ${REASON_LENGTH} characters.` : "This source has no judge's reasons.",
        left > 0 ? `${plural(left, "session")} beyond the first ${int(maxRows)} left out of this table.` : "",
      ].filter(Boolean).join(" "),
    }),
  };
}

/** Names once, and where they occur as indices: a quarter of the size. */
function pack(rows: readonly LogRow[], withReason: boolean) {
  const names = [1, 2, 3, 4].map((column) => [...new Set(rows.map((row) => String(row[column])))].sort());
  const packed = rows.map((row) => {
    const cells: (string | number | null)[] = [...row];
    [1, 2, 3, 4].forEach((column, i) => cells[column] = names[i]?.indexOf(String(row[column])) ?? 0);
    return withReason ? cells : cells.slice(0, 9);
  });
  return { page: PAGE, names, rows: packed };
}

const isNumber = (column: number) => column >= 5 && column <= 8;

function staticRow(row: LogRow, withReason: boolean): string {
  const [id, benchmark, harness, model, verdict, totalTokens, calls, durationS, cost, reason] = row;
  const texts = [id, benchmark, harness, model].map((text) => `<td>${escapeHtml(text)}</td>`);
  const chip = `<td><span class="chip ${verdict}">${verdict}</span></td>`;
  const numbers = [tokens(totalTokens), int(calls), seconds(durationS), usd(cost)].map((t) =>
    `<td class="num">${t}</td>`
  );
  const last = withReason
    ? `<td class="wide"><div class="clamp" title="${escapeHtml(reason)}">${escapeHtml(reason)}</div></td>`
    : "";
  return `<tr>${texts.join("")}${chip}${numbers.join("")}${last}</tr>`;
}

function cut(reason: string): string {
  const characters = [...reason];
  return characters.length <= REASON_LENGTH ? reason : `${characters.slice(0, REASON_LENGTH - 1).join("").trimEnd()}…`;
}

function roundUsd(amount: number | null): number | null {
  return amount === null ? null : Number(amount.toPrecision(4));
}
