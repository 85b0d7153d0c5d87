import type { Redacted } from "../model/mod.ts";
import { redactSecrets, redactValue } from "../traces/mod.ts";
import { sdkEval } from "./client.ts";
import type { DatasetRecord } from "./dataset_record.ts";
import type { Scorer } from "./scorers/scorer.ts";

/** What a task is told besides the input. */
export interface TaskContext {
  /** The record's. */
  id: string;
  /** The right answer; null where the record has none. */
  expected: unknown;
  /** The record's. */
  metadata: Record<string, unknown>;
}

/** The user's own code: what is tried on each record. Its answer is a text, a conversation, or anything else. */
export type ExperimentTask = (input: unknown, context: TaskContext) => unknown;

/** What came of one record: a line of the results file. */
export interface ExperimentResult {
  /** The record's. */
  id: string;
  /** The task's answer, redacted; null where it gave none or threw. */
  output: unknown;
  /** By scorer, from 0 to 1; null where it gave none, which is not a 0. */
  scores: Record<string, number | null>;
  /** What the scorers say besides. */
  metadata: Record<string, Record<string, unknown>>;
  /** Scorers that were not asked, because the record has no expected answer. */
  notGraded: string[];
  /** Why there is no output, or no score, by scorer; `task` is the task itself. */
  errors: Record<string, string>;
}

/** Settings of {@link runExperiment}. */
export interface ExperimentOptions {
  /** The project's name; of meaning only where `send` is. */
  project: string;
  /** Sends the experiment to the service; otherwise it runs offline. */
  send: boolean;
  /** Name of the experiment; the SDK makes one unless told. */
  name?: string;
  /** Most records under way at a time. */
  concurrency: number;
}

/**
 * Runs the task on every record and has each scorer score the answer, with the SDK's `Eval`. A task or scorer that throws
 * gives no score: its error is in the result. A scorer that needs an expected answer is not asked where there is none.
 *
 * @returns results in the order of the records
 */
export async function runExperiment(
  records: readonly Redacted<DatasetRecord>[],
  task: ExperimentTask,
  scorers: readonly Scorer[],
  { project, send, name, concurrency }: ExperimentOptions,
): Promise<ExperimentResult[]> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const results = new Map(records.map(({ id }): [string, ExperimentResult] => [
    id,
    { id, output: null, scores: {}, metadata: {}, notGraded: [], errors: { task: "was not run" } },
  ]));
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
      const result = results.get(id)!;
      try {
        result.output = redactValue(await task(input, { id, expected, metadata: own }) ?? null).value;
        delete result.errors["task"];
        return result.output;
      } catch (error) {
        result.errors["task"] = messageOf(error);
        throw new Error(messageOf(error));
      }
    },
    scores: scorers.map((scorer) =>
      named(scorer.name, ({ metadata, output }) => scored(recordOf(metadata), output, scorer))
    ),
  }, { noSendLogs: !send });
  return records.map(({ id }) => results.get(id)!);

  async function scored(record: Redacted<DatasetRecord>, output: unknown, { name, needsExpected, score }: Scorer) {
    const result = results.get(record.id)!;
    result.scores[name] = null;
    if (needsExpected && (record.expected === null || record.expected === undefined)) {
      result.notGraded.push(name);
      return null;
    }
    try {
      const said = redactValue(await score(record, output)).value;
      result.scores[name] = said.score;
      result.metadata[name] = said.metadata;
      return { name, score: said.score, metadata: said.metadata };
    } catch (error) {
      result.errors[name] = messageOf(error);
      throw new Error(messageOf(error));
    }
  }
}

/** The SDK names a score by its function. */
function named<F>(name: string, run: F): F {
  return Object.defineProperty(run, "name", { value: name }) as F;
}

/** What went wrong, without secrets: it is sent and kept. */
const messageOf = (error: unknown) => redactSecrets(error instanceof Error ? error.message : String(error)).text;

/** Scores of one scorer in two runs, pair by pair. */
export interface PairedScores {
  /** In the order of the later run. */
  before: number[];
  /** Of the same records, in the same order. */
  after: number[];
  /** Records that one of the runs has no score of, or does not have at all. */
  unpaired: number;
}

/**
 * Pairs the scores of two runs by record.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { pairedScores } from "agent-trace-lab/braintrust";
 * console.log(pairedScores([{ id: "a", scores: { exact: 0 } }], [{ id: "a", scores: { exact: 1 } }], "exact"));
 * ```
 */
export function pairedScores(
  before: readonly Pick<ExperimentResult, "id" | "scores">[],
  after: readonly Pick<ExperimentResult, "id" | "scores">[],
  scorer: string,
): PairedScores {
  const scoreOf = ({ scores }: Pick<ExperimentResult, "scores">) => scores[scorer] ?? null;
  const first = new Map(before.map((result) => [result.id, scoreOf(result)]));
  const pairs: PairedScores = { before: [], after: [], unpaired: 0 };
  for (const result of after) {
    const [earlier, later] = [first.get(result.id) ?? null, scoreOf(result)];
    if (earlier === null || later === null) pairs.unpaired++;
    else {
      pairs.before.push(earlier);
      pairs.after.push(later);
    }
  }
  const there = new Set(after.map(({ id }) => id));
  pairs.unpaired += before.filter(({ id }) => !there.has(id)).length;
  return pairs;
}
