import type { RowVerdict } from "../../lib/braintrust/mod.ts";
import { panelVerdicts, readVerdicts, rowVerdictOf } from "../../lib/judge/mod.ts";

/**
 * Verdicts of a file that `deno task judge` wrote, as rows carry them, by session id. Several verdicts on a session count as
 * their majority.
 */
export async function rowVerdicts(path: string): Promise<Map<string, RowVerdict>> {
  return new Map(panelVerdicts(await readVerdicts(path)).map((panel) => [panel.sessionId, rowVerdictOf(panel)]));
}
