import {
  type BraintrustClient,
  BraintrustError,
  type BraintrustWhere,
  countedField,
  groupRows,
  type Project,
  queryRows,
  quoted,
  sampleFromBraintrust,
  sessionRows,
  sessionsFromBraintrust,
} from "../braintrust/mod.ts";
import { type Dialect, type Engine, EngineError, type EngineRow } from "./engine.ts";

/** Braintrust's SQL. Its `percentile` does not say how exact it is, so ranks are found by counting. */
export const braintrustDialect: Dialect = {
  column: countedField,
  text: quoted,
  distinct: (column) => `count_distinct(${column})`,
  ranks: null,
};

/**
 * A project's sessions (the root rows that `deno task push` writes) as an engine: counted by the service's own SQL.
 *
 * @param name the spec, for messages
 */
export function braintrustEngine(
  name: string,
  client: BraintrustClient,
  project: Project,
  where: BraintrustWhere = {},
): Engine {
  // One upper bound of `created` for all queries.
  const rows = sessionRows(project.id, where, client.clock.now());
  const from = (condition: string | null) => condition === null ? rows : `${rows} AND (${condition})`;

  async function answer(sql: string): Promise<EngineRow[]> {
    const { rows, cut } = await queryRows(client, sql);
    if (cut) throw new EngineError(name, "the service names no next page of a full one; narrow the time by @FROM..TO");
    return rows;
  }

  return {
    name,
    dialect: braintrustDialect,
    from,
    rows: answer,
    fingerprint: async () => {
      // Each write has a transaction id of its own, larger than those before. The sum is here to find out, before anything
      // else is asked, whether the service takes what every later query is made of.
      const [tokens, calls] = [countedField("totalTokens"), countedField("calls")];
      const condition = `sum(CASE WHEN ${tokens} >= 0 AND ${calls} >= 0 THEN 1 ELSE 0 END)`;
      try {
        const found = await answer(
          `SELECT count(*) AS n, max(_xact_id) AS last, ${condition} AS with_counts ${from(null)}`,
        );
        return JSON.stringify(found);
      } catch (error) {
        if (!isRefused(error)) throw error;
        throw new EngineError(
          name,
          `the service does not take what counting there needs (${error.message}); set TRACES_SESSIONS to as many sessions as ` +
            "there are, and they are fetched instead",
          { cause: error },
        );
      }
    },
    repeatedIds: async () => {
      const id = countedField("sessionId")!;
      const twice = await groupRows(client, {
        select: `${id} AS by_id, count(*) AS n`,
        rows: from(null),
        groupBy: `${id} HAVING count(*) > 1`,
        key: { field: id, alias: "by_id" },
      }).catch((error) => {
        if (isRefused(error)) return null;
        throw error;
      });
      return twice && twice.reduce((sum, row) => sum + Number(row["n"]) - 1, 0);
    },
    async *groups({ select, where, groupBy, key }, limit) {
      const asked = { select, rows: from(where), groupBy, key: { field: key.column, alias: key.alias } };
      yield await groupRows(client, asked, limit);
    },
    async *sessions(sample) {
      yield sample === null
        ? await sessionsFromBraintrust(client, project, where)
        : await sampleFromBraintrust(client, project, where, sample);
    },
    close: () => Promise.resolve(),
  };
}

/** Whether the service understood the call and will not do it. */
function isRefused(error: unknown): error is BraintrustError {
  return error instanceof BraintrustError && error.fault === "request";
}
