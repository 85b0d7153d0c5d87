import { v5 as uuid5 } from "uuid";
import {
  type DatasetInMemory,
  FAILURE_MODES,
  type FailureMode,
  modelFamily,
  RowError,
  type Session,
} from "../../model/mod.ts";
import cellsCsv from "../../../data/cells.csv" with { type: "text" };
import { datasetOf } from "../../analysis/counts/dataset_of.ts";
import { numberField, parseCsv, textField } from "../../io/csv.ts";
import { storedFacts } from "./facts.ts";
import { sampleFromFacts } from "./sample.ts";
import { sha256 } from "../../io/sha256.ts";

const FILE = "data/cells.csv";

/** Quantities of a group, by the prefix of their columns. */
const QUANTITIES = ["tokens", "calls", "duration_s", "tool_errors", "error_spans"] as const;
type Quantity = typeof QUANTITIES[number];

/**
 * The embedded replica: sessions rebuilt from the counts, sums and quantiles of the judged table in `data/cells.csv`.
 *
 * Each row of that file, benchmark x harness x deployment x run x outcome, becomes its n sessions. Tokens, calls,
 * seconds, tool errors and error spans follow the row's quantiles and add up to its sums exactly (seconds to within
 * rounding); within a row the i-th smallest of each goes to one session, since the rows do not say how they went
 * together. Counts, rates, sums, means, runs and failure modes are therefore those of the judged table; quartiles are
 * close, and no single session is a recorded one. Ids read `RUN_replica-0001`, counted within a run. Judge's models,
 * confidence and reasons are null: what is known of them is in the distributions.
 *
 * The same bytes in, the same sessions out, in the order of the file.
 *
 * @throws {RowError} when `data/cells.csv` does not have the columns, or a row contradicts itself
 */
export async function replica(): Promise<DatasetInMemory> {
  const sessions = replicaSessions(cellsCsv);
  const { shortlisting: _, ...stated } = storedFacts();
  return datasetOf(
    {
      name: "replica",
      sha256: await sha256(cellsCsv),
      sessions: sessions.length,
      sentence:
        `${sessions.length.toLocaleString("en")} sessions rebuilt from counts, sums and quantiles of the judged ` +
        "table: not recorded data. Counts, rates, sums and means are the table's; quartiles are close; single sessions " +
        "and the whiskers of box plots mean nothing.",
      caption: "embedded replica (rebuilt from counts and sums, not recorded data)",
    },
    sessions,
    stated,
  );
}

/** The sessions of {@link replica} from the text of a file with the columns of `data/cells.csv`. */
export function replicaSessions(csv: string): Session[] {
  const taken = new Map<string, number>();
  return parseCsv(csv, FILE).flatMap((row, index) => {
    const text = (field: string) => textField(row, field, FILE, index);
    const run = text("run");
    const deployment = text("deployment");
    const group = {
      run,
      benchmark: text("benchmark"),
      harness: text("harness"),
      deployment,
      model: modelFamily(deployment),
      ...outcome(text("outcome"), index),
    };
    const n = numberField(row, "n", FILE, index);
    const values = Object.fromEntries(
      QUANTITIES.map((quantity) => [quantity, sampleOf(row, quantity, n, index)]),
    ) as Record<Quantity, number[]>;
    const before = taken.get(run) ?? 0;
    taken.set(run, before + n);
    return Array.from({ length: n }, (_, i): Session => {
      const sessionId = `${run}_replica-${String(before + i + 1).padStart(4, "0")}`;
      return {
        sessionId,
        id: uuid5(`root:${sessionId}`, uuid5.DNS),
        ...group,
        taskId: null,
        trial: null,
        officialSuccess: null,
        gradeOrigin: null,
        totalTokens: values.tokens[i]!,
        inputTokens: null,
        cachedTokens: null,
        cacheWriteTokens: null,
        outputTokens: null,
        reasoningTokens: null,
        tokensEstimated: false,
        calls: values.calls[i]!,
        startedAt: null,
        durationS: values.duration_s[i]!,
        wallClockS: null,
        toolErrors: values.tool_errors[i]!,
        errorSpans: values.error_spans[i]!,
        judgeModel: null,
        judgeConfidence: null,
        judgeReasoning: null,
        judgeReliability: null,
        judgeFailingCall: null,
        judgeFailingQuote: null,
        topics: null,
        recordedUsd: null,
      };
    });
  });
}

function outcome(text: string, index: number): Pick<Session, "success" | "failureMode"> {
  if (text === "success") return { success: 1, failureMode: null };
  if (text === "unscored") return { success: null, failureMode: null };
  if ((FAILURE_MODES as readonly string[]).includes(text)) return { success: 0, failureMode: text as FailureMode };
  const known = ["success", "unscored", ...FAILURE_MODES].join(", ");
  throw new RowError(FILE, index, "outcome", `expected one of ${known}; found "${text}"`);
}

function sampleOf(row: Record<string, string>, quantity: Quantity, n: number, index: number): number[] {
  const number = (suffix: string) => numberField(row, `${quantity}_${suffix}`, FILE, index);
  const quantiles = ["min", "p10", "p25", "p50", "p75", "p90", "max"].map(number);
  try {
    return sampleFromFacts({ n, sum: number("sum"), quantiles, integer: quantity !== "duration_s" });
  } catch (error) {
    if (error instanceof RowError) throw error;
    throw new RowError(FILE, index, quantity, (error as Error).message);
  }
}
