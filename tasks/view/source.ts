import { datasetOf } from "../../lib/analysis/mod.ts";
import {
  applyVerdicts,
  DEFAULT_BUDGET_TOKENS,
  type JudgeVerdict,
  readVerdicts,
  transcriptOf,
} from "../../lib/judge/mod.ts";
import { withinBudget } from "../../lib/judge/prompt/budget.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { areSessions, openTraces } from "../../lib/sources/mod.ts";
import { redactSecrets } from "../../lib/traces/mod.ts";
import { type Conversations, type ReadingOptions, spoolConversations } from "../../lib/view/mod.ts";

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

/** What the judge of a verdict was shown of a session, as it is built from the record; null for a session without verdict. */
export function judgeSaw(
  bySession: ReadonlyMap<string, readonly JudgeVerdict[]>,
): NonNullable<ReadingOptions["judgeSaw"]> {
  return (row) => {
    if (!bySession.has(row.sessionId)) return null;
    const { items } = withinBudget(transcriptOf(row).items, DEFAULT_BUDGET_TOKENS);
    return items.map(({ call, text, kept }) => ({ call, text: redactSecrets(text).text, kept }));
  };
}

/** The texts of a source; null where it has none: a table of sessions, a named source or an engine. */
export async function conversationsOf(
  spec: string | undefined,
  options: ReadingOptions = {},
): Promise<Conversations | null> {
  if (spec === undefined || /^(duckdb|clickhouse|braintrust):/.test(spec)) return null;
  if (!spec.startsWith("hub:") && await areSessions(spec).catch(() => true)) return null;
  return await spoolConversations(await openTraces(spec), options);
}
