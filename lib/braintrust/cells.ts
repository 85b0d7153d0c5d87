import { type Cell, cellSchema, checkRow, modelFamily } from "../model/mod.ts";
import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import type { Project } from "./project.ts";
import { PAGE_ROWS, queryPage, type QueryRow, queryRows, quoted } from "./query.ts";
import { type BraintrustWhere, sessionRows } from "./where.ts";

/** Names that cells are grouped by, and the fields of a root row that hold them. */
const GROUPS = {
  benchmark: "metadata.benchmark",
  harness: "metadata.harness",
  deployment: "metadata.deployment",
  run: "metadata.run",
  verdict: "scores.task_success",
} as const;

/** Sums of a cell; `optional` ones are unknown as soon as one session lacks the field. */
const SUMS = {
  tokens: { field: "metadata.total_tokens", optional: false },
  inputTokens: { field: "metadata.input_tokens", optional: true },
  cachedTokens: { field: "metadata.cached_tokens", optional: true },
  outputTokens: { field: "metadata.output_tokens", optional: true },
  calls: { field: "metadata.calls", optional: false },
  durationS: { field: "metadata.duration_s", optional: false },
  recordedUsd: { field: "metadata.recorded_usd", optional: true },
} as const;

const SELECT = [
  "SELECT",
  [
    ...Object.entries(GROUPS).map(([name, field]) => `${field} AS ${name}`),
    "count(*) AS sessions",
    ...Object.entries(SUMS).flatMap(([name, { field }]) => [
      `sum(${field}) AS ${name}`,
      `count(${field}) AS ${name}_known`,
    ]),
  ].join(", "),
].join(" ");

const GROUP_BY = `GROUP BY ${Object.values(GROUPS).join(", ")}`;

/**
 * Sessions of a project counted by the service itself: one {@link Cell} per benchmark, harness, deployment, run and verdict,
 * the same as `cellsOf` makes of the sessions in memory (sums of seconds up to the last bits). No session is fetched, so it
 * costs the same few queries for a thousand sessions or a million; they stay within the rate limit.
 *
 * @throws {BraintrustError} when the service refuses, or its groups do not add up to its own count of the sessions
 * @throws {RowError} for a group that is no cell, such as one with a verdict between 0 and 1
 */
export async function cellsFromBraintrust(
  client: BraintrustClient,
  project: Project,
  where: BraintrustWhere = {},
): Promise<Cell[]> {
  const rows = sessionRows(project.id, where, client.clock.now());
  const all = await queryRows(client, `${SELECT} ${rows} ${GROUP_BY}`);
  const groups = all.cut ? await groupsByRun(client, rows) : all.rows;
  const cells = groups.map((group, i) => cellOf(group, `braintrust:${project.name}`, i)).sort(compare);
  const counted = cells.reduce((sum, cell) => sum + cell.sessions, 0);
  const { rows: [total] } = await queryPage(client, `SELECT count(*) AS sessions ${rows}`);
  if (counted !== Number(total?.["sessions"] ?? 0)) {
    throw new BraintrustError(
      "server",
      `braintrust:${project.name}: the groups hold ${counted} sessions, the service counts ${total?.["sessions"]}; ` +
        "rows may be arriving just now: ask again",
    );
  }
  return cells;
}

/** All groups in the order of their runs, for a service that names no next page of groups. */
async function groupsByRun(client: BraintrustClient, rows: string): Promise<QueryRow[]> {
  const groups: QueryRow[] = [];
  for (let from: string | null = null;;) {
    const beyond: string = from === null ? "" : ` AND ${GROUPS.run} >= ${quoted(from)}`;
    const page = await queryPage(client, `${SELECT} ${rows}${beyond} ${GROUP_BY} ORDER BY run ASC LIMIT ${PAGE_ROWS}`);
    if (page.rows.length < PAGE_ROWS) return [...groups, ...page.rows];
    // The last run of a full page may go on behind it, so it begins the next page.
    const last = String(page.rows.at(-1)?.["run"]);
    if (last === from) {
      throw new BraintrustError("request", `run ${last} has over ${PAGE_ROWS} groups; narrow the query with a where`);
    }
    groups.push(...page.rows.filter((group) => group["run"] !== last));
    from = last;
  }
}

function cellOf(group: QueryRow, source: string, row: number): Cell {
  const sums = Object.entries(SUMS).map(([name, { optional }]) => {
    const known = Number(group[`${name}_known`]) === Number(group["sessions"]);
    return [name, known || !optional ? Number(group[name] ?? 0) : null];
  });
  const { benchmark, harness, deployment, run, verdict } = group;
  const cell = {
    benchmark,
    harness,
    deployment,
    model: typeof deployment === "string" ? modelFamily(deployment) : null,
    run,
    verdict: verdict ?? null,
    sessions: Number(group["sessions"]),
    ...Object.fromEntries(sums),
  };
  return checkRow(cellSchema, cell as unknown as Cell, source, row);
}

const NAMES = ["benchmark", "harness", "deployment", "model", "run"] as const;

function compare(a: Cell, b: Cell): number {
  for (const name of NAMES) if (a[name] !== b[name]) return a[name] < b[name] ? -1 : 1;
  return (a.verdict ?? 2) - (b.verdict ?? 2);
}
