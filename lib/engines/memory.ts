import { datasetOf, type Stated, where } from "../analysis/counts/mod.ts";
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
    answer: (_limits, filter = {}) => {
      const info = { name, sha256: "", sessions: sessions.length, sentence: "", caption: name };
      const { info: _, ...found } = where(datasetOf(info, sessions, stated), filter);
      const ids = new Set(found.sessions.map(({ sessionId }) => sessionId));
      const tokensEstimated = found.sessions.filter((session) => session.tokensEstimated).length;
      return Promise.resolve({ ...found, held: "all", repeatedIds: found.sessions.length - ids.size, tokensEstimated });
    },
    close: () => Promise.resolve(),
  };
}
