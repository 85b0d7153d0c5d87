import type { Redacted, Verdict } from "../model/mod.ts";
import { redactSecrets, redactValue } from "../traces/mod.ts";
import { sdkEval } from "./client.ts";
import type { DatasetRecord } from "./dataset_record.ts";

/** What a task is told besides the input. */
export interface TaskContext {
  id: string;
  expected: unknown;
  metadata: Record<string, unknown>;
}

/** The user's own code: what is tried on each record. Its answer is a text, a conversation, or anything else. */
export type ExperimentTask = (input: unknown, context: TaskContext) => unknown;

/** What a scorer says of an answer; a null verdict is no failure. */
export interface ExperimentScore {
  success: Verdict;
  metadata: Record<string, unknown>;
}

/** Judges one answer. */
export type ExperimentScorer = (record: DatasetRecord, output: unknown) => Promise<ExperimentScore>;

/** What came of one record: a line of the results file. */
export interface ExperimentResult extends ExperimentScore {
  id: string;
  output: unknown;
  /** Why there is no output or no verdict; null when nothing went wrong. */
  error: string | null;
}

/** Settings of {@link runExperiment}. */
export interface ExperimentOptions {
  /** The project's name; of meaning only where `send` is. */
  project: string;
  /** Sends the experiment to the service; otherwise it runs offline. */
  send: boolean;
  name?: string;
  concurrency: number;
}

/**
 * Runs the task on every record and scores each answer as `task_success`, with the SDK's `Eval`. A task or scorer that
 * throws gives no verdict: its error is in the result.
 *
 * @returns results in the order of the records
 */
export async function runExperiment(
  records: readonly Redacted<DatasetRecord>[],
  task: ExperimentTask,
  scorer: ExperimentScorer,
  { project, send, name, concurrency }: ExperimentOptions,
): Promise<ExperimentResult[]> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const results = new Map<string, ExperimentResult>();
  const recordOf = (metadata: Record<string, unknown>) => byId.get(String(metadata["record_id"]))!;
  await sdkEval(project, {
    ...(name === undefined ? {} : { experimentName: name }),
    maxConcurrency: concurrency,
    // The comparison is ours: a paired test. The service is not asked for one.
    summarizeScores: false,
    data: records.map(({ id, input, expected, metadata }) => ({
      id,
      input,
      expected,
      metadata: { ...metadata, record_id: id },
    })),
    task: async (input, { metadata }) => {
      const { id, expected, metadata: own } = recordOf(metadata);
      try {
        const output = redactValue(await task(input, { id, expected, metadata: own }) ?? null).value;
        results.set(id, { id, output, success: null, metadata: {}, error: null });
        return output;
      } catch (error) {
        results.set(id, { id, output: null, success: null, metadata: {}, error: `task: ${messageOf(error)}` });
        throw new Error(messageOf(error));
      }
    },
    scores: [async function judge({ metadata, output }) {
      const record = recordOf(metadata);
      const result = results.get(record.id)!;
      try {
        const score = redactValue(await scorer(record, output)).value;
        results.set(record.id, { ...result, ...score });
        return { name: "task_success", score: score.success, metadata: score.metadata };
      } catch (error) {
        results.set(record.id, { ...result, error: `scorer: ${messageOf(error)}` });
        throw new Error(messageOf(error));
      }
    }],
  }, { noSendLogs: !send });
  return records.map(({ id }) =>
    results.get(id) ?? { id, output: null, success: null, metadata: {}, error: "was not run" }
  );
}

/** What went wrong, without secrets: it is sent and kept. */
const messageOf = (error: unknown) => redactSecrets(error instanceof Error ? error.message : String(error)).text;

/** Verdicts of two runs on the same records, counted in pairs. */
export interface PairedCounts {
  /** Solved in both, in the second only, in the first only, in neither. */
  both: number;
  afterOnly: number;
  beforeOnly: number;
  neither: number;
  /** Records that one of the runs has no verdict on, or does not have at all. */
  unpaired: number;
}

/** Pairs the verdicts of two runs by record id. */
export function pairedCounts(
  before: readonly Pick<ExperimentResult, "id" | "success">[],
  after: readonly Pick<ExperimentResult, "id" | "success">[],
): PairedCounts {
  const first = new Map(before.map(({ id, success }) => [id, success]));
  const counts: PairedCounts = { both: 0, afterOnly: 0, beforeOnly: 0, neither: 0, unpaired: 0 };
  for (const { id, success } of after) {
    const earlier = first.get(id) ?? null;
    if (earlier === null || success === null) counts.unpaired++;
    else if (earlier === 1) counts[success === 1 ? "both" : "beforeOnly"]++;
    else counts[success === 1 ? "afterOnly" : "neither"]++;
  }
  const later = new Set(after.map(({ id }) => id));
  counts.unpaired += before.filter(({ id }) => !later.has(id)).length;
  return counts;
}
