import { type Dataset, TOLD_MODES, type ToldMode } from "../../model/mod.ts";
import { needDistribution } from "../counts/need_sessions.ts";
import { sorted, total } from "../counts/rows.ts";

/** Failed sessions counted by mode. */
export interface Failures {
  /** Failed sessions. */
  n: number;
  /** Null when nothing is scored. */
  tokens_p90: number | null;
  /** 90th percentile of calls over scored sessions; null when nothing is scored. */
  calls_p90: number | null;
  /** Failed sessions by mode. */
  modes: Record<string, number>;
  /** By harness. */
  by_harness: { harness: string; mode: ToldMode; n: number }[];
  /** By benchmark and harness. */
  by_cell: { benchmark: string; harness: string; mode: ToldMode; n: number }[];
}

/** Failed sessions by mode, harness and benchmark, and the thresholds from which modes are told. */
export function failures(dataset: Dataset): Failures {
  const { thresholds } = dataset.distributions;
  const found = needDistribution(dataset, "failureModes");
  const modes = total(found.map(({ mode, n }) => ({ name: mode, n })));
  const harnesses = total(found.map(({ harness, mode, n }) => ({ name: JSON.stringify([harness, mode]), n })));
  return {
    n: found.reduce((sum, r) => sum + r.n, 0),
    tokens_p90: thresholds?.tokensP90 ?? null,
    calls_p90: thresholds?.callsP90 ?? null,
    modes: Object.fromEntries(TOLD_MODES.flatMap((mode) => modes[mode] ? [[mode, modes[mode]]] : [])),
    by_harness: Object.entries(harnesses).map(([key, n]) => {
      const [harness, mode] = JSON.parse(key);
      return { harness, mode, n };
    }),
    by_cell: sorted(found, (r) => JSON.stringify([r.benchmark, r.harness, r.mode]))
      .map(({ benchmark, harness, mode, n }) => ({ benchmark, harness, mode, n })),
  };
}
