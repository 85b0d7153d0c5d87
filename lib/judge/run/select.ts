import { createHash } from "node:crypto";
import { modelFamily, runOf, type TraceRow } from "../../model/mod.ts";

/** What a session can be chosen by. */
export const WHERE_KEYS: readonly WhereKey[] = ["benchmark", "harness", "model", "deployment", "run", "session"];

/** One of {@link WHERE_KEYS}. */
export type WhereKey = "benchmark" | "harness" | "model" | "deployment" | "run" | "session";

/** Values by key: within a key any may hold, all keys must. */
export type Where = Partial<Record<WhereKey, string[]>>;

/** The part of a row that choosing needs. */
export type Chosen = Pick<TraceRow, "sessionId" | "benchmark" | "harness" | "models" | "run">;

/**
 * Reads `key=value` pairs.
 *
 * @throws {Error} naming the pair and the keys there are.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseWhere } from "agent-trace-lab/judge";
 * equal(parseWhere(["harness=loop"]).harness !== undefined, true);
 * ```
 */
export function parseWhere(pairs: readonly string[]): Where {
  const where: Where = {};
  for (const pair of pairs) {
    const cut = pair.indexOf("=");
    const key = WHERE_KEYS.find((known) => known === pair.slice(0, cut));
    if (cut < 0 || !key) {
      throw new Error(`--where ${pair}: expected KEY=VALUE with a key of ${WHERE_KEYS.join(", ")}`);
    }
    where[key] = [...where[key] ?? [], pair.slice(cut + 1)];
  }
  return where;
}

/** Whether a session is meant. */
export function matches(where: Where, row: Chosen): boolean {
  const deployment = row.models[0] ?? "";
  const values: Record<WhereKey, string> = {
    benchmark: row.benchmark,
    harness: row.harness,
    model: modelFamily(deployment),
    deployment,
    run: row.run ?? runOf(row.sessionId),
    session: row.sessionId,
  };
  return WHERE_KEYS.every((key) => where[key]?.includes(values[key]) ?? true);
}

/**
 * A sample of `n` sessions, stratified by benchmark x harness: every stratum gets its share by largest remainders, and at
 * least one session where `n` allows. Within a stratum the sessions with the smallest SHA-256 of seed and id are taken: so
 * the sample depends on the sessions and the seed alone, not on their order.
 *
 * @returns ids of the sample; all ids when there are no more than `n`.
 */
export function stratifiedSample(rows: readonly Chosen[], n: number, seed: string): Set<string> {
  const strata = Map.groupBy(rows, (row) => JSON.stringify([row.benchmark, row.harness]));
  const sizes = [...strata].map(([name, members]) => ({ name, size: members.length }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const counts = allocate(sizes.map(({ size }) => size), Math.min(n, rows.length));
  const chosen = sizes.flatMap(({ name }, i) =>
    strata.get(name)!.map(({ sessionId }) => ({ sessionId, rank: rankOf(seed, sessionId) }))
      .sort((a, b) => a.rank < b.rank ? -1 : 1).slice(0, counts[i]!)
  );
  return new Set(chosen.map(({ sessionId }) => sessionId));
}

/** Shares of `n` in proportion to sizes (descending), at least one each while `n` lasts, none above its size. */
function allocate(sizes: readonly number[], n: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total === 0) return [];
  const exact = sizes.map((size) => n * size / total);
  const counts = exact.map((share, i) => Math.min(sizes[i]!, Math.max(Math.floor(share), i < n ? 1 : 0)));
  let left = n - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = [...counts.keys()].sort((a, b) => (exact[b]! - counts[b]!) - (exact[a]! - counts[a]!) || a - b);
  for (const i of byRemainder) {
    if (left <= 0) break;
    if (counts[i]! >= sizes[i]!) continue;
    counts[i]!++;
    left--;
  }
  // Minimums of one may have given out too much: the strata furthest above their share give back.
  for (; left < 0; left++) {
    const most = [...counts.keys()].filter((i) => counts[i]! > 1)
      .reduce((a, b) => counts[b]! - exact[b]! > counts[a]! - exact[a]! ? b : a);
    counts[most]!--;
  }
  return counts;
}

function rankOf(seed: string, sessionId: string): string {
  return createHash("sha256").update(`${seed}\n${sessionId}`).digest("hex");
}
