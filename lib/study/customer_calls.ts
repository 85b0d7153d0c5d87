import type { Cell, OfficialRate } from "../model/mod.ts";
import { quantile } from "../stats/mod.ts";
import { groupBy, tally } from "../analysis/counts/tally.ts";

/** Suites in which the benchmark itself plays the customer with a model of its own. */
export const SIMULATED_CUSTOMER_SUITES = ["tau2_airline", "tau2_retail", "tau2_telecom"] as const;

/** The model that plays the customer there by default. */
export const CUSTOMER_MODEL = "gpt-4.1";

/** Tokens a model call of a cell, beside other models of the same suite. */
export interface TokensPerCallRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** All sessions, scored or not. */
  sessions: number;
  /** Tokens over calls. */
  tokens_per_call: number;
  /** The fewest tokens a call of any other model of the suite; under the same harness where one ran there. */
  peer_tokens_per_call: number | null;
  /** Who sends the fewest of the others. */
  peer: string | null;
  /** Where the peer ran. */
  peer_of: "same harness" | "same suite" | null;
  /** Peer's over its own: how many times less it sends a call. */
  ratio: number | null;
}

/** What speaks for a model's sessions being the simulated customer's calls instead of an agent's. */
export interface CustomerEvidence {
  /** The model family. */
  model: string;
  /** All sessions, scored or not. */
  sessions: number;
  /** Suites it ran on. */
  suites: string[];
  /** It ran on no suite without a simulated customer, while other models did. */
  only_customer_suites: boolean;
  /** Smallest, median and largest `ratio` of its cells; null without peers. */
  least_ratio: number | null;
  /** Median ratio of its cells. */
  median_ratio: number | null;
  /** Largest ratio of its cells. */
  greatest_ratio: number | null;
  /**
   * Within a suite, the most tokens a call of any harness over the fewest, the largest of the suites: an agent's prompt is
   * its harness's, a customer's is not. Null where it ran under one harness only.
   */
  harness_spread: number | null;
  /** The same of other models on the same suites; the largest. */
  peer_harness_spread: number | null;
  /** Whether the official leaderboard has graded an agent of this model; null without official rates. */
  officially_graded: boolean | null;
  /** What speaks for it, in words. */
  signs: string[];
  /** Of four signs: all "very likely", three "likely", two "possible", else "no evidence". */
  likelihood: "very likely" | "likely" | "possible" | "no evidence";
  /** The same in a sentence. */
  sentence: string;
}

/** An agent's calls carry the harness's prompt and tools; a customer's under half of that, in the median cell. */
const CLEARLY_LESS = 2;

/** Tokens a call by cell, for suites with more than one model. Exact from sums; cells that lack the tokens of a session are left out. */
export function tokensPerCall(cells: readonly Cell[]): TokensPerCallRow[] {
  const rows = tally(cells, ["benchmark", "harness", "model"]).flatMap((t) =>
    t.calls > 0 && t.tokens !== null && t.tokensKnown === t.sessions ? [{ ...t, tokens: t.tokens }] : []
  );
  return rows.map((t): TokensPerCallRow => {
    const others = rows.filter((o) => o.benchmark === t.benchmark && o.model !== t.model);
    const same = others.filter((o) => o.harness === t.harness);
    const peers = (same.length ? same : others).map((o) => ({ o, value: o.tokens / o.calls }))
      .sort((a, b) => a.value - b.value);
    const own = t.tokens / t.calls, least = peers[0];
    return {
      benchmark: t.benchmark,
      harness: t.harness,
      model: t.model,
      sessions: t.sessions,
      tokens_per_call: own,
      peer_tokens_per_call: least?.value ?? null,
      peer: least ? `${least.o.harness} · ${least.o.model}` : null,
      peer_of: least ? (same.length ? "same harness" : "same suite") : null,
      ratio: least && own > 0 ? least.value / own : null,
    };
  });
}

/** Weighs whether a model's sessions are the simulated customer's calls. Null where the model has no session. */
export function customerEvidence(
  cells: readonly Cell[],
  model: string,
  rates: readonly OfficialRate[] | null = null,
): CustomerEvidence | null {
  const rows = tokensPerCall(cells), own = rows.filter((r) => r.model === model);
  if (!own.length) return null;
  const suites = [...new Set(own.map((r) => r.benchmark))].sort();
  const customer = new Set<string>(SIMULATED_CUSTOMER_SUITES);
  const elsewhere = rows.some((r) => !customer.has(r.benchmark));
  const only = elsewhere && suites.every((s) => customer.has(s));
  const ratios = own.flatMap((r) => r.ratio === null ? [] : [r.ratio]);
  const [least, median, greatest] = ratios.length
    ? [Math.min(...ratios), quantile(ratios, 0.5), Math.max(...ratios)]
    : [null, null, null];
  const spread = harnessSpread(own);
  const peers = [
    ...groupBy(rows.filter((r) => r.model !== model && suites.includes(r.benchmark)), (r) => r.model).values(),
  ].map(harnessSpread);
  const peerSpread = peers.reduce<number | null>((a, b) => b === null ? a : Math.max(a ?? 0, b), null);
  const graded = rates && rates.some((r) => r.model === model);
  const signs = [
    only ? `it ran on ${suites.join(", ")} only, where the benchmark plays the customer` : "",
    least !== null && median !== null && least > 1 && median > CLEARLY_LESS
      ? `it sends ${least.toFixed(1)} to ${
        greatest?.toFixed(1)
      } times fewer tokens a call than the least of its peers ` +
        `(median ${median.toFixed(1)})`
      : "",
    spread !== null && peerSpread !== null && spread < peerSpread / 1.5
      ? `its calls are of one size whatever the harness (${spread.toFixed(1)} times at most, ${
        peerSpread.toFixed(1)
      } times for others)`
      : "",
    graded === false ? "the official leaderboard has graded no agent of this model" : "",
  ].filter(Boolean);
  const likelihood = (["no evidence", "no evidence", "possible", "likely", "very likely"] as const)[signs.length] ??
    "no evidence";
  const sessions = own.reduce((sum, r) => sum + r.sessions, 0);
  return {
    model,
    sessions,
    suites,
    only_customer_suites: only,
    least_ratio: least,
    median_ratio: median,
    greatest_ratio: greatest,
    harness_spread: spread,
    peer_harness_spread: peerSpread,
    officially_graded: graded,
    signs,
    likelihood,
    sentence: likelihood === "no evidence"
      ? `Nothing here says that the ${sessions} sessions of ${model} are the simulated customer's calls.`
      : `It is ${likelihood} that the ${sessions} sessions of ${model} are the simulated customer's calls and not an ` +
        `agent's: ${signs.join("; ")}.`,
  };
}

function harnessSpread(rows: readonly TokensPerCallRow[]): number | null {
  const spreads = [...groupBy(rows, (r) => r.benchmark).values()].filter((suite) => suite.length > 1).map((suite) => {
    const values = suite.map((r) => r.tokens_per_call);
    return Math.max(...values) / Math.min(...values);
  });
  return spreads.length ? Math.max(...spreads) : null;
}
