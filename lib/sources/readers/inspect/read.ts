import { RowError } from "../../../model/mod.ts";
import { jsonFault } from "../../../model/json_fault.ts";
import { parseRecorded } from "../../../traces/mod.ts";
import { openZip, type Zip } from "../../../io/zip_members.ts";
import { isObject, type Json } from "../../dialects/json.ts";
import { type PartsAt, valuesOf } from "../../trace_json.ts";
import { placedParts } from "../placed.ts";
import type { LocalFile } from "../reading.ts";
import { sampleSession } from "./sample.ts";

/**
 * Sessions of logs of Inspect: `.eval` archives, a sample at a time, and JSON. A sample is a session, its epoch the trial.
 */
export async function* inspectRows(files: readonly LocalFile[], signal?: AbortSignal): AsyncGenerator<PartsAt> {
  for (const { path, format, onBroken } of files) {
    if (format === "zip") {
      yield* archived(path, onBroken, signal);
      continue;
    }
    for await (const line of valuesOf(path, format, onBroken)) {
      if ("fault" in line) yield fault(path, line.line, line.fault);
      else yield* logged(line.value, path);
    }
  }
}

/** Whether an archive is a log: by the names in it. */
export function isInspectLog(names: readonly string[]): boolean {
  return names.includes("header.json") || names.includes("_journal/start.json");
}

function* logged(log: unknown, path: string): Generator<PartsAt> {
  const samples = isObject(log) && Array.isArray(log["samples"]) ? log["samples"] : [];
  for (const [row, sample] of samples.entries()) yield read(sample, log as Json, path, row);
  if (samples.length === 0) yield fault(path, 0, "the log holds no sample");
}

async function* archived(
  path: string,
  onBroken: LocalFile["onBroken"],
  signal?: AbortSignal,
): AsyncGenerator<PartsAt> {
  const zip = await openZip(path);
  const header = await headerOf(zip);
  const samples = zip.names.filter((name) => /^samples\/[^/]+\.json$/.test(name));
  for (const [row, name] of samples.entries()) {
    signal?.throwIfAborted();
    try {
      yield read(parseRecorded(await zip.text(name, () => onBroken?.(row))), header, path, row);
    } catch (error) {
      yield fault(path, row, `${name}: ${jsonFault(error)}`);
    }
  }
  if (samples.length === 0) yield fault(path, 0, "the log holds no sample");
}

/** What is said of the evaluation; of one that did not end, by what it wrote when it began. */
async function headerOf(zip: Zip): Promise<Json> {
  const name = zip.names.includes("header.json") ? "header.json" : "_journal/start.json";
  const header = parseRecorded(await zip.text(name));
  return isObject(header) ? header : {};
}

function read(sample: unknown, header: Json, source: string, row: number): PartsAt {
  if (!isObject(sample)) return fault(source, row, "expected a sample");
  try {
    return { source, row, parts: placedParts(sampleSession(sample, header)) };
  } catch (error) {
    return fault(source, row, jsonFault(error));
  }
}

const fault = (source: string, row: number, why: string): PartsAt => ({
  source,
  row,
  fault: new RowError(source, row, "", why).message,
});
