import {
  type BraintrustClient,
  braintrustClient,
  braintrustEnvironment,
  BraintrustError,
  type BraintrustWhere,
  type Project,
  projectNamed,
  queryRows,
  sessionsFromBraintrust,
} from "../../braintrust/mod.ts";
import { countedField } from "../../braintrust/fields.ts";
import { groupRows } from "../../braintrust/groups.ts";
import { quoted } from "../../braintrust/query.ts";
import { countSessions, sampleFromBraintrust } from "../../braintrust/sessions.ts";
import { sessionRows } from "../../braintrust/where.ts";
import { answerOf } from "../counted.ts";
import { type Dialect, type Engine, EngineError, type EngineRow, type SqlEngine } from "../engine.ts";
import { memoryEngine } from "../memory.ts";
import { parseBraintrust } from "./spec.ts";

/** How a project is reached. */
export interface BraintrustAccess {
  /** Has `BRAINTRUST_API_KEY` and `BRAINTRUST_API_URL`. */
  env: (name: string) => string | undefined;
  /** In the place of one made from the environment. */
  client?: BraintrustClient;
}

/**
 * Opens a project whose sessions `deno task push` put there, verdicts included: fetched where they are few, otherwise
 * counted by the service.
 *
 * @param spec `braintrust:PROJECT`, or `braintrust:PROJECT@FROM..TO` for sessions that began between two days (TO excluded)
 * @throws {BraintrustError} when there is no key or no such project, or the service refuses
 */
export async function openBraintrust(spec: string, { env, client: given }: BraintrustAccess): Promise<Engine> {
  const { project: name, where } = parseBraintrust(spec);
  const client = given ?? braintrustClient(braintrustEnvironment(env));
  const project = await projectNamed(client, name);
  const database = braintrustEngine(spec, client, project, where);
  return {
    name: spec,
    answer: async (limits, filter) => {
      const total = await countSessions(client, sessionRows(project.id, where, client.clock.now()));
      if (total === 0) {
        throw new EngineError(
          spec,
          `no session there; push some with deno task push --in DIR --project ${name} --yes`,
        );
      }
      if (total > limits.sessions) return await answerOf(database, limits, filter);
      return await memoryEngine(spec, await sessionsFromBraintrust(client, project, where)).answer(limits, filter);
    },
    close: () => database.close(),
  };
}

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
): SqlEngine {
  // One upper bound of `created` for all queries.
  const rows = sessionRows(project.id, where, client.clock.now());
  const from = (condition: string | null) => condition === null ? rows : `${rows} AND (${condition})`;

  async function answer(sql: string): Promise<EngineRow[]> {
    const { rows, cut } = await queryRows(client, sql);
    if (cut) throw new EngineError(name, "the service names no next page of a full one; narrow the time by @FROM..TO");
    return rows;
  }

  let estimated: number | null = null;
  return {
    name,
    dialect: braintrustDialect,
    from,
    rows: answer,
    fingerprint: async () => {
      // Each write has a transaction id of its own, larger than those before. The sum is here to find out, before anything
      // else is asked, whether the service takes what every later query is made of.
      const [tokens, calls] = [countedField("totalTokens"), countedField("calls")];
      const flagged = `sum(CASE WHEN ${countedField("tokensEstimated")} = true THEN 1 ELSE 0 END)`;
      const condition = `sum(CASE WHEN ${tokens} >= 0 AND ${calls} >= 0 THEN 1 ELSE 0 END)`;
      try {
        const found = await answer(
          `SELECT count(*) AS n, max(_xact_id) AS last, ${condition} AS with_counts, ${flagged} AS estimated ${
            from(null)
          }`,
        );
        estimated = Number(found[0]?.["estimated"] ?? 0);
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
    // Told by the query before: the service takes few a minute.
    estimated: () => Promise.resolve(estimated),
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
    async *sessions(sample, condition = null) {
      const which = condition === null ? where : { ...where, sql: condition };
      yield sample === null
        ? await sessionsFromBraintrust(client, project, which)
        : await sampleFromBraintrust(client, project, which, sample);
    },
    close: () => Promise.resolve(),
  };
}

/** Whether the service understood the call and will not do it. */
function isRefused(error: unknown): error is BraintrustError {
  return error instanceof BraintrustError && error.fault === "request";
}
