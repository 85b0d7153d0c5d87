import { type Expression, parseExpression, rootNames } from "./claim_expression.ts";
import { absentCells } from "./claim_cells.ts";
import { answer, intervalOf, valueOf } from "./claim_answers.ts";
import type { Claim, ClaimFile } from "./claim_schema.ts";
import { type ClaimEffect, effectOf, outcomeOf } from "./claim_effect.ts";
import type { ClaimCounts } from "./claim_looks.ts";
import { askGrades, type ClaimGrades } from "./claim_grades.ts";
import { effectWords, turnWords } from "./claim_strength.ts";
import { comparison, failedTest } from "./claim_bounds.ts";
import { type ClaimValue, explainCondition, inUnit } from "./claim_words.ts";

/** The seven verdicts, in the order in which they are tried. */
export const CLAIM_VERDICTS = [
  "not in these data",
  "not testable",
  "contradicted by its own data",
  "rests on sessions that are not an agent's",
  "not distinguishable in its own data",
  "does not survive ground truth",
  "reproduced",
] as const;

/** One of {@link CLAIM_VERDICTS}. */
export type ClaimVerdict = typeof CLAIM_VERDICTS[number];

/** A claim decided. `lo`, `hi` and `n` where the claim says how to find them, otherwise null. */
export interface ClaimRow {
  /** Its id. */
  id: string;
  /** The verdict. */
  verdict: ClaimVerdict;
  /** The value that the claim states. */
  stated: number;
  /** Null where the selection is empty or the claim cannot be tested. */
  value: ClaimValue;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end of the 95% interval. */
  hi: number | null;
  /** Null as above. */
  n: number | null;
  /** One sentence made from the values. */
  why: string;
  /** The finding it belongs to. */
  finding: string;
  /** The claim in words. */
  claim: string;
  /** The unit it is told in. */
  unit: string;
  /** Notebook, and its section, in which the rows behind it are worked out; null where the file names none. */
  link: string | null;
  /** What its intervals are for. */
  about: Claim["about"];
  /** What it says of its effect; null where it has none. */
  says: Claim["says"] | null;
  /** Of no effect, by the judged data; null where nothing is tested. */
  p: number | null;
  /** What the grades say, by the same test; null where none of it is graded. */
  graded: ClaimGrades | null;
  /** What would turn the verdict; null where that cannot be said. */
  turns: string | null;
  /** The text's own words; null where none are given. */
  quote: string | null;
  /** Where in the text they stand. */
  section: string | null;
  /** The claim that this is another number of; null where it is one itself. */
  view_of: string | null;
}

/** How sentences on claims speak. */
export interface ClaimWording {
  /** Of the value that a claim states; `stated` unless given. */
  stated?: string;
  /** Of what `ground_truth` asks; `the grades` unless given. */
  grades?: string;
  /** Keys that results may lack because they have no part of that kind; a claim about one is not in these data. */
  optionalKeys?: readonly string[];
  /**
   * The interval of an effect that is counted from rates, in place of the ordinary one: one that holds over all earlier looks
   * (see {@link import("./claim_looks.ts").intervalOfLooks}). A p-value is then not given, since it holds for one look alone.
   */
  intervalOf?: (id: string, counts: ClaimCounts) => { lo: number; hi: number };
}

/**
 * Decides each claim against results. The verdict is the first that holds: `not in these data` where no session is of a
 * cell that its value asks about, or the value is not there; `not testable` where the claim says why; `contradicted by its
 * own data` where the value fails its test (or is not there, and the claim says that this contradicts it), or its `effect`
 * is told to be the opposite; `rests on sessions that are not an agent's` where `not_agents` is true; `not distinguishable
 * in its own data` where the `effect` cannot be told, or `distinct` is not true; `does not survive ground truth` where the
 * `graded` effect is told to be the opposite by the same test or the stated value is outside the interval of `graded_value`
 * (both come before an effect that cannot be told), or `ground_truth` is there and not true; else `reproduced`.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { decideClaims, parseClaims } from "agent-trace-lab/claims";
 * const claim = { id: "half", claim: "half are solved", stated: 0.5, value: "totals.successes / totals.scored" };
 * const file = parseClaims({ claims: [{ ...claim, test: "at_least", tolerance: 0 }] }, "mine.json");
 * const [row] = await decideClaims(file, { totals: { successes: 4, scored: 10 } });
 * equal(row?.verdict, "contradicted by its own data");
 * ```
 *
 * @param results in their final form, as read back from JSON
 * @throws {ClaimError} with the claim's id when an expression does not parse, names an unknown key, or gives something
 *   else than one number, true, false or nothing; a value that cannot be worked out from these data is missing
 */
