import { isObject, type Json } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import { normalizer } from "../messages/normal.ts";
import { documentReader } from "./documents.ts";
import type { PlacedSession } from "./placed.ts";
import { Thread } from "./thread.ts";

const normal = normalizer({ silent: ["id", "metadata", "citations", "suggested_messages", "function", "model"] });

/** Agent runs of Docent: every transcript is a conversation of its own, and all of a run are one session. */
export const docentRows = documentReader(function* (value, { fileId }) {
  const runs = isObject(value) && Array.isArray(value["agent_runs"]) ? value["agent_runs"] : [value];
  for (const run of runs) {
    if (!isObject(run)) throw new TypeError("expected an agent run with transcripts");
    yield sessionOf(run, fileId);
  }
});

function sessionOf(run: Json, fileId: string): PlacedSession {
  const transcripts = Object.values(
    isObject(run["transcripts"]) || Array.isArray(run["transcripts"]) ? run["transcripts"] : [],
  );
  const models = new Set<string>();
  const threads = transcripts.filter(isObject).map(({ messages }) => {
    const thread = new Thread();
    for (const message of Array.isArray(messages) ? messages : []) {
      const said = normal(message);
      const model = isObject(message) && typeof message["model"] === "string" ? message["model"] : null;
      if (model) models.add(model);
      if (said.role === "assistant" && thread.length > 0) thread.answer(said, { responseModel: model });
      else thread.hear(said);
    }
    return thread;
  });
  const named = first(run, ["metadata.model", "metadata.model_name"]);
  const { transcripts: _, ...metadata } = run;
  const names = models.size ? [...models] : typeof named === "string" ? [named] : [];
  return {
    sessionId: run["id"] ?? fileId,
    benchmark: first(run, ["metadata.benchmark_id", "metadata.benchmark", "metadata.task_name"]),
    harness: first(run, ["metadata.agent", "metadata.agent_name", "metadata.scaffold"]),
    models: names,
    taskId: first(run, ["metadata.task_id", "metadata.sample_id"]),
    trial: first(run, ["metadata.epoch_id", "metadata.epoch"]),
    grades: gradesOf(run),
    spans: threads.flatMap(({ calls }, i) =>
      calls.map(({ parts }) => ({ requestModel: names[0] ?? null, ...parts, spanId: `${i}:${parts.spanId}` }))
    ),
    metadata,
  };
}

/** Scores of the run: where there is one, it is the grade. */
function gradesOf(run: Json): NonNullable<PlacedSession["grades"]> {
  const scores = first(run, ["metadata.scores"]);
  const all = isObject(scores)
    ? Object.values(scores).filter((one) => typeof one === "number" || typeof one === "boolean")
    : [];
  const [score] = all;
  return {
    success: score ?? first(run, ["metadata.correct", "metadata.success"]),
    score: typeof score === "number" ? score : null,
    all,
  };
}
