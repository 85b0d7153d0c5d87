import { type Cell, checkRow, modelFamily, NOT_KNOWN, RowError, type Verdict } from "../../model/mod.ts";
import { cellSchema } from "../../model/cell.ts";
import duplicatesCsv from "../../../data/duplicates.csv" with { type: "text" };
import { numberField, parseCsv, textField } from "../../io/csv.ts";

const FILE = "data/duplicates.csv";
const VERDICTS: Record<string, Verdict> = { solved: 1, failed: 0, unscored: null };

/**
 * The judged table's sessions that repeat another one (same tokens, calls and microseconds, under a second id of the
 * same run), counted and summed, from `data/duplicates.csv`.
 *
 * @throws {RowError} naming row and column, when the committed file was changed into something unreadable
 */
export function storedDuplicates(): Cell[] {
  return parseCsv(duplicatesCsv, FILE).map((row, i) => {
    const text = (field: string) => textField(row, field, FILE, i);
    const number = (field: string) => numberField(row, field, FILE, i);
    const verdict = VERDICTS[text("verdict")];
    if (verdict === undefined) {
      throw new RowError(FILE, i, "verdict", `expected solved, failed or unscored, found "${row.verdict}"`);
    }
    const deployment = text("deployment");
    return checkRow<Cell>(
      cellSchema,
      {
        benchmark: text("benchmark"),
        harness: text("harness"),
        deployment,
        model: modelFamily(deployment),
        run: text("run"),
        verdict,
        sessions: number("sessions"),
        ...NOT_KNOWN,
        tokens: number("tokens_sum"),
        tokensKnown: number("sessions"),
        calls: number("calls_sum"),
        durationS: number("duration_s_sum"),
        durationKnown: number("sessions"),
      },
      FILE,
      i,
    );
  });
}
