import { deepEqual, equal, ok } from "node:assert/strict";
import {
  agentsAmong,
  cellsOf,
  contenders,
  harnessPanelTests,
  reportCard,
  reportCardTests,
} from "../../lib/analysis/mod.ts";
import { replica } from "../../lib/study/mod.ts";

const cells = cellsOf((await replica()).sessions);
const card = reportCard(cells).find(({ model }) => model === "gpt-4.1");
const of = (harness: string) => card?.bars.find((bar) => bar.harness === harness);

Deno.test("a harness's rate is the mean of its suites, and pooling turns an order that every suite has", () => {
  const [tool, smol] = [of("tool_calling"), of("smolagents_code")];
  ok(tool && smol && tool.pooled_rate > smol.pooled_rate && tool.rate < smol.rate);
  const rows = cells.filter((c) => c.model === "gpt-4.1" && c.harness === "tool_calling");
  const rate = (benchmark: string) => {
    const own = rows.filter((c) => c.benchmark === benchmark && c.verdict !== null);
    const n = own.reduce((sum, c) => sum + c.sessions, 0);
    return own.filter((c) => c.verdict === 1).reduce((sum, c) => sum + c.sessions, 0) / n;
  };
  ok(Math.abs(tool.rate - (rate("tau2_retail") + rate("tau2_telecom")) / 2) < 1e-12);
  ok(tool.lo < tool.rate && tool.rate < tool.hi);
});

Deno.test("ends of a card are compared within suites, corrected for all pairs; what pooling turns is named", () => {
  const tests = reportCardTests(cells);
  const test = tests.find(({ model }) => model === "gpt-4.1");
  deepEqual(test?.turned.map(({ first, second }) => [first, second]), [["smolagents_code", "tool_calling"]]);
  const opus = tests.find(({ model }) => model === "claude-opus-4-5");
  ok(opus && opus.p_holm > 0.05 && opus.difference.lo < 0, "12 points on one suite are within chance");
  deepEqual(reportCardTests([]), []);
});

Deno.test("the best among agents is asked of agents alone", () => {
  const { cells: agents, left_out } = agentsAmong(cells, ["gpt-4.1"]);
  deepEqual(left_out, [{ model: "gpt-4.1", sessions: 564 }]);
  ok(contenders(agents).every(({ model }) => model !== "gpt-4.1"));
  equal(agentsAmong(cells, []).cells.length, cells.length);
});

Deno.test("best and worst harness of a panel are told apart by Fisher's test, corrected for every pair of every panel", () => {
  const bar = (harness: string, n: number, k: number) => ({ harness, n, k, rate: k / n, lo: 0, hi: 1 });
  const panel = (model: string, ...bars: ReturnType<typeof bar>[]) => ({ benchmark: "sums", model, gap: 0, bars });
  const tests = harnessPanelTests([
    panel("m", bar("a", 10, 0), bar("b", 10, 5), bar("c", 10, 10)),
    panel("n", bar("a", 10, 5), bar("b", 10, 5)),
  ]);
  // 2 of the 184,756 ways to choose 10 of 20 are as far apart; four pairs were asked.
  ok(Math.abs(tests[0]!.p_holm - 4 * 2 / 184_756) < 1e-12);
  equal(tests[1]!.p_holm, 1);
});
