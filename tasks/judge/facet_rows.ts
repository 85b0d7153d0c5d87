import { createHash } from "node:crypto";
import type { Session, TraceRow, Verdict } from "../../lib/model/mod.ts";
import { isFault, type TraceFault, type TraceStream } from "../../lib/sources/mod.ts";

/** Which sessions facets are asked of. */
export interface FacetChoice {
  /** The rows of the chosen sessions, in the source's order. */
  rows: () => AsyncGenerator<TraceRow | TraceFault>;
  /** Failed sessions, solved ones, and the chance with which each solved one was drawn; null where all are asked. */
  drawn: { failed: number; solved: number; chance: number } | null;
}

/**
 * The failed sessions, and solved ones drawn by their ids and a seed, about as many: by what they say of the same, a way of
 * failing is told from what everybody does. Where no session has an outcome, all are asked.
 *
 * @param outcomes sessions that say what came of them; the source's own grades where null
 */
export async function facetChoice(
  stream: TraceStream,
  outcomes: readonly Session[] | null,
  seed: string,
): Promise<FacetChoice> {
  const known = new Map<string, Verdict>();
  if (outcomes) { for (const { sessionId, success } of outcomes) known.set(sessionId, success); }
  else {
    for await (const row of stream.rows()) if (!isFault(row)) known.set(row.sessionId, row.grades?.success ?? null);
  }
  const count = (verdict: Verdict) => [...known.values()].filter((one) => one === verdict).length;
  const [failed, solved] = [count(0), count(1)];
  if (failed === 0) return { rows: () => stream.rows(), drawn: null };
  const chance = Math.min(1, failed / Math.max(1, solved));
  async function* rows() {
    for await (const row of stream.rows()) {
      const verdict = isFault(row) ? null : known.get(row.sessionId) ?? null;
      if (isFault(row) || verdict === 0 || (verdict === 1 && chanceOf(row.sessionId, seed) < chance)) yield row;
    }
  }
  return { rows, drawn: { failed, solved, chance } };
}

/** A number from 0 up to 1 that is the same for a session and a seed each time. */
function chanceOf(sessionId: string, seed: string): number {
  return createHash("sha256").update(`${seed}:${sessionId}`).digest().readUInt32BE(0) / 2 ** 32;
}
