import { sqlLiteral } from "../model/escape.ts";
import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";

/** A row of a query's answer. */
export type QueryRow = Record<string, unknown>;

/** Rows of all pages of a query. */
export interface QueryRows {
  /** In the order of the pages. */
  rows: QueryRow[];
  /** Whether the last page was full and named no next one: there may be more. */
  cut: boolean;
}

/** Most rows that the service answers at a time. */
export const PAGE_ROWS = 1000;

/**
 * Runs a query and fetches all of its pages. The next page is asked for inside the query (`OFFSET '<cursor>'`): a cursor
 * beside the query has been seen to repeat the page.
 *
 * @param most stops asking when there are that many, or a page more
 * @param sql without LIMIT and OFFSET; it should bound `created`, or the service scans the whole project
 * @throws {BraintrustError} when the service refuses, answers something else, or repeats a page
 */
export async function queryRows(client: BraintrustClient, sql: string, most = Infinity): Promise<QueryRows> {
  const rows: QueryRow[] = [];
  const cursors = new Set<string>();
  for (let cursor: string | null = null;;) {
    const page = await queryPage(
      client,
      `${sql} LIMIT ${PAGE_ROWS}${cursor === null ? "" : ` OFFSET ${quoted(cursor)}`}`,
    );
    rows.push(...page.rows);
    if (rows.length >= most) return { rows, cut: false };
    if (page.cursor === null || page.rows.length === 0) return { rows, cut: page.rows.length >= PAGE_ROWS };
    if (cursors.has(page.cursor)) {
      throw new BraintrustError(
        "not the API",
        `POST /btql: page ${cursors.size + 1} has the cursor of an earlier page`,
      );
    }
    cursors.add(cursor = page.cursor);
  }
}

/** One page of a query, as it is written. */
export async function queryPage(
  client: BraintrustClient,
  query: string,
): Promise<{ rows: QueryRow[]; cursor: string | null }> {
  await client.queryTurn();
  const answer = await client.call("POST", "/btql", JSON.stringify({ query, fmt: "json" }));
  const { data, cursor } = (answer ?? {}) as { data?: unknown; cursor?: unknown };
  if (!Array.isArray(data)) {
    const found = JSON.stringify(answer)?.slice(0, 80);
    throw new BraintrustError("not the API", `POST /btql: expected an object with a list "data", found ${found}`);
  }
  return { rows: data as QueryRow[], cursor: typeof cursor === "string" && cursor ? cursor : null };
}

/** A text as an SQL literal. */
export function quoted(text: string): string {
  return sqlLiteral(text);
}
