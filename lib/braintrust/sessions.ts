import { checkRow, modelFamily, runOf, type Session, sessionSchema } from "../model/mod.ts";
import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import type { Project } from "./project.ts";
import { queryPage, type QueryRow, queryRows } from "./query.ts";
import { type BraintrustWhere, sessionRows } from "./where.ts";

/** Where a root row holds each field of a session. */
const FIELDS = {
  sessionId: "metadata.session_id",
  id: "id",
  run: "metadata.run",
  benchmark: "metadata.benchmark",
  harness: "metadata.harness",
  deployment: "metadata.deployment",
  model: "metadata.model",
  success: "scores.task_success",
  officialSuccess: "scores.official_success",
  totalTokens: "metadata.total_tokens",
  inputTokens: "metadata.input_tokens",
  cachedTokens: "metadata.cached_tokens",
  outputTokens: "metadata.output_tokens",
  calls: "metadata.calls",
  durationS: "metadata.duration_s",
  wallClockS: "metadata.wall_clock_s",
  toolErrors: "metadata.tool_errors",
  errorSpans: "metadata.error_spans",
  judgeModel: "metadata.judge_model",
  judgeConfidence: "metadata.judge_confidence",
  judgeReasoning: "metadata.judge_reasoning",
  judgeReliability: "metadata.judge_reliability",
  recordedUsd: "metadata.recorded_usd",
} as const satisfies Partial<Record<keyof Session, string>>;

/**
 * Sessions of a project, from the metadata, metrics and scores of their root rows; no text is fetched. A page holds 1,000
 * sessions. They come sorted by id.
 *
 * @throws {BraintrustError} when the service refuses, or its pages do not add up to its own count
 * @throws {RowError} naming the session and the field that is not as `deno task push` writes it
 */
export async function sessionsFromBraintrust(
  client: BraintrustClient,
  project: Project,
  where: BraintrustWhere = {},
): Promise<Session[]> {
  const source = `braintrust:${project.name}`;
  const rows = sessionRows(project.id, where, client.clock.now());
  const columns = Object.entries(FIELDS).map(([name, field]) => `${field} AS ${name}`).join(", ");
  const { rows: found } = await queryRows(client, `SELECT ${columns} ${rows}`);
  const { rows: [total] } = await queryPage(client, `SELECT count(*) AS sessions ${rows}`);
  const sessions = new Map(found.map((row) => {
    const session = sessionOf(row, source);
    return [session.id, session];
  }));
  if (sessions.size !== Number(total?.["sessions"] ?? 0)) {
    throw new BraintrustError(
      "server",
      `${source}: ${sessions.size} sessions came, the service counts ${total?.["sessions"]}; ` +
        "rows may be arriving just now: ask again",
    );
  }
  return [...sessions.values()].sort((a, b) => a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0);
}

function sessionOf(row: QueryRow, source: string): Session {
  const { sessionId, deployment } = row;
  const values = Object.keys(FIELDS).map((name) => [name, row[name] ?? null]);
  const session = {
    ...Object.fromEntries(values),
    run: row["run"] ?? runOf(String(sessionId)),
    model: row["model"] ?? (typeof deployment === "string" ? modelFamily(deployment) : null),
    failureMode: null,
  };
  return checkRow(sessionSchema, session as Session, source, String(sessionId));
}
