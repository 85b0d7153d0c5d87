import { datasetOf } from "../../lib/analysis/mod.ts";
import { applyVerdicts, type JudgeVerdict, readVerdicts } from "../../lib/judge/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { areSessions, openTraces } from "../../lib/sources/mod.ts";
import { type Conversations, spoolConversations } from "../../lib/view/mod.ts";

/** A dataset with verdicts, and these by session. */
export async function verdictsOf(
  path: string | undefined,
  dataset: Dataset,
): Promise<{ dataset: Dataset; bySession: Map<string, JudgeVerdict[]> }> {
  if (path === undefined) return { dataset, bySession: new Map() };
  const verdicts = await readVerdicts(path);
  const bySession = Map.groupBy(verdicts, ({ sessionId }) => sessionId);
  if (dataset.held !== "all") return { dataset, bySession };
  const { sessions } = applyVerdicts(dataset.sessions, verdicts);
  return { dataset: datasetOf(dataset.info, sessions), bySession };
}

/** The texts of a source; null where it has none: a table of sessions, a named source or an engine. */
export async function conversationsOf(spec: string | undefined): Promise<Conversations | null> {
  if (spec === undefined || /^(duckdb|clickhouse|braintrust):/.test(spec)) return null;
  if (!spec.startsWith("hub:") && await areSessions(spec).catch(() => true)) return null;
  return await spoolConversations(await openTraces(spec));
}
