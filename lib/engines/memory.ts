import { cellsOf, distributionsOf, type Stated } from "../analysis/counts/mod.ts";
import type { Session } from "../model/mod.ts";
import type { Engine } from "./engine.ts";

/**
 * Sessions in memory as an engine: the definitions that the databases follow.
 *
 * @param stated what is said of the sessions that these cannot carry themselves
 *
 * @example
 * ```ts
 * import { memoryEngine } from "agent-trace-lab/engines";
 * const { cells } = await memoryEngine("mine", []).answer({ sessions: 0, sample: 0, cells: 0 });
 * cells.length; // 0
 * ```
 */
export function memoryEngine(name: string, sessions: Session[], stated: Stated = {}): Engine {
  return {
    name,
    answer: () =>
      Promise.resolve({
        cells: cellsOf(sessions),
        distributions: distributionsOf(sessions, stated),
        repeatedIds: sessions.length - new Set(sessions.map(({ sessionId }) => sessionId)).size,
        held: "all",
        sessions,
      }),
    close: () => Promise.resolve(),
  };
}
