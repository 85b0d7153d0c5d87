import type { Claim } from "./claim_schema.ts";
import { distanceInUnit, inUnit } from "./claim_words.ts";

/** Why a value fails its claim's test, or null where it passes. */
export function failedTest(
  { test, tolerance, stated, unit }: Claim,
  value: number | boolean,
  word: string,
): string | null {
  if (test === "effect") return null;
  if (test === "is_true") return value === true ? null : "The statement is false in the data";
  if (typeof value === "boolean") return `The data give ${value}, where a number is needed`;
  const spare = tolerance ?? 0, gap = distanceInUnit(value, stated, unit);
  const ours = `The data give ${inUnit(value, unit)}`;
  const allowed = spare ? `, more than the ${distanceInUnit(spare, 0, unit)} allowed` : "";
  if (test === "near") {
    if (Math.abs(value - stated) <= spare) return null;
    return `${ours}, ${gap} from the ${word} ${inUnit(stated, unit)}${allowed}`;
  }
  if (test === "at_least" ? value >= stated - spare : value <= stated + spare) return null;
  const side = test === "at_least" ? "below" : "above";
  return `${ours}, ${gap} ${side} the ${word} ${inUnit(stated, unit)}${allowed}`;
}

/** What a claim that passes its test said. */
export function comparison({ test, stated, unit }: Claim): string {
  const bound = test === "at_least" ? "at least " : test === "at_most" ? "at most " : "";
  return `was ${bound}${inUnit(stated, unit)}`;
}
