import { type Cell, checkRow, modelFamily, NOT_KNOWN } from "../../model/mod.ts";
import { cellSchema } from "../../model/cell.ts";
import csv from "../../../data/token_split.csv" with { type: "text" };
import { numberField, parseCsv, textField } from "../../io/csv.ts";

const FILE = "data/token_split.csv";

/**
 * Recorded sessions whose input and output tokens are known apart (shard 12 of the traces dataset, SWE-bench under
 * `claude_code`), counted without regard to verdicts: what the published blend of prices can be held against offline.
 *
 * @throws {RowError} naming row and column when the file is not as described in `data/README.md`
 */
export function tokenSplit(): Cell[] {
  return parseCsv(csv, FILE).map((row, i) => {
    const text = (field: string) => textField(row, field, FILE, i);
    const number = (field: string) => numberField(row, field, FILE, i);
    const deployment = text("deployment");
    return checkRow(
      cellSchema,
      {
        benchmark: text("benchmark"),
        harness: text("harness"),
        deployment,
        model: modelFamily(deployment),
        run: text("run"),
        verdict: null,
        sessions: number("sessions"),
        ...NOT_KNOWN,
        tokens: number("tokens"),
        tokensKnown: number("sessions"),
        inputTokens: number("input_tokens"),
        inputTokensKnown: number("sessions"),
        outputTokens: number("output_tokens"),
        outputTokensKnown: number("sessions"),
        calls: number("calls"),
        durationS: number("duration_s"),
        durationKnown: number("sessions"),
      },
      FILE,
      i,
    );
  });
}
