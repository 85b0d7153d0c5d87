import { modelFamily, runOf, type Session, sessionOfRow } from "../model/mod.ts";
import { compareSessions } from "../model/session.ts";
import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import { SESSION_FIELDS } from "./fields.ts";
import type { Project } from "./project.ts";
import { PAGE_ROWS, queryPage, type QueryRow, queryRows, quoted } from "./query.ts";
import { type BraintrustWhere, sessionRows } from "./where.ts";

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
  const { rows: found } = await queryRows(client, `SELECT ${COLUMNS} ${rows}`);
  const total = await countSessions(client, rows);
  const sessions = new Map(found.map((row) => {
    const session = sessionOf(row, source);
    return [session.id, session];
  }));
  if (sessions.size !== total) {
    throw new BraintrustError(
      "server",
      `${source}: ${sessions.size} sessions came, the service counts ${total}; ` +
        "rows may be arriving just now: ask again",
    );
  }
  return [...sessions.values()].sort(compareSessions);
}

/**
 * The `n` sessions whose rows have the lowest ids (all, where there are fewer), sorted by session id. Rows that `deno task
 * push` wrote have ids that are hashes of the sessions', so these are a sample that is the same each time.
 *
 * @throws {BraintrustError} {@link RowError} as {@link sessionsFromBraintrust}
 */
export async function sampleFromBraintrust(
  client: BraintrustClient,
  project: Project,
  where: BraintrustWhere,
  n: number,
): Promise<Session[]> {
  const rows = sessionRows(project.id, where, client.clock.now());
  const sessions: Session[] = [];
  while (sessions.length < n) {
    const last = sessions.at(-1);
    const size = Math.min(PAGE_ROWS, n - sessions.length);
    const beyond = last === undefined ? "" : ` AND id > ${quoted(last.id)}`;
    const page = await queryPage(client, `SELECT ${COLUMNS} ${rows}${beyond} ORDER BY id ASC LIMIT ${size}`);
    sessions.push(...page.rows.map((row) => sessionOf(row, `braintrust:${project.name}`)));
    if (page.rows.length === 0) break;
  }
  return sessions.sort(compareSessions);
}

/** How many sessions there are. @param rows FROM and WHERE */
export async function countSessions(client: BraintrustClient, rows: string): Promise<number> {
  const { rows: [total] } = await queryPage(client, `SELECT count(*) AS sessions ${rows}`);
  return Number(total?.["sessions"] ?? 0);
}

const COLUMNS = [...SESSION_FIELDS].map(([name, field]) => `${field} AS ${name}`).join(", ");

function sessionOf(row: QueryRow, source: string): Session {
  const { sessionId, deployment } = row;
  const session = {
    ...row,
    run: row["run"] ?? runOf(String(sessionId)),
    model: row["model"] ?? (typeof deployment === "string" ? modelFamily(deployment) : null),
    failureMode: null,
  };
  return sessionOfRow(session, source, String(sessionId));
}
