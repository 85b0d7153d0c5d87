import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import { PAGE_ROWS, queryPage, type QueryRow, queryRows, quoted } from "./query.ts";

/** A query of groups, in parts. */
export interface GroupsAsked {
  /** What stands after SELECT. */
  select: string;
  /** FROM and WHERE. */
  rows: string;
  /** What stands after GROUP BY. */
  groupBy: string;
  /** One of the fields grouped by, a text in every row, and its alias: groups are asked for in its order where they must be. */
  key: { field: string; alias: string };
}

/**
 * All groups of a query, however many: page by page where the service names the next page of groups, otherwise in the order
 * of the key.
 *
 * @param most stops asking when there are that many, or a page more
 * @throws {BraintrustError} when the service refuses, or over 1,000 groups have the same key and no page is named
 */
export async function groupRows(client: BraintrustClient, asked: GroupsAsked, most = Infinity): Promise<QueryRow[]> {
  const { select, rows, groupBy } = asked;
  const all = await queryRows(client, `SELECT ${select} ${rows} GROUP BY ${groupBy}`, most);
  return all.cut ? await inOrder(client, asked, most) : all.rows;
}

async function inOrder(
  client: BraintrustClient,
  { select, rows, groupBy, key }: GroupsAsked,
  most: number,
): Promise<QueryRow[]> {
  const groups: QueryRow[] = [];
  for (let from: string | null = null;;) {
    const beyond: string = from === null ? "" : ` AND ${key.field} >= ${quoted(from)}`;
    const page = await queryPage(
      client,
      `SELECT ${select} ${rows}${beyond} GROUP BY ${groupBy} ORDER BY ${key.alias} ASC LIMIT ${PAGE_ROWS}`,
    );
    if (page.rows.length < PAGE_ROWS || groups.length + page.rows.length >= most) return [...groups, ...page.rows];
    // The last name of a full page may go on behind it, so it begins the next page.
    const last = String(page.rows.at(-1)?.[key.alias]);
    if (last === from) {
      throw new BraintrustError(
        "request",
        `${key.field} ${last} has over ${PAGE_ROWS} groups; narrow the query with a where`,
      );
    }
    groups.push(...page.rows.filter((group) => group[key.alias] !== last));
    from = last;
  }
}
