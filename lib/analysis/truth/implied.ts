import type { Cell, OfficialRate } from "../../model/mod.ts";
import { type ImpliedErrors, impliedErrors } from "../../stats/mod.ts";
import { comparableSuites } from "./comparable.ts";
import { sharedCells } from "./official.ts";

/**
 * The judge's error rates as cells imply them that were judged and officially graded, in suites where the two are work of the
 * same size. Null with fewer than three such cells.
 */
export function impliedByCells(cells: readonly Cell[], rates: readonly OfficialRate[]): ImpliedErrors | null {
  const like = new Set(comparableSuites(cells, rates).filter((s) => s.comparable).map((s) => s.benchmark));
  return impliedErrors(
    sharedCells(cells, rates).filter((c) => like.has(c.benchmark)).map((c) => ({
      judged: { n: c.judgedN, k: c.judgedK },
      graded: { n: c.officialN, k: c.officialK },
    })),
  );
}
