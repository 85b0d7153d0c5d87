import type { Dataset, Distributions, Session } from "../../model/mod.ts";

/** What a dataset cannot tell, because its sessions are not in memory or its source does not say. */
export class NotKnown extends Error {
  /** The class's name. */
  override readonly name = "NotKnown";
  /** The message is `source: reason; advice`. */
  constructor(
    source: string,
    /** Why, in a few words. */
    readonly reason: string,
    advice: string,
  ) {
    super(`${source}: ${reason}; ${advice}`);
  }
}

/**
 * The sessions of a dataset, for what needs each of them.
 *
 * @throws {NotKnown} where they stay in an engine, saying how to hold them
 */
export function needSessions({ info, sessions }: Dataset): Session[] {
  if (sessions !== null) return sessions;
  throw new NotKnown(
    info.name,
    `its ${info.sessions.toLocaleString("en")} sessions stay in the engine, and this needs each of them`,
    `set TRACES_SESSIONS=${info.sessions} to hold them in memory, or TRACES_SAMPLE=200000 to use a sample, which every ` +
      "caption then says",
  );
}

/**
 * What is said of a number that was counted from the sessions in memory: "all 300 sessions", "a sample of 50 of 1,781
 * sessions", or that none is there.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { sampleOf } from "agent-trace-lab/analysis";
 * equal(sampleOf(await loadDataset("data/examples/sessions.jsonl")), "all 300 sessions");
 * ```
 */
export function sampleOf({ info, held, sessions }: Dataset): string {
  const all = `${info.sessions.toLocaleString("en")} session${info.sessions === 1 ? "" : "s"}`;
  if (held === "none") return `none of the ${all}, which stay in the engine`;
  return held === "sample" ? `a sample of ${sessions.length.toLocaleString("en")} of ${all}` : `all ${all}`;
}

type Told = Exclude<keyof Distributions, "thresholds" | "stated">;

/**
 * One of a dataset's distributions.
 *
 * @throws {NotKnown} where it cannot be told, saying why
 */
export function needDistribution<K extends Told>(
  { info, distributions, held }: Dataset,
  name: K,
): NonNullable<Distributions[K]> {
  const found = distributions[name];
  if (found !== null) return found;
  const why = held === "all" ? "the source does not say" : "its sessions stay in the engine";
  throw new NotKnown(
    info.name,
    `${WORDS[name]} of ${info.caption} cannot be told, because ${why}`,
    "set TRACES_SESSIONS=N to hold up to N sessions in memory",
  );
}

const WORDS: Record<Told, string> = {
  failureModes: "failure modes",
  toolErrorsUnknown: "which tool errors are not known",
  failedTokensByHarness: "boxes of tokens by harness",
  failedTokensByCell: "boxes of tokens by benchmark and harness",
  mostTokens: "the longest sessions",
  mostFailedTokens: "the longest failed sessions",
  toolErrorsByHarness: "boxes of tool errors",
  judge: "what the judge said",
  termCounts: "words of the reasons",
  duplicates: "repeated recordings",
};
