import { z } from "zod";
import { checkedLines, type ExperimentResult } from "../../lib/braintrust/mod.ts";
import { RowError } from "../../lib/model/mod.ts";
import { writeWhole } from "../../lib/io/mod.ts";
import { redactedJson, redactValue } from "../../lib/traces/mod.ts";

const score = z.number().nullable();

const resultSchema = z.object({
  id: z.string().min(1),
  output: z.unknown(),
  scores: z.record(z.string(), score),
  metadata: z.record(z.string(), z.record(z.string(), z.unknown())),
  not_graded: z.array(z.string()),
  errors: z.record(z.string(), z.string()),
}).transform(({ not_graded: notGraded, ...result }) => ({ ...result, notGraded }));

/** Results of earlier versions have one score, the judge's. */
const earlierSchema = z.object({
  id: z.string().min(1),
  output: z.unknown(),
  success: score,
  metadata: z.record(z.string(), z.unknown()),
  error: z.string().nullable(),
}).transform(({ id, output, success, metadata, error }) => ({
  id,
  output,
  scores: { task_success: success },
  metadata: { task_success: metadata },
  notGraded: [] as string[],
  errors: error === null ? {} as Record<string, string> : { task: error },
}));

const schema = z.union([resultSchema, earlierSchema]);

function lineOf({ notGraded, ...result }: ExperimentResult) {
  return { ...result, not_graded: notGraded };
}

/** Writes results as JSON lines, whole or not at all. */
export async function writeResults(path: string, results: readonly ExperimentResult[]): Promise<void> {
  await writeWhole(path, results.map((result) => `${redactedJson(redactValue(lineOf(result)).value)}\n`).join(""));
}

/** Results of an earlier run. @throws {RowError} naming file, line and field */
export async function readResults(path: string): Promise<ExperimentResult[]> {
  const lines = checkedLines<ExperimentResult>(
    path,
    schema as z.ZodType<ExperimentResult>,
    "give an --out of an earlier run",
  );
  const results = await Array.fromAsync(lines);
  if (results.length === 0) throw new RowError(path, null, "", "holds no result");
  return results;
}
