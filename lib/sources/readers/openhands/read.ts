import { basename, dirname } from "node:path";
import { RowError } from "../../../model/mod.ts";
import { quoted } from "../../../traces/json_text.ts";
import { isObject, type Json } from "../../dialects/json.ts";
import { first } from "../../messages/places.ts";
import type { PartsAt } from "../../trace_json.ts";
import { fileValues } from "../values.ts";
import { fileIds } from "../file_ids.ts";
import { placedParts, type PlacedSession } from "../placed.ts";
import type { LocalFile } from "../reading.ts";
import { EventThread } from "./events.ts";

/**
 * Sessions of OpenHands: rows of an evaluation's output with their history, a file of events, or a folder `events` with an
 * event a file, which is the session that the folder around it is named after.
 */
export async function* openHandsRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  const units = Map.groupBy(files, ({ path }) => eventFolder(path) ?? path);
  for (const [unit, parts] of units) {
    const events = new EventThread();
    const source = parts[0]!.path;
    const id = eventFolder(source) === null ? ids.get(source)! : basename(dirname(unit));
    let [seen, row] = [0, 0];
    for (const { path, format, onBroken } of parts.toSorted((a, b) => numberOf(a.path) - numberOf(b.path))) {
      for await (const line of fileValues({ path, format, onBroken })) {
        const at = { source: path, row: row++ };
        if ("fault" in line) {
          yield { ...at, fault: new RowError(path, line.line, "", line.fault).message };
        } else if (!isObject(line.value)) {
          const fault = `expected an event or a row of an evaluation, found ${quoted(line.value).slice(0, 60)}`;
          yield { ...at, fault: new RowError(path, line.line, "", fault).message };
        } else if (Array.isArray(line.value["history"] ?? line.value["trajectory"] ?? line.value["events"])) {
          yield { ...at, parts: placedParts(sessionOf(line.value, at.row === 0 ? id : `${id}#${at.row}`)) };
        } else if (isEvent(line.value)) {
          events.add(line.value);
          seen++;
        }
      }
    }
    if (seen) yield { source, row: 0, parts: placedParts(placed(events, id, {})) };
  }
}

/** The folder of events that a file is one of, by its name and the folder's; null where it is none. */
function eventFolder(path: string): string | null {
  const folder = dirname(path);
  return basename(folder) === "events" && /^(?:event-)?\d+(?:-[\w-]+)?\.json/.test(basename(path)) ? folder : null;
}

const numberOf = (path: string) => Number(/\d+/.exec(basename(path))?.[0] ?? 0);

const isEvent = (value: Json) => "action" in value || "observation" in value || "kind" in value;

function sessionOf(row: Json, fileId: string): PlacedSession {
  const metrics = isObject(row["metrics"]) ? row["metrics"] : {};
  const usages = (Array.isArray(metrics["token_usages"]) ? metrics["token_usages"] : []).filter(isObject);
  const events = new EventThread(new Map(usages.map((usage) => [String(usage["response_id"]), usage])));
  const history = (row["history"] ?? row["trajectory"] ?? row["events"]) as unknown[];
  // The first versions kept pairs of an action and what was observed.
  for (const event of history.flat()) if (isObject(event)) events.add(event);
  return placed(events, fileId, row);
}

function placed(events: EventThread, fileId: string, row: Json): PlacedSession {
  const { thread, models, usd } = events.settled();
  const configured = first(row, [
    "metadata.llm_config.model",
    "metadata.llm.model",
    "llm_config.model",
    "model_name",
    "model",
  ]);
  const { history: _, trajectory: __, events: ___, ...metadata } = row;
  const named = models.size ? [...models] : typeof configured === "string" ? [configured] : [];
  const task = first(row, ["instance_id", "instance.instance_id", "task_id"]) ?? issueOf(row);
  return {
    sessionId: task ?? first(row, ["id", "conversation_id"]) ?? fileId,
    harness: "openhands",
    benchmark: first(row, ["metadata.dataset", "dataset"]),
    models: named,
    taskId: task,
    trial: first(row, ["attempt", "run_id", "trial"]),
    grades: {
      success: first(row, [
        "report.resolved",
        "test_result.report.resolved",
        "test_result.resolved",
        "resolved",
        "success",
      ]),
      agentUsd: first(row, ["metrics.accumulated_cost"]) ?? usd,
      status: first(row, ["error"]) === null ? null : "error",
      // The resolver has a model say whether an issue is resolved, and why.
      ...("result_explanation" in row ? { origin: "judge" } : {}),
    },
    spans: thread.calls.map(({ parts }) => ({ requestModel: named[0] ?? null, ...parts })),
    metadata,
  };
}

/** The issue that OpenHands' resolver worked on: `owner/repo#5`. */
function issueOf({ issue }: Json): string | null {
  if (!isObject(issue) || issue["number"] === undefined) return null;
  return `${issue["owner"]}/${issue["repo"]}#${issue["number"]}`;
}
