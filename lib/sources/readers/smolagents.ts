import { isObject, type Json } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import { usageParts } from "../spans/api_usage.ts";
import { countAt, listAt, objectAt, textAt } from "../spans/pick.ts";
import { timeOf } from "../spans/times.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileIds } from "./file_ids.ts";
import { fileObjects } from "./objects.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { Thread } from "./thread.ts";

/**
 * Runs of smolagents: the steps of an agent's memory, a step a row, or results of runs that list them. A step in which the
 * model answered is a call; what the tools gave is what it was told next.
 *
 * Source: smolagents, the `dict` of `ActionStep`, `PlanningStep` and `TaskStep`, and `RunResult`.
 */
export async function* smolagentsRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  for (const file of files) {
    const steps: Json[] = [];
    let row = 0;
    const rowOf = (session: (id: string) => PlacedSession): PartsAt => {
      const id = ids.get(file.path)!;
      return { source: file.path, row, parts: placedParts(session(row++ ? `${id}#${row - 1}` : id)) };
    };
    for await (const one of fileObjects(file)) {
      if ("fault" in one) yield one;
      else if (Array.isArray(one.value["steps"])) {
        yield rowOf((id) => sessionOf(listAt(one.value, "steps"), id, one.value));
      } else steps.push(one.value);
    }
    if (steps.length) yield rowOf((id) => sessionOf(steps, id));
  }
}

function sessionOf(steps: readonly unknown[], sessionId: string, run: Json = {}): PlacedSession {
  const thread = new Thread();
  for (const step of steps.filter(isObject)) {
    const system = textAt(step, "system_prompt");
    const task = textAt(step, "task");
    if (system !== null) thread.hear({ role: "system", content: system });
    if (task !== null) thread.hear({ role: "user", content: task });
    if (isAnswer(step)) answer(step, thread);
  }
  const { steps: _, token_usage: __, messages: ___, ...metadata } = run;
  return {
    sessionId: textAt(run, "session_id", "id", "task_id") ?? sessionId,
    harness: "smolagents",
    spans: thread.calls.map(({ parts }) => parts),
    metadata,
  };
}

/** Whether a step asked the model: a step of an action or of a plan, not a task or the final answer. */
const isAnswer = (step: Json) => "model_output" in step || "model_output_message" in step || "plan" in step;

function answer(step: Json, thread: Thread): void {
  const said = objectAt(step, "model_output_message");
  const content = said["content"] ?? step["model_output"] ?? step["plan"] ?? null;
  const recorded = listAt(said, "tool_calls");
  const calls = recorded.length ? recorded : listAt(step, "tool_calls");
  const parts = partsOf(step, said);
  const error = textAt(step, "error.message", "error");
  if (content === null && calls.length === 0) {
    thread.silent({ ...parts, ...(error === null ? {} : { statusCode: 2, statusMessage: error }) });
    return;
  }
  thread.answer({ role: "assistant", content, ...(calls.length ? { tool_calls: calls } : {}) }, parts);
  const observed = textAt(step, "observations");
  const told = [observed, error].filter((text) => text !== null).join("\n");
  const id = textAt(calls[0] as Json ?? {}, "id");
  if (told === "") return;
  if (id === null) thread.hear({ role: "user", content: told }, parts.endTime as string | null);
  else {
    const result = { type: "tool_result", tool_use_id: id, content: told, is_error: error !== null };
    thread.hear({ role: "user", content: [result] }, parts.endTime as string | null);
  }
}

function partsOf(step: Json, said: Json): SpanParts {
  const model = textAt(said, "raw.model");
  const [start, end] = ["start_time", "end_time"].map((name) => timeOf(countAt(objectAt(step, "timing"), name)));
  return {
    startTime: start ?? null,
    endTime: end ?? null,
    responseModel: model,
    ...usageParts(objectAt({ step, said }, "step.token_usage", "said.token_usage")),
  };
}