export async function decideClaims(
  file: ClaimFile,
  results: Readonly<Record<string, unknown>>,
  wording: ClaimWording = {},
): Promise<ClaimRow[]> {
  const keys = new Set([...Object.keys(results), ...wording.optionalKeys ?? []]);
  // Every expression is parsed before the first is asked, so that a fault in the last claim shows at once.
  const parsed = file.claims.map((claim) => parseClaim(claim, keys));
  const rows: ClaimRow[] = [];
  for (const each of parsed) rows.push(await decide(each, results, file.links, wording));
  return rows;
}

interface ParsedClaim {
  claim: Claim;
  ask: (field: Asked) => Expression | null;
  part: (source: string) => Expression;
}

const ASKED = [
  "value",
  "effect",
  "graded",
  "graded_value",
  "comparable",
  "not_agents",
  "graded_why",
  "distinct",
  "ground_truth",
  "interval",
  "value_why",
  "distinct_why",
  "ground_truth_why",
] as const satisfies readonly (keyof Claim)[];
type Asked = typeof ASKED[number];

function parseClaim(claim: Claim, keys: ReadonlySet<string>): ParsedClaim {
  const at = (field: string) => `claim "${claim.id}", field "${field}"`;
  const expressions = new Map<Asked, Expression>();
  for (const field of ASKED) {
    const source = claim[field];
    if (source !== undefined) expressions.set(field, parseExpression(source, at(field), keys));
  }
  return {
    claim,
    ask: (field) => expressions.get(field) ?? null,
    part: (source) => parseExpression(source, at("a part"), keys),
  };
}

