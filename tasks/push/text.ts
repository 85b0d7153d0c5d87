import type { CountReport, DifferingScore, PushPlan, PushReport, RowLine } from "../../lib/braintrust/mod.ts";
import { plural } from "../../lib/model/plural.ts";

const n = (count: number) => count.toLocaleString("en-US");
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** What a push would do. */
export function planText(plan: PushPlan, target: string): string {
  const { sessions, rows, bytes, toSend, edited, judged, created } = plan;
  return [
    `${plural(sessions.size, "session")}, ${plural(rows, "row")}, ${mb(bytes)}` +
    (created ? `, created ${created.from.slice(0, 10)} to ${created.to.slice(0, 10)}` : "") +
    (judged ? `, ${plural(judged, "session")} with a verdict` : ""),
    `to ${target}: ${plural(toSend.rows, "row")} to send (${mb(toSend.bytes)}), ` +
    `${plural(rows - toSend.rows, "was", "were")} sent before as they are` +
    (edited ? `, ${plural(edited, "replaces", "replace")} an earlier form` : ""),
    ...plan.first.map((line) => `  ${rowText(line)}`),
    rows > plan.first.length ? `  … ${n(rows - plan.first.length)} more` : "",
  ].filter(Boolean).join("\n");
}

function rowText({ row, path, line }: RowLine): string {
  const text = typeof row.input === "string" ? JSON.stringify(row.input) : `${row.input?.length ?? 0} messages`;
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return `${path}:${line} ${row.span_attributes.type} ${row.span_attributes.name}, input ${short}`;
}

/** What a push did. */
export function reportText({ sent, unchanged, requests, tooLarge }: PushReport): string {
  return [
    `sent ${plural(sent, "row")} in ${plural(requests, "request")}; ${plural(unchanged, "was", "were")} there`,
    ...tooLarge.slice(0, 5).map(({ path, line, bytes }) =>
      `  ${path}:${line} is too large for the service (${mb(bytes)}); shorten its input, or leave the session out`
    ),
    tooLarge.length > 5 ? `  … and ${n(tooLarge.length - 5)} more rows are too large` : "",
  ].filter(Boolean).join("\n");
}

/** What the service says is there. */
export function countText({ expected, found, missing, surplus }: CountReport): string {
  return [
    `counted by SQL: ${n(found)} of ${plural(expected, "row")}` +
    (missing.length || surplus.length ? "" : ", all there"),
    ...listed(missing, "lacks rows"),
    missing.length ? "  push again to send the rows of these sessions once more" : "",
    ...listed(surplus, "has rows that are not from here"),
  ].filter(Boolean).join("\n");
}

/** Scores of others that say other than the verdicts. */
export function differingText(differing: readonly DifferingScore[], path: string): string {
  const lines = differing.slice(0, 5).map(({ sessionId, score, theirs, verdict }) =>
    `  session ${sessionId}: ${score} ${theirs}, verdict ${verdict}`
  );
  return [
    `${
      plural(differing.length, "score that others gave differs", "scores that others gave differ")
    } from the verdicts, and ${differing.length === 1 ? "stays as it is" : "stay as they are"}: ${path}`,
    ...lines,
    ...(differing.length > 5 ? [`  … and ${n(differing.length - 5)} more`] : []),
  ].join("\n");
}

function listed(sessions: CountReport["missing"], what: string): string[] {
  const lines = sessions.slice(0, 5).map((one) => `  session ${one.sessionId} ${what}: ${one.found} of ${one.rows}`);
  return sessions.length > 5 ? [...lines, `  … and ${plural(sessions.length - 5, "more session")}`] : lines;
}
