import { basename, dirname } from "node:path";
import type { FileGroup, Grouped } from "../detect/groups.ts";
import type { Json } from "../dialects/json.ts";
import type { RowParts } from "../mapping/parts.ts";
import type { PartsAt } from "../trace_json.ts";
import { resultIn, saidOfTrial } from "./atif.ts";

/** Results of trials of Harbor by the trial's folder. */
export type Trials = ReadonlyMap<string, Json>;

/**
 * Takes from the files those results of trials of Harbor whose folder has the agent's own log and no trajectory: their task
 * and reward are of the session that the log tells. What the verifier of a trial wrote is passed over.
 */
export async function withTrials(grouped: Grouped): Promise<Grouped & { trials: Trials }> {
  const trials = new Map<string, Json>();
  const atif = grouped.groups.find(({ format }) => format.id === "atif");
  if (!atif) return { ...grouped, trials };
  const isResult = ({ path }: { path: string }) => basename(path) === "result.json";
  const trajectories = atif.files.filter((file) => !isResult(file));
  const logs = grouped.groups.filter(isPlaced).filter((group) => group !== atif).flatMap(({ files }) => files);
  const folders = new Set(atif.files.filter(isResult).map(({ path }) => dirname(path)));
  for (const file of atif.files.filter(isResult)) {
    const folder = dirname(file.path);
    const isIn = ({ path }: { path: string }) => path.startsWith(`${folder}/`);
    const result = logs.some(isIn) && !trajectories.some(isIn) ? await resultIn(file) : null;
    if (result) trials.set(folder, result);
  }
  const files = atif.files.filter((file) => !isResult(file) || !trials.has(dirname(file.path)));
  const isOfVerifier = ({ path }: { path: string }) =>
    basename(dirname(path)) === "verifier" && folders.has(dirname(dirname(path)));
  return {
    groups: grouped.groups.map((group) => group === atif ? { ...atif, files } : group).filter(({ files: { length } }) =>
      length > 0
    ),
    unread: grouped.unread.filter((file) => !isOfVerifier(file)),
    passedOver: [
      ...grouped.passedOver,
      ...grouped.unread.filter(isOfVerifier).map(({ path }) => ({ path, why: "what a trial's verifier wrote" })),
    ],
    trials,
  };
}

/** Whether the sessions of a group are placed under their own names. */
const isPlaced = ({ format: { id, read } }: FileGroup) =>
  read.by === "messages" || (read.by === "reader" && id !== "imported");

/** Sessions with what their trial's result says of them, where they do not say it themselves; of several the first has it. */
export async function* gradedByTrials(items: AsyncIterable<PartsAt>, trials: Trials): AsyncGenerator<PartsAt> {
  const open = new Map(trials);
  for await (const item of items) {
    const folder = "parts" in item ? folderOf(item.source, open) : null;
    if (folder === null || !("parts" in item)) yield item;
    else {
      yield { ...item, parts: graded(item.parts, open.get(folder)!) };
      open.delete(folder);
    }
  }
}

function folderOf(path: string, trials: Trials): string | null {
  for (let folder = dirname(path);; folder = dirname(folder)) {
    if (trials.has(folder)) return folder;
    if (folder === dirname(folder)) return null;
  }
}

function graded(parts: RowParts, result: Json): RowParts {
  const { grades, ...about } = saidOfTrial(result);
  const isGraded = ["grades.success", "grades.score"].some((name) => isKnown(parts.columns[name]));
  const said = Object.entries({
    ...about,
    ...(isGraded ? {} : Object.fromEntries(Object.entries(grades).map(([name, value]) => [`grades.${name}`, value]))),
  }).filter(([name]) => !isKnown(parts.columns[name]));
  const origin = !isGraded && isKnown(grades.success) ? { origin: "official" as const } : {};
  return { ...parts, ...origin, columns: { ...parts.columns, ...Object.fromEntries(said) } };
}

const isKnown = (value: unknown) => value !== undefined && value !== null;
