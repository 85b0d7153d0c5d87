import { checkRow, type OfficialRate, RowError } from "../../model/mod.ts";
import { officialRateSchema } from "../../model/official.ts";
import claims from "../../../data/claims.json" with { type: "json" };
import officialCsv from "../../../data/official_rates.csv" with { type: "text" };
import { numberField, parseCsv, textField } from "../../io/csv.ts";

const FILE = "data/official_rates.csv";

/** The committed official grades, every row of the file (those that repeat `tool_calling` too, marked). */
export function officialRates(): OfficialRate[] {
  return parseOfficialRates(officialCsv, FILE);
}

/**
 * Reads a text with the columns of `data/official_rates.csv`.
 *
 * @param source name of the file, for errors
 * @throws {RowError} naming row and column, when a field is missing, no number, out of range, when `k` is not
 *   round(official_rate x n), or when a benchmark x harness x model is there twice
 */
export function parseOfficialRates(csv: string, source: string): OfficialRate[] {
  const seen = new Map<string, number>();
  return parseCsv(csv, source).map((row, i) => {
    const text = (field: string) => textField(row, field, source, i);
    const number = (field: string) => numberField(row, field, source, i);
    const repeats = text("repeats_tool_calling");
    if (repeats !== "True" && repeats !== "False") {
      throw new RowError(source, i, "repeats_tool_calling", `expected True or False, found "${repeats}"`);
    }
    const rate = checkRow(
      officialRateSchema,
      {
        benchmark: text("benchmark"),
        harness: text("harness"),
        model: text("model"),
        n: number("n"),
        k: number("k"),
        officialRate: number("official_rate"),
        steps: number("steps"),
        agentUsd: number("agent_usd"),
        repeatsAnother: repeats === "True",
      },
      source,
      i,
    );
    const name = [rate.benchmark, rate.harness, rate.model].join(" x ");
    const first = seen.get(name);
    if (first !== undefined) throw new RowError(source, i, "", `${name} is also row ${first}; a cell has one row`);
    seen.set(name, i);
    return rate;
  });
}

/** The claims of the published write-up, unchecked: `parseClaims` of the analysis reads them. */
export function publishedClaims(): unknown {
  return claims;
}
