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
import { areSessions, loadMapping, openTraces } from "../../lib/sources/mod.ts";
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

/** Where texts are, as a command line says it. */
export interface TextsAt {
  source: string | undefined;
  /** Where they are, where the source is a table or an engine. */
  traces: string | undefined;
  /** The mapping's file: of the source, or of its traces where the source needs none. */
  mapping: string | undefined;
}

/** The texts of a source; null where it has none: a table of sessions, a named source or an engine. */
export async function conversationsOf(
  { source, traces, mapping }: TextsAt,
  options: ReadingOptions = {},
): Promise<Conversations | null> {
  const spec = traces ?? source;
  if (spec === undefined || /^(duckdb|clickhouse|braintrust):/.test(spec)) return null;
  const file = mapping ?? Deno.env.get("TRACES_MAPPING");
  const chosen = file ? await loadMapping(file) : undefined;
  const own = traces !== undefined && chosen?.columns ? undefined : chosen;
  if (!spec.startsWith("hub:") && await areSessions(spec, own).catch(() => true)) return null;
  return await spoolConversations(await openTraces(spec, own ? { mapping: own } : {}), options);
}
