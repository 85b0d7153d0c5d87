import type { Random } from "../../lib/stats/mod.ts";

/** One interval on one sample, and what it should hold. */
export interface Trial {
  /** The method, as the table names it. */
  interval: string;
  /** What it is about: these runs, new runs of these cells, new cells, new tasks … */
  about: string;
  estimate: number | null;
  /** Null where the method gave no interval. */
  lo: number | null;
  hi: number | null;
  truth: number;
  /** Where it is not that of the two ends. */
  width?: number;
}

/** A world to draw samples from. */
export interface World {
  /** As the table names it. */
  name: string;
  /** One sample, and every interval on it. */
  sample(random: Random): Trial[];
  /** A share of the simulations, for worlds whose intervals take long; 1 by default. */
  share?: number;
}

/** How an interval did in a world. */
export interface CoverageRow {
  interval: string;
  about: string;
  world: string;
  simulations: number;
  /** Share of samples in which the method gave an interval. */
  given: number;
  /** Share of those intervals that held the truth. */
  covered: number;
  /** Mean width. */
  width: number;
  /** Mean of estimate less truth. */
  bias: number;
}

/** Draws samples of a world and counts; ends that touch the truth hold it, rounding aside. */
export function coverageIn(world: World, random: Random, simulations: number): CoverageRow[] {
  const reps = Math.max(1, Math.round(simulations * (world.share ?? 1)));
  const rows = new Map<string, Trial[]>();
  for (let i = 0; i < reps; i++) {
    for (const trial of world.sample(random)) {
      const key = JSON.stringify([trial.interval, trial.about]);
      const all = rows.get(key);
      if (all) all.push(trial);
      else rows.set(key, [trial]);
    }
  }
  return [...rows.values()].map((trials): CoverageRow => {
    const [{ interval, about }] = trials as [Trial];
    const given = trials.filter((t) => t.lo !== null && t.hi !== null);
    const mean = (of: (t: Trial) => number, list: Trial[]) => list.reduce((sum, t) => sum + of(t), 0) / list.length;
    return {
      interval,
      about,
      world: world.name,
      simulations: trials.length,
      given: given.length / trials.length,
      covered: mean((t) => t.lo! <= t.truth + 1e-9 && t.truth - 1e-9 <= t.hi! ? 1 : 0, given),
      width: mean((t) => t.width ?? t.hi! - t.lo!, given),
      bias: mean((t) => (t.estimate ?? t.truth) - t.truth, trials.filter((t) => t.estimate !== null)),
    };
  });
}
