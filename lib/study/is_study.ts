import type { Dataset } from "../model/mod.ts";
import { cellsOf } from "../analysis/counts/cells.ts";
import { replicaSessions } from "./sources/replica.ts";
import cellsCsv from "../../data/cells.csv" with { type: "text" };

/**
 * Whether a dataset holds the study's rows, whatever holds them: the judged table, the replica, or either of them in an
 * engine. It is told from the counts (sessions by benchmark, harness, deployment, run and verdict), which both have alike. A
 * slice of the study is not the study: what was published was said of the whole.
 */
export function isStudy(dataset: Dataset): boolean {
  const found = cellsOf(dataset);
  if (found.length !== counts().size) return false;
  return found.every((cell) => counts().get(keyOf(cell)) === cell.sessions);
}

let known: Map<string, number> | null = null;

function counts(): Map<string, number> {
  known ??= new Map(cellsOf(replicaSessions(cellsCsv)).map((cell) => [keyOf(cell), cell.sessions]));
  return known;
}

type Named = Pick<ReturnType<typeof cellsOf>[number], "benchmark" | "harness" | "deployment" | "run" | "verdict">;

const keyOf = ({ benchmark, harness, deployment, run, verdict }: Named) =>
  JSON.stringify([benchmark, harness, deployment, run, verdict]);
