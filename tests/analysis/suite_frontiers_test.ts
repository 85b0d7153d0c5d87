import { deepEqual, equal, ok } from "node:assert/strict";
import { suiteFrontiers } from "../../lib/analysis/mod.ts";
import { cellsOf } from "../../lib/analysis/counts/cells.ts";
import type { OfficialRate, Prices } from "../../lib/model/mod.ts";
import { ownSessions } from "../support/own.ts";
import { datasetOf } from "./sessions.ts";

const cells = cellsOf(datasetOf(ownSessions(360)));
const rates = (input: number) => ({ input, cached_input: null, output: input, output_share: 0.1, open_weights: null });
const prices: Prices = {
  source: "invented",
  as_of: "2026-01-05",
  unit: "USD per million tokens",
  models: { "house-7b": rates(1), "house-70b": rates(10) },
};

const grade = (harness: string, officialRate: number, repeatsAnother = false): OfficialRate => ({
  benchmark: "support chat",
  harness,
  model: "house-7b",
  n: 100,
  k: 100 * officialRate,
  officialRate,
  steps: 5,
  agentUsd: 1,
  repeatsAnother,
});

Deno.test("each suite has a frontier of its own, and where grades are given one as graded at the same costs", () => {
  const found = suiteFrontiers(cells, prices, [grade("planner", 0.9), grade("plain loop", 0.2)]);
  deepEqual(found.map(({ benchmark }) => benchmark), ["invoice triage", "support chat"]);
  equal(found[0]!.official.length, 0);
  const { judged, official } = found[1]!;
  ok(judged.some((row) => row.on_frontier) && judged.length === 6);
  deepEqual(
    new Set(official.map(({ config, macro }) => `${config} ${macro}`)),
    new Set([
      "planner · house-7b 0.9",
      "plain loop · house-7b 0.2",
    ]),
  );
  for (const row of official) {
    equal(row.usd_per_task, judged.find((one) => one.config === row.config)?.usd_per_task);
    equal(row.n, 100);
  }
  ok(official.find((row) => row.macro === 0.9)!.on_frontier);
});

Deno.test("one graded config is no frontier, nor is a row that repeats another; without prices there is none", () => {
  const [, chat] = suiteFrontiers(cells, prices, [grade("planner", 0.9), grade("plain loop", 0.2, true)]);
  deepEqual(chat!.official, []);
  deepEqual(suiteFrontiers(cells, { ...prices, models: {} }, []), []);
});
