import { deepEqual, equal, ok } from "node:assert/strict";
import { cellsOf, ratioWithin, sharedCells, sharedCounts, shareOrder, withinConfig } from "../../lib/analysis/mod.ts";
import { claimEvidence, officialRates, publishedPrices, replica } from "../../lib/study/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";

const cells = cellsOf((await replica()).sessions);

Deno.test("within config a failure takes more on SWE-bench, whatever pooling says", () => {
  const row = withinConfig(cells).find((r) => r.benchmark === "swebench" && r.measure === "tokens");
  ok(row && row.within.lo > 1 && row.pooled.lo < 1);
  equal(row.simpson, "appears");
  equal(row.configs + row.left_out, 10, "every config compares or is counted as left out");
});

Deno.test("a ratio within needs two clusters that compare, and something on both sides", () => {
  const row = { stratum: "s", cluster: "r", n1: 2, total1: 4, n2: 2, total2: 2 };
  equal(ratioWithin([row]), null);
  equal(ratioWithin([row, { ...row, cluster: "q", n1: 0, total1: 0 }])?.within.estimate, 2 * 4 / 2 / 2 * 1);
  equal(ratioWithin([{ ...row, total2: 0 }, { ...row, cluster: "q", total2: 0 }]), null);
  deepEqual(withinConfig([]), []);
});

Deno.test("the order of two shares is surer than their ratio", () => {
  const shared = sharedCounts(sharedCells(cells, officialRates()), "official");
  const order = shareOrder(shared, ["model", "harness"], { random: seededRandom(1) });
  ok(order && order.support > 0.97);
  ok(order.ratio_lo! < 2 && order.ratio_hi! > 50, "about ten times is anything from 1 to 100 times");
  ok(order.lo > 0 && order.estimate > order.lo && order.estimate < order.hi);
  equal(shareOrder(shared.map((r) => ({ ...r, k: 0 })), ["model", "harness"], { random: seededRandom(1) }), null);
});

Deno.test("winners and frontier among agents have no session of the customer's model", async () => {
  const found = claimEvidence(await replica(), officialRates(), publishedPrices());
  deepEqual(found.not_agents.map((m) => [m.model, m.sessions]), [["gpt-4.1", 564]]);
  const configs = [
    ...found.agents_frontier,
    ...found.agents_winners.flatMap((w) => [w.config, ...w.rivals.map((r) => r.config)]),
  ];
  ok(configs.length > 5 && configs.every((config) => !config.endsWith("gpt-4.1")));
  deepEqual(found.quoted_session.error_spans, 1);
});
