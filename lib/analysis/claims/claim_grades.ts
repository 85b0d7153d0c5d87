import { type ClaimEffect, effectOf, outcomeOf } from "./claim_effect.ts";
import type { Expression } from "./claim_expression.ts";
import type { Claim } from "./claim_schema.ts";
import { effectWords } from "./claim_strength.ts";
import { inUnit, rangeInUnit } from "./claim_words.ts";

/** What grades say of a claim, by the test that the verdicts were held to. */
export interface ClaimGrades {
  /** The effect or value by the grades. */
  estimate: number;
  /** Lower end of its 95% interval. */
  lo: number | null;
  /** Upper end. */
  hi: number | null;
  /** Of no effect; null where nothing but an interval is there. */
  p: number | null;
  /** Whether grades say the same, the opposite, or cannot tell. */
  outcome: "agrees" | "disagrees" | "cannot tell";
  /** Whether judged and graded sessions are the same kind of work; null where the claim does not say. */
  comparable: boolean | null;
  /** The same in words, to follow "the grades". */
  words: string;
}

/** How the expressions of a claim are asked. */
export interface Asking {
  ask: (field: "graded" | "graded_value" | "comparable" | "graded_why") => Expression | null;
  answer: (expression: Expression | null) => Promise<unknown>;
}

/** Asks the grades; null where the claim asks none, or none of its cells is graded. */
export async function askGrades(claim: Claim, { ask, answer }: Asking): Promise<ClaimGrades | null> {
  const effect = effectOf(await answer(ask("graded")), claim.id, "graded");
  const value = effectOf(await answer(ask("graded_value")), claim.id, "graded_value");
  const found = effect ?? value;
  if (found === null) return null;
  const like = await answer(ask("comparable"));
  const comparable = typeof like === "boolean" ? like : null;
  const outcomes = [
    effect ? byEffect[outcomeOf(claim, effect)] : "agrees",
    value ? byValue(claim, value) : "agrees",
  ] as const;
  const outcome = outcomes.includes("disagrees")
    ? "disagrees"
    : outcomes.includes("cannot tell")
    ? "cannot tell"
    : "agrees";
  const more = await answer(ask("graded_why"));
  const words = [
    effect ? `say ${effectWords(claim, effect)}` : "",
    value && value.estimate !== effect?.estimate ? `give ${rangeWords(claim, value)}` : "",
  ].filter(Boolean).join(" and ");
  const tail = [
    outcome === "agrees" ? ": they agree" : outcome === "cannot tell" ? ": they cannot tell" : "",
    typeof more === "string" && more ? ` (${more})` : "",
    comparable === false ? " (not like for like: judged and graded sessions are not the same amount of work)" : "",
  ].join("");
  return { estimate: found.estimate, lo: found.lo, hi: found.hi, p: found.p, outcome, comparable, words: words + tail };
}

const byEffect = { established: "agrees", opposite: "disagrees", "cannot tell": "cannot tell" } as const;

/** The stated value, with its tolerance, has to be in the graded interval; of a bound, the interval has to reach it. */
function byValue({ test, stated, tolerance }: Claim, { lo, hi }: ClaimEffect): "agrees" | "disagrees" | "cannot tell" {
  if (lo === null || hi === null) return "cannot tell";
  const spare = tolerance ?? 0;
  if (test === "at_least") return hi < stated - spare ? "disagrees" : lo >= stated - spare ? "agrees" : "cannot tell";
  if (test === "at_most") return lo > stated + spare ? "disagrees" : hi <= stated + spare ? "agrees" : "cannot tell";
  return stated + spare < lo || stated - spare > hi ? "disagrees" : "agrees";
}

function rangeWords({ unit }: Claim, { estimate, lo, hi }: ClaimEffect): string {
  return inUnit(estimate, unit) + (lo === null || hi === null ? "" : ` (95% ${rangeInUnit(lo, hi, unit)})`);
}
