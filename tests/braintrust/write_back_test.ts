import { deepEqual, equal } from "node:assert/strict";
import {
  type BraintrustRow,
  folderRows,
  openJournal,
  pushRows,
  type RowVerdict,
  writeBackRows,
} from "../../lib/braintrust/mod.ts";
import { insertRows } from "../../lib/braintrust/insert.ts";
import { writeBackRow } from "../../lib/braintrust/write_back.ts";
import { type Given, PROJECT, someRows, withServer, writeFolder } from "./given.ts";

const verdict = (success: RowVerdict["success"]): RowVerdict => ({
  success,
  metadata: {
    judge_model: "gpt-4.1",
    judge_confidence: "high",
    judge_reasoning: "It says the title.",
    judge_evidence: [2],
  },
});

async function push({ client, project, dir, journal: path }: Given, verdicts: Map<string, RowVerdict>) {
  const journal = await openJournal(path, project.id);
  try {
    return await pushRows(
      writeBackRows(folderRows(dir), verdicts),
      (rows) => insertRows(client, { projectLogs: project.id }, rows),
      journal,
    );
  } finally {
    journal.close();
  }
}

const rowOf = ({ server }: Given, id: string) => server.logs(PROJECT).get(id) as unknown as BraintrustRow;

withServer("a verdict is written back and nothing else changes, byte for byte", {}, async (given) => {
  const rows = someRows();
  await writeFolder(given.dir, rows);
  await push(given, new Map());
  const before = new Map([...given.server.logs(PROJECT)].map(([id, row]) => [id, structuredClone(row)]));
  const { sent, unchanged } = await push(given, new Map([["run1_1", verdict(1)], ["run2_2", verdict(0)]]));
  deepEqual([sent, unchanged], [2, 7]);
  equal(given.server.logs(PROJECT).size, rows.length);
  for (const [id, row] of given.server.logs(PROJECT)) {
    for (const field of ["input", "output", "metrics", "error", "created", "span_attributes", "span_parents"]) {
      equal(JSON.stringify(row[field]), JSON.stringify(before.get(id)![field]), `${field} of ${id}`);
    }
    const kept = Object.entries(row["metadata"] as object).filter(([key]) => !key.startsWith("judge_"));
    equal(JSON.stringify(Object.fromEntries(kept)), JSON.stringify(before.get(id)!["metadata"]));
  }
  deepEqual(rowOf(given, rows[0]!.id).scores, { task_success: 1 });
  deepEqual(rowOf(given, rows[3]!.id).scores, { task_success: 0 });
  deepEqual(rowOf(given, rows[6]!.id).scores, {});
  equal(rowOf(given, rows[0]!.id).metadata["judge_reasoning"], "It says the title.");
  equal((await push(given, new Map([["run1_1", verdict(1)], ["run2_2", verdict(0)]]))).sent, 0);
});

Deno.test("a verdict of null leaves no score behind: not 0, and not the one that was there", () => {
  const root = { ...someRows()[0]!, scores: { task_success: 0, official_success: 1 } };
  deepEqual(writeBackRow(root, verdict(null)).scores, { official_success: 1 });
  equal(writeBackRow(root, verdict(null)).metadata["judge_model"], "gpt-4.1");
});

Deno.test("a later verdict replaces all that an earlier one said", () => {
  const judged = writeBackRow(someRows()[0]!, { success: 1, metadata: { judge_model: "a", judge_panel: [1, 2] } });
  const again = writeBackRow(judged, { success: 0, metadata: { judge_model: "b" } });
  equal("judge_panel" in again.metadata, false);
  deepEqual([again.metadata["judge_model"], again.scores], ["b", { task_success: 0 }]);
});
