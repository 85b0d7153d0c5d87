import type { Expression } from "./claim_expression.ts";

/** What a claim's value can be: one number, true or false, or nothing. */
export type ClaimValue = number | boolean | null;

const round = (x: number, digits: number) =>
  Number(x.toFixed(digits)).toLocaleString("en-US", {
    maximumFractionDigits: digits,
  }).replace("-", "−");

/** A claim's value in its unit: `64.0%`, `28.1 points`, `$64.82`, `2.5 times`. */
export function inUnit(value: ClaimValue, unit: string): string {
  if (value === null) return "nothing";
  if (typeof value === "boolean") return value ? "true" : "false";
  switch (unit) {
    case "true":
      return value === 1 ? "true" : value === 0 ? "false" : round(value, 3);
    case "rate":
      return `${round(value * 100, 1)}%`;
    case "r2":
      return `${round(value * 100, 2)}% of the variance`;
    case "points":
      return `${round(value * 100, 1)} points`;
    case "usd":
      return `$${
        value.toLocaleString("en-US", {
          minimumFractionDigits: 2,
          maximumFractionDigits: value !== 0 && Math.abs(value) < 0.01 ? 4 : 2,
        })
      }`;
    case "ratio":
      return `${round(value, 2)} times`;
    case "mtok":
      return `${round(value, 2)}M tokens`;
    default:
      return `${round(value, Math.abs(value) < 10 ? 3 : Math.abs(value) < 1000 ? 1 : 0)}${
        unit === "number" ? "" : ` ${unit}`
      }`;
  }
}

/** An interval in a unit that is said once: `−20.9 to 2.3 points`, `65.5% to 73.9%`. */
export function rangeInUnit(lo: number, hi: number, unit: string): string {
  return `${inUnit(lo, unit).replace(/ [a-z ]+$/, "")} to ${inUnit(hi, unit)}`;
}

/** How far a value is from the stated one, in its unit. */
export function distanceInUnit(value: number, stated: number, unit: string): string {
  const size = Math.abs(value - stated);
  return unit === "rate" ? inUnit(size, "points") : unit === "ratio" ? round(size, 2) : inUnit(size, unit);
}

/**
 * Puts a condition that is not true into words: its two sides with their values where it is a comparison, the parts
 * that are not true where it joins several by `and`, otherwise the condition itself.
 *
 * @param part parses a piece of the condition's source
 */
export async function explainCondition(
  condition: Expression,
  results: unknown,
  part: (source: string) => Expression,
): Promise<string> {
  const { ast, source } = condition;
  const sides = splitAtOperator(source, String(ast.value ?? ""), ast.type === "binary" ? ast.position : undefined);
  if (sides) {
    try {
      const [left, right] = sides.map(part) as [Expression, Expression];
      const values = [await left.evaluate(results), await right.evaluate(results)] as const;
      if (ast.value === "and") {
        const failing = [left, right].filter((_, i) => values[i] !== true);
        return (await Promise.all(failing.map((e) => explainCondition(e, results, part)))).join(", and ");
      }
      return `${sides[0]} is ${plain(values[0])}, where ${ast.value} ${
        sides[1] === plain(values[1]) ? sides[1] : `${sides[1]} (${plain(values[1])})`
      } is needed`;
    } catch {
      // A piece that makes no sense alone (a variable bound elsewhere) leaves the whole condition to speak.
    }
  }
  return `${source} is not true`;
}

/** `position` is where the tokenizer stood after the operator. */
function splitAtOperator(source: string, operator: string, position: number | undefined): [string, string] | null {
  if (position === undefined) return null;
  const left = source.slice(0, position - operator.length).trim(), right = source.slice(position).trim();
  return left && right && source.slice(position - operator.length, position) === operator ? [left, right] : null;
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : JSON.stringify(value);
}
