import { type Cell, cellOfGroup, cellQuery, compareCells, type Session } from "../model/mod.ts";
import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import type { Project } from "./project.ts";
import { PAGE_ROWS, queryPage, type QueryRow, queryRows, quoted } from "./query.ts";
import { type BraintrustWhere, sessionRows } from "./where.ts";

/** Where a root row holds each field that cells are counted from; the model is told from the deployment. */
const FIELDS: Partial<Record<keyof Session, string>> = {
  benchmark: "metadata.benchmark",
  harness: "metadata.harness",
  deployment: "metadata.deployment",
  run: "metadata.run",
  success: "scores.task_success",
  totalTokens: "metadata.total_tokens",
  inputTokens: "metadata.input_tokens",
  cachedTokens: "metadata.cached_tokens",
  outputTokens: "metadata.output_tokens",
  calls: "metadata.calls",
  durationS: "metadata.duration_s",
  recordedUsd: "metadata.recorded_usd",
};

const { select, groupBy } = cellQuery((field) => FIELDS[field] ?? null);
const SELECT = `SELECT ${select}`;
const GROUP_BY = `GROUP BY ${groupBy}`;
const RUN = FIELDS.run!;

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
  const cells = groups.map((group) => cellOfGroup(group, `braintrust:${project.name}`)).sort(compareCells);
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
    const beyond: string = from === null ? "" : ` AND ${RUN} >= ${quoted(from)}`;
    const page = await queryPage(
      client,
      `${SELECT} ${rows}${beyond} ${GROUP_BY} ORDER BY by_run ASC LIMIT ${PAGE_ROWS}`,
    );
    if (page.rows.length < PAGE_ROWS) return [...groups, ...page.rows];
    // The last run of a full page may go on behind it, so it begins the next page.
    const last = String(page.rows.at(-1)?.["by_run"]);
    if (last === from) {
      throw new BraintrustError("request", `run ${last} has over ${PAGE_ROWS} groups; narrow the query with a where`);
    }
    groups.push(...page.rows.filter((group) => group["by_run"] !== last));
    from = last;
  }
}
