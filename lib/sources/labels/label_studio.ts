import type { Label } from "../../model/mod.ts";
import type { LabelFormat } from "./format.ts";
import { chanceOf, listOf, nameFor, recordOf, sessionOf, textOf, timeOf, VERDICT_WORDS, verdictOf } from "./words.ts";

/**
 * Label Studio's tasks with their annotations ("JSON"), and one record an annotation ("JSON-MIN"). The session's id is a field
 * of a task's data; a person is named by e-mail address, or by number where the export has no more.
 */
export const labelStudioLabels: LabelFormat = {
  id: "label-studio",
  help: "Label Studio: tasks with annotations (JSON), or JSON-MIN",
  is: (record) => Array.isArray(record["annotations"]) || "annotation_id" in record,
  read: (tasks, path, names, each) =>
    each(tasks, (task, i) => {
      const data = Array.isArray(task["annotations"]) ? recordOf(task["data"]) : task;
      const base = {
        session_id: sessionOf(data[nameFor("session", Object.keys(data), names) ?? ""], path, i),
        sampling_probability: chanceOf(data["sampling_probability"], path, i),
        stratum: textOf(data["stratum"]),
      };
      const annotations = Array.isArray(task["annotations"])
        ? task["annotations"].map(recordOf).filter((annotation) => annotation["was_cancelled"] !== true)
        : [{ ...task, completed_by: task["annotator"], result: resultOfMin(task) }];
      return annotations.map((annotation): Label => {
        const given = new Map(
          listOf(annotation["result"]).map(recordOf).map((one) => [
            String(one["from_name"]),
            valueOf(recordOf(one["value"])),
          ]),
        );
        const of = (what: "verdict" | "mode" | "comment") => nameFor(what, [...given.keys()], names) ?? "";
        return {
          ...base,
          rater: raterOf(annotation["completed_by"]),
          verdict: verdictOf(given.get(of("verdict")), path, i, of("verdict") || "verdict"),
          mode: textOf(given.get(of("mode"))),
          comment: textOf(given.get(of("comment"))),
          at: timeOf(annotation["updated_at"] ?? annotation["created_at"]),
        };
      });
    }),
  write: (labels) => {
    const tasks = [...Map.groupBy(labels, ({ session_id }) => session_id)];
    return `${
      JSON.stringify(
        tasks.map(([session_id, own]) => ({
          data: {
            session_id,
            ...(own[0]!.sampling_probability === null ? {} : { sampling_probability: own[0]!.sampling_probability }),
            ...(own[0]!.stratum === null ? {} : { stratum: own[0]!.stratum }),
          },
          annotations: own.map((label) => ({
            completed_by: { email: label.rater },
            created_at: label.at,
            updated_at: label.at,
            result: [
              choice("verdict", VERDICT_WORDS[String(label.verdict) as keyof typeof VERDICT_WORDS]),
              ...(label.mode === null ? [] : [choice("mode", label.mode)]),
              ...(label.comment === null ? [] : [{
                from_name: "comment",
                to_name: "session",
                type: "textarea",
                value: { text: [label.comment] },
              }]),
            ],
          })),
        })),
        null,
        2,
      )
    }\n`;
  },
};

function choice(name: string, word: string) {
  return { from_name: name, to_name: "session", type: "choices", value: { choices: [word] } };
}

/** Fields of a JSON-MIN record as results: a choice is a text, or several under `choices`. */
function resultOfMin(record: Record<string, unknown>) {
  return Object.entries(record).map(([from_name, value]) => ({
    from_name,
    value: typeof value === "object" ? value : { text: value },
  }));
}

function valueOf(value: Record<string, unknown>): unknown {
  return value["choices"] ?? value["text"] ?? value["rating"] ?? value["number"];
}

function raterOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  const { email, username, id } = recordOf(value);
  return textOf(email) ?? textOf(username) ?? textOf(id) ?? textOf(value) ?? "unnamed";
}
