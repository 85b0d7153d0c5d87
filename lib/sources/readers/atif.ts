import { countIn } from "../mapping/values.ts";
import { summed, summedUsd } from "../spans/pick.ts";
import { recordedTime } from "./times.ts";
import { basename, dirname } from "node:path";
import { RowError } from "../../model/mod.ts";
import { isObject, type Json } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import type { SpanParts } from "../mapping/row.ts";
import type { PartsAt } from "../trace_json.ts";
import { usageParts } from "../spans/api_usage.ts";
import { documentReader } from "./documents.ts";
import type { PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { type ChatMessage, Thread } from "./thread.ts";
import { fileValues } from "./values.ts";

/**
 * Trajectories in the Agent Trajectory Interchange Format of Harbor. A step of the agent is a call; its cached tokens are
 * part of its prompt tokens. In the folder of a trial, `result.json` has the trial's task and its reward.
 *
 * Source: the format's specification, versions 1.0 to 1.6; Harbor's `TrialResult`.
 */
export async function* atifRows(files: readonly LocalFile[], signal?: AbortSignal): AsyncGenerator<PartsAt> {
  const results = new Map<string, { result: Json; path: string; hasTrajectory: boolean }>();
  const trajectories: LocalFile[] = [];
  for (const file of files) {
    const result = basename(file.path) === "result.json" ? await resultIn(file) : null;
    if (result) results.set(dirname(file.path), { result, path: file.path, hasTrajectory: false });
    else trajectories.push(file);
  }
  const read = documentReader(function* (value, { fileId, path }) {
    const list = isObject(value) && Array.isArray(value["trajectories"]) ? value["trajectories"] : [value];
    const trial = results.get(dirname(path)) ?? results.get(dirname(dirname(path)));
    if (trial) trial.hasTrajectory = true;
    for (const one of list) {
      if (!isObject(one) || !Array.isArray(one["steps"])) throw new TypeError('expected an object with "steps"');
      yield sessionOf(one, fileId, trial?.result ?? {});
    }
  });
  yield* read(trajectories, signal);
  for (const { path, hasTrajectory } of results.values()) {
    const detail =
      "is the result of a trial of Harbor whose trajectory is not here: give the trial's folder, with its " +
      "agent/trajectory.json";
    if (!hasTrajectory) yield { source: path, row: 0, fault: new RowError(path, null, "", detail).message };
  }
}

/** The result of a trial in a file; null where it is of something else. */
export async function resultIn({ path, format }: LocalFile): Promise<Json | null> {
  for await (const line of fileValues({ path, format })) {
    return "value" in line && isObject(line.value) && "trial_name" in line.value ? line.value : null;
  }
  return null;
}

function sessionOf(trajectory: Json, fileId: string, result: Json): PlacedSession {
  const { steps, agent, final_metrics, session_id, ...metadata } = trajectory;
  const { name, version, model_name } = isObject(agent) ? agent : {};
  const final = isObject(final_metrics) ? final_metrics : {};
  const trial = saidOfTrial(result);
  const thread = new Thread();
  const models = new Set<string>(typeof model_name === "string" ? [model_name] : []);
  let usd: unknown = null;
  for (const step of (steps as unknown[]).filter(isObject)) {
    add(step, thread, model_name);
    if (typeof step["model_name"] === "string") models.add(step["model_name"]);
    usd = summedUsd([usd, first(step, ["metrics.cost_usd"])]);
  }
  return {
    sessionId: session_id ?? result["trial_name"] ?? fileId,
    harness: name,
    models: [...models],
    grades: {
      success: first(trajectory, ["extra.resolved", "extra.success", "extra.is_resolved"]) ?? trial.grades.success,
      score: first(trajectory, ["extra.reward", "extra.score"]) ?? trial.grades.score,
      status: trial.grades.status,
      agentUsd: final["total_cost_usd"] ?? usd ?? trial.grades.agentUsd,
    },
    benchmark: trial.benchmark,
    taskId: first(trajectory, ["extra.task_name", "extra.task_id", "extra.instance_id"]) ?? trial.taskId,
    run: trial.run,
    totalTokens: totalOf(final),
    spans: thread.calls.map(({ parts }) => parts),
    metadata: { ...metadata, agent_version: version },
  };
}

/** What the result of a trial says of its session. */
export function saidOfTrial(result: Json) {
  const reward = rewardOf(result);
  return {
    benchmark: first(result, ["source"]),
    taskId: result["task_name"] ?? null,
    run: first(result, ["config.job_id"]),
    grades: {
      success: reward,
      score: reward,
      status: first(result, ["exception_info.exception_type"]),
      agentUsd: first(result, ["agent_result.cost_usd"]),
    },
  };
}

/** The reward of a trial, where there is one by that name or one alone. */
function rewardOf(result: Json): unknown {
  const rewards = first(result, ["verifier_result.rewards"]);
  if (!isObject(rewards)) return null;
  const [only, ...others] = Object.values(rewards);
  return rewards["reward"] ?? (others.length ? null : only);
}

function totalOf({ total_prompt_tokens, total_completion_tokens }: Json): unknown {
  const both = [total_prompt_tokens, total_completion_tokens];
  return both.some((count) => countIn(count) === null) ? null : summed(both);
}

function add(step: Json, thread: Thread, model: unknown): void {
  const time = recordedTime(step["timestamp"]);
  const { message, source } = step;
  if (source === "agent") {
    thread.answer(answerOf(step), {
      endTime: time,
      requestModel: step["model_name"] ?? model ?? null,
      ...tokens(step),
    });
    thread.at(time);
  } else if (message !== undefined && message !== null && message !== "") {
    thread.hear({ role: source === "system" ? "system" : "user", content: message }, time);
  }
  const results = isObject(step["observation"]) ? step["observation"]["results"] : null;
  for (const result of (Array.isArray(results) ? results : []).filter(isObject)) {
    const { source_call_id, content, is_error } = result;
    if (content === undefined || content === null) continue;
    const told = is_error === true
      ? { type: "tool_result", tool_use_id: source_call_id ?? "", content, is_error }
      : null;
    if (told) thread.hear({ role: "user", content: [told] }, time);
    else if (typeof source_call_id === "string") {
      thread.hear({ role: "tool", tool_call_id: source_call_id, content }, time);
    } else thread.hear({ role: "user", content }, time);
  }
}

function answerOf({ message, reasoning_content, tool_calls }: Json): ChatMessage {
  const calls = (Array.isArray(tool_calls) ? tool_calls : []).filter(isObject).map((call) => ({
    id: call["tool_call_id"] ?? "",
    name: call["function_name"],
    arguments: call["arguments"] ?? {},
  }));
  const texts = Array.isArray(message) ? message : message ? [{ type: "text", text: message }] : [];
  const thought = reasoning_content ? [{ type: "thinking", thinking: reasoning_content }] : [];
  return { role: "assistant", content: [...thought, ...texts], ...(calls.length ? { tool_calls: calls } : {}) };
}

function tokens(step: Json): SpanParts {
  const metrics = isObject(step["metrics"]) ? step["metrics"] : {};
  const { prompt_tokens, completion_tokens, cached_tokens } = metrics;
  const more = usageParts(isObject(metrics["extra"]) ? metrics["extra"] : {});
  return {
    inputTokens: prompt_tokens ?? null,
    outputTokens: completion_tokens ?? null,
    cachedTokens: cached_tokens ?? null,
    cacheWriteTokens: more.cacheWriteTokens,
    reasoningTokens: more.reasoningTokens,
  };
}
