import type { Label } from "../../model/mod.ts";
import type { LabelFormat } from "./format.ts";
import {
  chanceOf,
  type LabelNames,
  listOf,
  nameFor,
  recordOf,
  sessionOf,
  textOf,
  timeOf,
  VERDICT_WORDS,
  verdictOf,
} from "./words.ts";

/**
 * Argilla's records: responses by question, each with its user (`records.to_json`), or a list of users each with values by
 * question (version 1). The session's id is in the metadata, else it is the record's own id. Responses carry no time, so the
 * record's is taken.
 */
export const argillaLabels: LabelFormat = {
  id: "argilla",
  help: "Argilla: records with responses (JSON or JSON lines)",
  is: (record) => "responses" in record,
  read: (records, path, names, each) =>
    each(records, (record, i) => {
      const metadata = recordOf(record["metadata"]);
      const id = metadata[nameFor("session", Object.keys(metadata), names) ?? ""] ?? record["external_id"] ??
        record["id"];
      return [...answersOf(record["responses"])].flatMap(([rater, given]): Label[] => {
        const { verdict, mode, comment } = namesIn(Object.keys(given.values), names);
        if (verdict === undefined && mode === undefined && comment === undefined) return [];
        return [{
          session_id: sessionOf(id, path, i),
          rater,
          verdict: verdictOf(given.values[verdict ?? ""], path, i, verdict ?? "verdict"),
          mode: textOf(given.values[mode ?? ""]),
          comment: textOf(given.values[comment ?? ""]),
          at: timeOf(given.at ?? metadata[`at.${rater}`] ?? record["updated_at"] ?? record["inserted_at"]),
          sampling_probability: chanceOf(metadata["sampling_probability"], path, i),
          stratum: textOf(metadata["stratum"]),
        }];
      });
    }),
  write: (labels) =>
    `${
      JSON.stringify(
        [...Map.groupBy(labels, ({ session_id }) => session_id)].map(([session_id, own]) => {
          const answers = (of: (label: Label) => string | null) =>
            own.flatMap((label) => {
              const value = of(label);
              return value === null ? [] : [{ value, user_id: label.rater }];
            });
          const questions = {
            verdict: answers(({ verdict }) => VERDICT_WORDS[String(verdict) as keyof typeof VERDICT_WORDS]),
            mode: answers(({ mode }) => mode),
            comment: answers(({ comment }) => comment),
          };
          return {
            id: session_id,
            fields: { session_id },
            metadata: {
              session_id,
              ...(own[0]!.sampling_probability === null ? {} : { sampling_probability: own[0]!.sampling_probability }),
              ...(own[0]!.stratum === null ? {} : { stratum: own[0]!.stratum }),
              ...Object.fromEntries(own.map(({ rater, at }) => [`at.${rater}`, at])),
            },
            suggestions: {},
            responses: Object.fromEntries(Object.entries(questions).filter(([, given]) => given.length)),
            vectors: {},
          };
        }),
        null,
        2,
      )
    }\n`,
};

function namesIn(questions: readonly string[], names: LabelNames) {
  return {
    verdict: nameFor("verdict", questions, names),
    mode: nameFor("mode", questions, names),
    comment: nameFor("comment", questions, names),
  };
}

/** What each person answered, by question; drafts and discarded answers are none. */
function answersOf(responses: unknown): Map<string, { values: Record<string, unknown>; at: unknown }> {
  const found = new Map<string, { values: Record<string, unknown>; at: unknown }>();
  const of = (user: unknown) => {
    const rater = textOf(user) ?? "unnamed";
    const own = found.get(rater) ?? { values: {}, at: undefined };
    found.set(rater, own);
    return own;
  };
  for (const response of listOf(responses).map(recordOf)) {
    if (response["status"] !== undefined && response["status"] !== "submitted") continue;
    const own = of(response["user_id"]);
    own.at = response["updated_at"] ?? response["inserted_at"];
    for (const [question, answer] of Object.entries(recordOf(response["values"]))) {
      own.values[question] = recordOf(answer)["value"] ?? answer;
    }
  }
  for (const [question, answers] of Object.entries(recordOf(responses))) {
    for (const answer of listOf(answers).map(recordOf)) {
      if (answer["status"] !== undefined && answer["status"] !== "submitted") continue;
      of(answer["user_id"]).values[question] = answer["value"];
    }
  }
  return found;
}
