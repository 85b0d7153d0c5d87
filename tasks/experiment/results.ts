import { z } from "zod";
import { checkedLines, type ExperimentResult } from "../../lib/braintrust/mod.ts";
import { RowError } from "../../lib/model/mod.ts";
import { writeWhole } from "../../lib/io/mod.ts";
import { redactedJson, redactValue } from "../../lib/traces/mod.ts";

const schema = z.object({
  id: z.string().min(1),
  output: z.unknown(),
  success: z.union([z.literal(0), z.literal(1)]).nullable(),
  metadata: z.record(z.string(), z.unknown()),
  error: z.string().nullable(),
});

/** Writes results as JSON lines, whole or not at all. */
export async function writeResults(path: string, results: readonly ExperimentResult[]): Promise<void> {
  await writeWhole(path, results.map((result) => `${redactedJson(redactValue(result).value)}\n`).join(""));
}

/** Results of an earlier run. @throws {RowError} naming file, line and field */
export async function readResults(path: string): Promise<ExperimentResult[]> {
  const lines = checkedLines<z.infer<typeof schema>>(path, schema, "give an --out of an earlier run");
  const results = await Array.fromAsync(lines) as ExperimentResult[];
  if (results.length === 0) throw new RowError(path, null, "", "holds no result");
  return results;
}
