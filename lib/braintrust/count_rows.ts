import type { BraintrustClient } from "./client.ts";
import type { PushPlan, SessionRows } from "./push_plan.ts";
import { PAGE_ROWS, queryRows, quoted } from "./query.ts";
import type { Project } from "./project.ts";

/** Rows of a session that should be there, and are. */
export interface CountedSession extends SessionRows {
  /** The root row's id. */
  root: string;
  /** Rows that the service has. */
  found: number;
}

/** What the service has of a push. */
export interface CountReport {
  /** Rows of the push. */
  expected: number;
  /** Rows of these sessions that are there. */
  found: number;
  /** Sessions with fewer rows than were pushed. */
  missing: CountedSession[];
  /** Sessions with more: rows that came from elsewhere, or from an earlier import of the session. */
  surplus: CountedSession[];
}

/** Sessions asked for in one query: one page of the answer, and ids of 40 kB. */
const SESSIONS_A_QUERY = PAGE_ROWS;

/** Settings of {@link countRows}. */
export interface CountOptions {
  /** How often what is missing is asked for again: rows show up in queries a little after they were accepted. 4 unless told. */
  patience?: number;
  /** Milliseconds between, 5,000 unless told. */
  pauseMs?: number;
  /** Called after each query with the sessions counted so far. */
  onProgress?: (sessions: number) => void;
}

/**
 * Counts the rows of a push by SQL, session by session, within the bounds of their `created`.
 *
 * @throws {BraintrustError} when the service refuses
 */
export async function countRows(
  client: BraintrustClient,
  project: Project,
  plan: Pick<PushPlan, "sessions" | "created" | "withoutCreated">,
  { patience = 4, pauseMs = 5000, onProgress }: CountOptions = {},
): Promise<CountReport> {
  const bounds = boundsOf(plan, client.clock.now());
  const found = new Map<string, number>();
  const missing = () => [...plan.sessions].filter(([root, { rows }]) => (found.get(root) ?? 0) < rows);
  for (let attempt = 0;; attempt++) {
    const roots = (attempt === 0 ? [...plan.sessions] : missing()).map(([root]) => root);
    for (let at = 0; at < roots.length; at += SESSIONS_A_QUERY) {
      const some = roots.slice(at, at + SESSIONS_A_QUERY);
      for (const [root, n] of await countSome(client, project, some, bounds)) found.set(root, n);
      if (attempt === 0) onProgress?.(at + some.length);
    }
    if (missing().length === 0 || attempt >= patience) break;
    await client.clock.sleep(pauseMs);
  }
  const counted = [...plan.sessions].map(([root, session]) => ({ root, ...session, found: found.get(root) ?? 0 }));
  return {
    expected: counted.reduce((sum, { rows }) => sum + rows, 0),
    found: counted.reduce((sum, session) => sum + session.found, 0),
    missing: counted.filter((session) => session.found < session.rows),
    surplus: counted.filter((session) => session.found > session.rows),
  };
}

async function countSome(
  client: BraintrustClient,
  project: Project,
  roots: readonly string[],
  [from, to]: [from: string, to: string],
): Promise<[root: string, rows: number][]> {
  const { rows } = await queryRows(
    client,
    `SELECT root_span_id AS root, count(*) AS n FROM project_logs(${quoted(project.id)}) ` +
      `WHERE created >= ${quoted(from)} AND created <= ${quoted(to)} ` +
      `AND root_span_id IN (${roots.map(quoted).join(", ")}) GROUP BY root_span_id`,
  );
  return rows.map((row) => [String(row["root"]), Number(row["n"])]);
}

/** Earliest and latest `created` of a push. Rows without a time got that of their arrival, so the last few days count too. */
export function boundsOf(
  { created, withoutCreated }: Pick<PushPlan, "created" | "withoutCreated">,
  nowMs: number,
): [from: string, to: string] {
  const day = 86_400_000;
  const lately = [new Date(nowMs - 365 * day).toISOString(), new Date(nowMs + day).toISOString()] as const;
  if (created && withoutCreated === 0) return [created.from, created.to] as [string, string];
  const times = [...lately, ...(created ? [created.from, created.to] : [])].sort();
  return [times[0]!, times.at(-1)!] as [string, string];
}
