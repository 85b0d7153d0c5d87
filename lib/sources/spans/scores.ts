import type { GradeOrigin } from "../../model/mod.ts";
import { isObject, type Json } from "../dialects/json.ts";
import { contradict, verdictIn } from "../mapping/values.ts";
import { textAt } from "./pick.ts";

/** Who gave a score, by the words of the services. */
const ORIGINS: Record<string, GradeOrigin> = {
  ANNOTATION: "human",
  HUMAN: "human",
  EVAL: "judge",
  LLM: "judge",
  LLM_JUDGE: "judge",
  AI_JUDGE: "judge",
  API: "program",
  CODE: "program",
};

/** Names that say a score tells whether the session reached its goal. */
const GOALS =
  /^(success|task_success|resolved|solved|correct(ness)?|passed|pass|accuracy|goal_(reached|completion)|reward|score)$/i;

/**
 * The grade of a session by the scores that a service has of it: the one named after success, else the only one. Of several
 * named so the first counts, and it is said where another contradicts it. Its
 * attributes are those that the OTLP mapping looks up.
 *
 * @param areAll whether these are all scores of it, or there may be others elsewhere
 */
export function gradeAttributes(scores: readonly Json[], areAll = true): Json {
  const numbered = scores.flatMap((score) => {
    const value = numberOf(score["value"] ?? score["stringValue"] ?? score["string_value"]);
    return value === null ? [] : [{ name: String(score["name"] ?? ""), value, source: String(score["source"] ?? "") }];
  });
  const named = numbered.filter(({ name }) => GOALS.test(name));
  const chosen = named[0] ?? (areAll && numbered.length === 1 ? numbered[0] : undefined);
  if (!chosen) return {};
  const origin = ORIGINS[chosen.source.toUpperCase()] ?? null;
  return {
    "session.score": chosen.value,
    ...(chosen.value === 0 || chosen.value === 1 ? { "session.success": chosen.value } : {}),
    ...(origin ? { "session.grade_origin": origin } : {}),
    ...(contradict(named.map(({ value }) => value)) ? { "session.grades_contradict": true } : {}),
  };
}

/** Annotations of Phoenix, as a list of scores: a label where there is no number. */
export function annotationScores(annotations: readonly unknown[]): Json[] {
  return annotations.filter(isObject).map(({ name, annotator_kind, result }) => {
    const { score, label } = isObject(result) ? result : {} as Json;
    return { name, source: annotator_kind, value: score ?? label ?? null };
  });
}

/** Feedback of MLflow on a whole trace, as a list of scores: people's where there is any, else that of judges and programs. */
export function feedbackOf(assessments: readonly unknown[]): Json[] {
  const scores = assessments.filter(isObject)
    .filter(({ span_id, valid, feedback }) => !span_id && valid !== false && isObject(feedback))
    .map((one) => ({
      name: one["assessment_name"] ?? one["name"],
      source: textAt(one, "source.source_type"),
      value: (one["feedback"] as Json)["value"] ?? null,
    }));
  const human = scores.filter(({ source }) => source === "HUMAN");
  return human.length ? human : scores;
}

/** Averages of feedback by its key, as a list of scores. */
export function feedbackScores(stats: unknown): Json[] {
  if (!isObject(stats)) return [];
  return Object.entries(stats).flatMap(([name, one]) => isObject(one) ? [{ name, value: one["avg"] }] : []);
}

function numberOf(value: unknown): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  const verdict = verdictIn(value);
  return verdict === "neither" ? null : verdict;
}
