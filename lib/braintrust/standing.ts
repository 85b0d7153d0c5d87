import type { BraintrustClient } from "./client.ts";
import type { Project } from "./project.ts";
import { PAGE_ROWS, type QueryRow, queryRows, quoted } from "./query.ts";

/** A root row as it stands at the service, as far as others may have worked on it. */
export interface StandingRow {
  /** The row's. */
  id: string;
  /** All of its scores, also those that people and other programs gave. */
  scores: Record<string, number>;
  /** The verdict that we wrote last; null when it could not tell, undefined when no verdict says. */
  judgeSuccess: number | null | undefined;
  /** Whether a verdict of ours stands there. */
  judged: boolean;
  /** Changes with every write. */
  version: string;
}

/** Earliest and latest `created` to look between. */
export type Bounds = readonly [from: string, to: string];

/** Ids of a query: one page of the answer, and ids of 40 kB. */
const IDS_A_QUERY = PAGE_ROWS;

/**
 * Root rows that the service has, by id.
 *
 * @throws {BraintrustError} when the service refuses
 */
export async function standingRows(
  client: BraintrustClient,
  project: Project,
  ids: readonly string[],
  bounds: Bounds,
): Promise<Map<string, StandingRow>> {
  const columns = "id, _xact_id AS version, scores, metadata.judge_success AS judge_success, " +
    "metadata.judge_model AS judge_model, metadata.judge_outcome AS judge_outcome";
  const rows = await selectRows(client, project, columns, ids, bounds);
  return new Map(rows.map((row): [string, StandingRow] => {
    const id = String(row["id"]);
    const judged = typeof row["judge_model"] === "string";
    const said = row["judge_success"];
    // A verdict of null has an outcome and no success; before successes were written, nothing says.
    const cannotTell = judged && typeof row["judge_outcome"] === "string" && row["judge_outcome"] !== "judged";
    return [id, {
      id,
      scores: numbersOf(row["scores"]),
      judgeSuccess: typeof said === "number" ? said : cannotTell ? null : undefined,
      judged,
      version: String(row["version"]),
    }];
  }));
}

/** What of a row can be written: the rest is the service's own. */
const WRITABLE = [
  "id",
  "span_id",
  "root_span_id",
  "span_parents",
  "input",
  "output",
  "expected",
  "error",
  "metadata",
  "metrics",
  "scores",
  "tags",
  "created",
  "span_attributes",
];

/** Whole rows as they stand, by id, with all that can be written. */
export async function wholeRows(
  client: BraintrustClient,
  project: Project,
  ids: readonly string[],
  bounds: Bounds,
): Promise<Map<string, QueryRow>> {
  const rows = await selectRows(client, project, `${WRITABLE.join(", ")}, _xact_id AS version`, ids, bounds);
  return new Map(rows.map((row) => [String(row["id"]), row]));
}

async function selectRows(
  client: BraintrustClient,
  project: Project,
  columns: string,
  ids: readonly string[],
  [from, to]: Bounds,
): Promise<QueryRow[]> {
  const found: QueryRow[] = [];
  for (let at = 0; at < ids.length; at += IDS_A_QUERY) {
    const some = ids.slice(at, at + IDS_A_QUERY).map(quoted).join(", ");
    const { rows } = await queryRows(
      client,
      `SELECT ${columns} FROM project_logs(${quoted(project.id)}) WHERE created >= ${quoted(from)} ` +
        `AND created <= ${quoted(to)} AND id IN (${some})`,
    );
    found.push(...rows);
  }
  return found;
}

function numbersOf(scores: unknown): Record<string, number> {
  return Object.fromEntries(
    Object.entries(Object(scores)).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
