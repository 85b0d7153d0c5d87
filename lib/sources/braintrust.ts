import {
  braintrustClient,
  braintrustEnvironment,
  type BraintrustWhere,
  projectNamed,
  sessionsFromBraintrust,
} from "../braintrust/mod.ts";
import type { Dataset, Session } from "../model/mod.ts";
import { sha256 } from "./sha256.ts";

/**
 * Sessions of a Braintrust project, as `deno task push` put them there, verdicts included.
 *
 * @param spec `braintrust:PROJECT`, or `braintrust:PROJECT@FROM..TO` for sessions that began between two days (TO excluded)
 * @param env reads `BRAINTRUST_API_KEY` and `BRAINTRUST_API_URL`
 * @throws {BraintrustError} when there is no key or no such project, or the service refuses
 * @throws {Error} when the project holds no session in that time
 */
export async function braintrustDataset(spec: string, env: (name: string) => string | undefined): Promise<Dataset> {
  const { project: name, where } = parseSpec(spec);
  const client = braintrustClient(braintrustEnvironment(env));
  const project = await projectNamed(client, name);
  const sessions = await sessionsFromBraintrust(client, project, where);
  if (sessions.length === 0) {
    throw new Error(`${spec}: no session there; push some with deno task push --in DIR --project ${name} --yes`);
  }
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
