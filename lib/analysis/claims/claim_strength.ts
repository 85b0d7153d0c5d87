import { type ClaimEffect, outcomeOf } from "./claim_effect.ts";
import type { Claim } from "./claim_schema.ts";
import { inUnit, rangeInUnit } from "./claim_words.ts";
import { plural } from "../../model/plural.ts";

/** A difference of rates is told in points, whatever its claim's value is in. */
const unitOf = ({ unit, effect_unit }: Pick<Claim, "unit" | "effect_unit">) =>
  effect_unit ?? (unit === "rate" || unit === "true" ? "points" : unit);

/** An effect with its interval and p, in words. */
export function effectWords(claim: Pick<Claim, "unit" | "effect_unit" | "about">, effect: ClaimEffect | null): string {
  if (effect === null) return "no effect that could be worked out";
  const of = unitOf(claim), { about } = claim, { estimate, lo, hi, p } = effect;
  if (lo === null || hi === null) return `${inUnit(estimate, of)}, of which no interval for ${about} can be given`;
  const told = p === null ? "" : `, p ${p < 0.001 ? "< 0.001" : `= ${p.toFixed(p < 0.1 ? 3 : 2)}`}`;
  return `${inUnit(estimate, of)} (95% ${rangeInUnit(lo, hi, of)}${told}, ${about})`;
}

/** What would turn a verdict that rests on an effect; null where that is not known. */
export function turnWords(claim: Claim, effect: ClaimEffect | null): string | null {
  if (effect === null) return null;
  const { flips, needs, n } = effect, whole = (x: number) => x.toLocaleString("en-US");
  if (outcomeOf(claim, effect) !== "cannot tell") {
    return flips === null ? null : `${whole(flips)} other verdicts${n === null ? "" : ` of ${whole(n)}`} would undo it`;
  }
  return needs === null ? null : `${plural(needs, "session")} a side would tell a difference of this size`;
}
