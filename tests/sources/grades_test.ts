import { deepEqual } from "node:assert/strict";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { countsText } from "../../lib/sources/notes_text.ts";
import { inFolder } from "../support/folder.ts";
import { needs } from "../support/needs.ts";

const messages = [{ role: "user", content: "hi" }, { role: "assistant", content: "yo" }];
const values = (...all: (number | string)[]) => Object.fromEntries(all.map((value, i) => [`s${i}`, { value }]));
const sample = (id: number, scores: unknown) => ({ id, epoch: 1, messages, scores });
const score = (value: number, name = "success") => ({ id: `${name}${value}`, name, value, source: "API" });
const trace = (id: string, ...scores: unknown[]) => ({
  trace: { id, timestamp: "2026-01-01T00:00:00Z", scores },
  observations: [{ id: `${id}1`, traceId: id, type: "GENERATION", startTime: "2026-01-01T00:00:00Z", model: "m" }],
});

const FILES: Record<string, unknown[]> = {
  "inspect.json": [{
    eval: { task: "t", model: "m", run_id: "r" },
    samples: [sample(1, values("C", "I")), sample(2, values("I", 0)), sample(3, values("I", 0.5))],
  }],
  "langfuse.jsonl": [
    trace("a", score(1), score(0, "correct")),
    trace("b", score(0), score(0, "resolved")),
    trace("c", score(0), score(0.4, "score")),
  ],
  "chat.jsonl": [
    { id: "a", messages, resolved: true, success: false },
    { id: "b", messages, resolved: false, success: "no" },
    { id: "c", messages, success: 0, reward: 0.3 },
  ],
};

for (const [name, documents] of Object.entries(FILES)) {
  needs(
    ["read", "write", "env", "sys"],
    `${name}: of grades that contradict each other the first is taken, and it is said`,
    () =>
      inFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/${name}`, documents.map((one) => JSON.stringify(one)).join("\n"));
        const traces = await openTraces(`${folder}/${name}`);
        const rows = await Array.fromAsync(traces.rows());
        deepEqual(rows.map((row) => isFault(row) ? row.fault : row.grades?.success), [1, 0, 0]);
        deepEqual(
          countsText(traces.notes().repaired),
          "1 session whose grades contradict each other (the first is taken)",
        );
      }),
  );
}
