import type { Expression } from "./claim_expression.ts";
import { ClaimError, UnansweredError } from "./claim_schema.ts";
import type { ClaimValue } from "./claim_words.ts";

/** What an expression says of the results; nothing where there is none, or the data do not answer it. */
export async function answer(expression: Expression | null, results: unknown): Promise<unknown> {
  try {
    return await expression?.evaluate(results);
  } catch (error) {
    if (error instanceof UnansweredError) return undefined;
    throw error;
  }
}

/**
 * The value of a claim, or why there is none. On data without the cells a claim is about, an aggregate of nothing fails
 * and a share of nothing is not a finite number: the value is then missing, which is no fault of the expression.
 */
export async function valueOf(expression: Expression | null, results: unknown, id: string) {
  try {
    const found = await expression?.evaluate(results);
    const why = found === Infinity || found === -Infinity ? "it is divided by 0" : "the selection is empty";
    const gone = found === undefined || found === null;
    return { value: claimValue(found, id), missing: `the data have no such value: ${why}`, gone };
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error;
    return { value: null, missing: `the data have no such value: ${error.message}`, gone: true };
  }
}

function claimValue(value: unknown, id: string): ClaimValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  const found = JSON.stringify(value) ?? String(value);
  throw new ClaimError(
    `claim "${id}", field "value": expected one number, true or false, found ${
      found.length > 80 ? `${found.slice(0, 77)}...` : found
    }; select one row or summarise them`,
  );
}

/** The interval that an expression gives, as far as it does. @throws {ClaimError} for anything but one object */
export function intervalOf(value: unknown, id: string): { lo: number | null; hi: number | null; n: number | null } {
  if (value === undefined || value === null) return { lo: null, hi: null, n: null };
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new ClaimError(`claim "${id}", field "interval": expected one object with lo, hi or n`);
  }
  const { lo, hi, n } = value as Record<string, unknown>;
  const number = (x: unknown) => typeof x === "number" ? x : null;
  return { lo: number(lo), hi: number(hi), n: number(n) };
}
