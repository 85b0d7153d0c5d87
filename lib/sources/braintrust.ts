import {
  type BraintrustClient,
  braintrustClient,
  braintrustEnvironment,
  type BraintrustWhere,
  countSessions,
  projectNamed,
  sessionRows,
  sessionsFromBraintrust,
} from "../braintrust/mod.ts";
import type { Dataset, Session } from "../model/mod.ts";
import { engineDataset, type Limits, limitsFrom } from "../engines/mod.ts";
import { sha256 } from "../io/sha256.ts";

/**
 * Sessions in memory, sample and cells of a project unless told otherwise. The service answers some 20 pages of 1,000 rows a
 * minute, so that many sessions take 2.5 minutes.
 */
const LIMITS: Limits = { sessions: 50_000, sample: 0, cells: 50_000 };

/** Settings of {@link braintrustDataset}; what is not given is read from the environment. */
export interface BraintrustSourceOptions {
  env: (name: string) => string | undefined;
  client?: BraintrustClient;
  limits?: Partial<Limits>;
}

/**
 * Sessions of a Braintrust project, as `deno task push` put them there, verdicts included: fetched where they are few,
 * otherwise counted by the service, with the same results for everything that does not need each session.
 *
 * @param spec `braintrust:PROJECT`, or `braintrust:PROJECT@FROM..TO` for sessions that began between two days (TO excluded)
 * @param options the environment has `BRAINTRUST_API_KEY`, `BRAINTRUST_API_URL`, and the limits of {@link limitsFrom}
 * @throws {BraintrustError} when there is no key or no such project, or the service refuses
 * @throws {EngineError} when the service cannot count, or its rows do not come to rest
 * @throws {Error} when the project holds no session in that time
 */
export async function braintrustDataset(
  spec: string,
  { env, client: given, limits: wanted }: BraintrustSourceOptions,
): Promise<Dataset> {
  const { project: name, where } = parseSpec(spec);
  const limits = { ...limitsFrom(env, LIMITS), ...wanted };
  const client = given ?? braintrustClient(braintrustEnvironment(env));
  const project = await projectNamed(client, name);
  const total = await countSessions(client, sessionRows(project.id, where, client.clock.now()));
  if (total === 0) {
    throw new Error(`${spec}: no session there; push some with deno task push --in DIR --project ${name} --yes`);
  }
  if (total > limits.sessions) {
    const { braintrustEngine } = await import("../engines/braintrust.ts");
    return await engineDataset(braintrustEngine(spec, client, project, where), limits);
  }
  const sessions = await sessionsFromBraintrust(client, project, where);
  return {
    info: {
      name: spec,
      sha256: await sha256(JSON.stringify(sessions)),
      sessions: sessions.length,
      sentence: sentenceOf(spec, sessions),
      caption: spec,
    },
    sessions,
    facts: { thresholds: null, judgeCounts: null, termCounts: null, shortlisting: null },
  };
}

function parseSpec(spec: string): { project: string; where: BraintrustWhere } {
  const rest = spec.slice("braintrust:".length);
  const bounded = /^(.+)@(\d{4}-\d\d-\d\d[^@]*)\.\.(\d{4}-\d\d-\d\d[^@]*)$/.exec(rest);
  const [project = rest, from, to] = bounded?.slice(1) ?? [];
  if (!project) throw new Error(`${spec}: expected braintrust:PROJECT or braintrust:PROJECT@2026-01-01..2026-02-01`);
  return { project, where: { ...(from ? { from } : {}), ...(to ? { to } : {}) } };
}

function sentenceOf(spec: string, sessions: readonly Session[]): string {
  const scored = sessions.filter(({ success }) => success !== null);
  const judged = sessions.filter(({ judgeModel }) => judgeModel !== null);
  const n = (count: number) => `${count.toLocaleString("en")} session${count === 1 ? "" : "s"}`;
  return `${n(sessions.length)} of ${spec}, from the rows' metadata by SQL. ` +
    `${n(scored.length)} with a verdict, ${judged.length.toLocaleString("en")} judged by a model.`;
}