async function decide(
  { claim, ask, part }: ParsedClaim,
  results: Readonly<Record<string, unknown>>,
  links: ClaimFile["links"],
  { stated: statedWord = "stated", grades = "the grades", intervalOf: overLooks }: ClaimWording,
): Promise<ClaimRow> {
  const { id, stated, finding, unit, about } = claim;
  const link = claim.link ?? links[finding] ?? null;
  const { quote = null, section = null, view_of = null } = claim;
  const says = claim.effect === undefined ? null : claim.says;
  const row = { id, stated, finding, claim: claim.claim, unit, link, about, says, quote, section, view_of };
  const unknown = { value: null, lo: null, hi: null, n: null, p: null, graded: null, turns: null };
  const asked = ask("value");
  // A claim that its own data contradict by having no such cell has to be of data that have its names at all.
  const together = claim.if_missing !== "contradicted";
  const named = (["value", "effect", "graded", "graded_value", "distinct", "ground_truth"] as const).map(ask);
  const absent = missingPart(named, results) ?? (asked === null ? null : absentCells(asked.ast, results, together));
  if (absent !== null) return { ...row, ...unknown, verdict: "not in these data", why: sentence(absent) };
  if (claim.not_testable !== undefined) {
    return { ...row, ...unknown, verdict: "not testable", why: sentence(claim.not_testable) };
  }
  const { value, missing, gone } = await valueOf(asked, results, id);
  const words = await answer(ask("value_why"), results);
  const detail = typeof words === "string" && words ? ` (${words})` : "";
  if (value === null) {
    const verdict = gone && claim.if_missing === "not in these data"
      ? claim.if_missing
      : "contradicted by its own data";
    return { ...row, ...unknown, verdict, why: sentence(missing + detail) };
  }
  const effect = watched(effectOf(await answer(ask("effect"), results), id, "effect"), id, overLooks);
  const graded = await askGrades(claim, { ask, answer: (expression) => answer(expression, results) });
  const found = {
    ...row,
    value,
    ...intervalOf(await answer(ask("interval"), results) ?? effect, id),
    p: effect?.p ?? null,
    graded,
    turns: turnWords(claim, effect),
  };
  const failed = failedTest(claim, value, statedWord);
  if (failed !== null) return { ...found, verdict: "contradicted by its own data", why: `${failed}${detail}.` };

  const told = claim.effect === undefined ? null : effectWords(claim, effect);
  const same = effect !== null && typeof value === "number" && Math.abs(effect.estimate - value) < 1e-9;
  const gives = claim.test === "is_true"
    ? "It holds in the data"
    : told !== null && (claim.test === "effect" || same)
    ? `The data give ${told}`
    : `The data give ${inUnit(value, unit)}${told === null ? "" : `, ${told}`}`;
  const ours = gives + detail, beside = graded === null ? "" : `; ${grades} ${graded.words}`;
  const outcome = effect === null ? "cannot tell" : outcomeOf(claim, effect);
  if (told !== null && outcome === "opposite") {
    return {
      ...found,
      verdict: "contradicted by its own data",
      why: `${ours}: the opposite of what is claimed${beside}.`,
    };
  }
  const others = await answer(ask("not_agents"), results);
  if (others === true || (typeof others === "number" && others > 0)) {
    const many = typeof others === "number" ? `${Math.round(others).toLocaleString("en-US")} sessions` : "sessions";
    const why = `${ours}, but it rests on ${many} that are very likely not an agent's.`;
    return { ...found, verdict: "rests on sessions that are not an agent's", why };
  }
  // Where grades tell the opposite, that says more than that the verdicts cannot tell.
  if (graded?.outcome === "disagrees") {
    return { ...found, verdict: "does not survive ground truth", why: `${ours}, but ${grades} ${graded.words}.` };
  }
  if (told !== null && outcome === "cannot tell") {
    const why = `${ours}: that cannot be told${beside}.`;
    return { ...found, verdict: "not distinguishable in its own data", why };
  }
  const objection = async (condition: Expression | null, words: Expression | null): Promise<string | null> => {
    if (condition === null || await answer(condition, results) === true) return null;
    const said = await answer(words, results);
    return typeof said === "string" ? said : await explainCondition(condition, results, part);
  };
  const distinct = ask("distinct");
  const notDistinct = await objection(distinct, ask("distinct_why"));
  if (notDistinct !== null) {
    return { ...found, verdict: "not distinguishable in its own data", why: `${ours}, but ${notDistinct}.` };
  }
  const truth = ask("ground_truth");
  const untrue = await objection(truth, ask("ground_truth_why"));
  if (untrue !== null) {
    const why = `${ours}, but against ${grades} ${untrue}.`;
    return { ...found, verdict: "does not survive ground truth", why };
  }
  const checks = [
    distinct ? "it is distinguishable from its rivals" : "",
    truth ? `${grades} agree` : "",
  ].filter(Boolean).join(" and ");
  const kept = claim.test === "is_true" || claim.test === "effect"
    ? ours
    : `${ours}; ${statedWord} ${comparison(claim)}`;
  return { ...found, verdict: "reproduced", why: `${kept}${checks && `; ${checks}`}${beside}.` };
}

/** An effect under the interval of all looks, where there is one. */
function watched(effect: ClaimEffect | null, id: string, overLooks: ClaimWording["intervalOf"]): ClaimEffect | null {
  if (!effect?.counts || !overLooks) return effect;
  return { ...effect, ...overLooks(id, effect.counts), p: null, flips: null, needs: null };
}

/** The first key that an expression names and the results lack, in words: they have no part of that kind. */
function missingPart(expressions: readonly (Expression | null)[], results: Readonly<Record<string, unknown>>) {
  const named = expressions.flatMap((expression) => expression === null ? [] : rootNames(expression.ast));
  const key = named.find((name) => !Object.hasOwn(results, name));
  return key === undefined ? null : `these results have no "${key}"`;
}

/** A text as a sentence: a capital at the start, a full stop at the end. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
