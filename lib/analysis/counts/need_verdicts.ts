import type { Cell } from "../../model/mod.ts";

/**
 * Checks that there is something to analyse.
 *
 * @throws {Error} where no session has a verdict, saying how to get some
 */
export function needVerdicts(cells: readonly Cell[], source: string): void {
  if (cells.some((c) => c.verdict !== null && c.sessions > 0)) return;
  const sessions = cells.reduce((sum, c) => sum + c.sessions, 0);
  throw new Error(
    `${source}: none of ${sessions} sessions has a verdict, and this notebook is about verdicts; ` +
      "judge them (deno task judge), or give a source that has been judged",
  );
}
