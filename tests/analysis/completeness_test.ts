import { deepEqual, equal } from "node:assert/strict";
import { completeness, datasetOf, nextToLabel, where } from "../../lib/analysis/mod.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { needs } from "../support/needs.ts";

const EXAMPLE = new URL("../../data/examples/sessions.jsonl", import.meta.url).pathname;

needs(
  ["read", "env", "ffi", "sys"],
  "completeness counts who knows each field, from sessions and from cells alike",
  async () => {
    const dataset = await loadDataset(EXAMPLE);
    const lines = (await Deno.readTextFile(EXAMPLE)).trimEnd().split("\n").map((line) => JSON.parse(line));
    const rows = completeness(dataset);
    for (const { field, known, unknown } of rows) {
      equal(known, lines.filter((line) => (line[field] ?? null) !== null).length, field);
      equal(known + unknown, 300, field);
    }
    const counted = completeness({ ...where(dataset, {}), held: "none", sessions: null });
    for (const row of counted) deepEqual(row, rows.find(({ field }) => field === row.field));
    equal(
      counted.some(({ field }) => field === "success") && counted.some(({ field }) => field === "total_tokens"),
      true,
    );
  },
);

Deno.test("no sessions know nothing, and nothing is unknown", () => {
  const info = { name: "none", sha256: "", sessions: 0, sentence: "", caption: "" };
  equal(completeness(datasetOf(info, [])).every(({ known, unknown }) => known === 0 && unknown === 0), true);
});

Deno.test("where nobody judged, nothing is said to be labelled already", () => {
  const { next, reason } = nextToLabel([], [], 5, seededRandom(1));
  deepEqual(next, []);
  equal(/^No session has a judge's verdict/.test(reason), true, reason);
});
