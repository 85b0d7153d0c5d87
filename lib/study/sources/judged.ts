import { z } from "zod";
import { checkRow, type DatasetInMemory, modelFamily, RowError, runOf, type Session } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { datasetOf } from "../../analysis/counts/dataset_of.ts";
import { defaultLocations, findLocal, type Locations } from "../../io/cache.ts";
import { cachedDownload, type DownloadOptions, type PinnedFile } from "../../io/download.ts";

/**
 * The judged table of the published analysis: one JSON row a session of Exgentic/agent-llm-traces, with a model's
 * verdict on it. It carries no licence: it is read from its own address (or a copy the user has), never redistributed.
 */
export const JUDGED_TABLE: PinnedFile & { sha256: string } = {
  url: "https://raw.githubusercontent.com/DaRubberDuckieee/hf-braintrust-agent-analysis/" +
    "c7c2f5f91df5a74a9d00a2096ae3918d5b8cbab3/data/full.json",
  sha256: "48d265d705a1f052aeb6012622467f50871a541525bb6c8c1e161a1c5c75d0ea",
  bytes: 1196492,
};

const text = z.string().min(1);
const count = z.number().int().nonnegative();
const note = z.string().nullable();

const judgedRow = z.object({
  id: text,
  session_id: text,
  benchmark: text,
  harness: text,
  model: text,
  task_success: z.union([z.literal(0), z.literal(1)]).nullable(),
  total_tokens: count,
  num_llm_calls: count,
  duration: z.number().nonnegative(),
  tool_error_count: count,
  error_span_count: count,
  judge_model: note,
  judge_confidence: note,
  judge_reasoning: note,
  judge_reliability: note,
});

/** Whether the judged table is in the cache or a mirror, so that reading it asks nobody. */
export async function judgedIsHere(locations: Locations = defaultLocations()): Promise<boolean> {
  return await findLocal(JUDGED_TABLE.url, locations) !== null;
}

/**
 * Reads the judged table from cache or mirror, or from the network when `allowNetwork` is set.
 *
 * `durationS` is the published definition; wall clock, input and output tokens are not in the table and are null, as are
 * the failure modes, which analyses work out from the counts.
 *
 * @throws {RowError} naming the file, the row and the field at fault
 * @throws {HashError} when the file is not the pinned one
 */
export async function judgedTable(options: Partial<DownloadOptions> = {}): Promise<DatasetInMemory> {
  const { path, sha256 } = await cachedDownload(JUDGED_TABLE, {
    ...defaultLocations(),
    allowNetwork: false,
    command: "deno task fetch judged",
    ...options,
  });
  const sessions = judgedSessions(await Deno.readTextFile(path), path);
  return datasetOf({
    name: "judged",
    sha256,
    sessions: sessions.length,
    sentence: `The judged table: ${sessions.length.toLocaleString("en")} recorded sessions of ` +
      "Exgentic/agent-llm-traces, each with a judge model's verdict.",
    caption: "judged table",
  }, sessions);
}

/**
 * Sessions from the text of a table of this shape.
 *
 * @param source the file's name, for errors
 */
export function judgedSessions(json: string, source: string): Session[] {
  let rows: unknown;
  try {
    rows = JSON.parse(json);
  } catch (error) {
    throw new RowError(source, null, "", `expected a JSON array of rows; ${jsonFault(error)}`);
  }
  if (!Array.isArray(rows)) throw new RowError(source, null, "", "expected a JSON array of rows");
  return rows.map((value, index): Session => {
    const row = checkRow(judgedRow, value, source, index);
    return {
      sessionId: row.session_id,
      id: row.id,
      run: runOf(row.session_id),
      taskId: null,
      trial: null,
      benchmark: row.benchmark,
      harness: row.harness,
      deployment: row.model,
      model: modelFamily(row.model),
      success: row.task_success,
      officialSuccess: null,
      gradeOrigin: null,
      totalTokens: row.total_tokens,
      inputTokens: null,
      cachedTokens: null,
      cacheWriteTokens: null,
      outputTokens: null,
      reasoningTokens: null,
      tokensEstimated: false,
      calls: row.num_llm_calls,
      startedAt: null,
      durationS: row.duration,
      wallClockS: null,
      toolErrors: row.tool_error_count,
      errorSpans: row.error_span_count,
      failureMode: null,
      judgeModel: row.judge_model,
      judgeConfidence: row.judge_confidence,
      judgeReasoning: row.judge_reasoning,
      judgeReliability: row.judge_reliability,
      judgeFailingCall: null,
      judgeFailingQuote: null,
      topics: null,
      recordedUsd: null,
    };
  });
}
