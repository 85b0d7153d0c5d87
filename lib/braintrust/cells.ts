import { type Cell } from "../model/mod.ts";
import { cellOfGroup, cellQuery, compareCells } from "../model/cell_query.ts";
import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import { countedField } from "./fields.ts";
import { groupRows } from "./groups.ts";
import type { Project } from "./project.ts";
import { countSessions } from "./sessions.ts";
import { type BraintrustWhere, sessionRows } from "./where.ts";

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
  const groups = await groupRows(client, {
    ...cellQuery(countedField),
    rows,
    key: { field: countedField("run")!, alias: "by_run" },
  });
  const cells = groups.map((group) => cellOfGroup(group, `braintrust:${project.name}`)).sort(compareCells);
  const counted = cells.reduce((sum, cell) => sum + cell.sessions, 0);
  const total = await countSessions(client, rows);
  if (counted !== total) {
    throw new BraintrustError(
      "server",
      `braintrust:${project.name}: the groups hold ${counted} sessions, the service counts ${total}; ` +
        "rows may be arriving just now: ask again",
    );
  }
  return cells;
}
