import { deepEqual, equal } from "node:assert/strict";
import { tokenSplit } from "../../lib/study/sources/token_split.ts";
import { blendAgainstExact } from "../../lib/analysis/mod.ts";
import { publishedPrices } from "../../lib/study/mod.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

Deno.test("the token split's input and output tokens add up to its totals", () => {
  for (const cell of tokenSplit()) equal((cell.inputTokens ?? 0) + (cell.outputTokens ?? 0), cell.tokens);
});

Deno.test("the published blend is within 2% of exact prices on the recorded token split", () => {
  const rows = blendAgainstExact(tokenSplit(), publishedPrices());
  deepEqual(rows.map((r) => r.model).sort(), ["deepseek-v3.2", "kimi-k2.5"]);
  for (const row of rows) equal(Math.abs((row.ratio ?? NaN) - 1) < 0.02, true, `${row.model}: ${row.ratio}`);
});

onRecorded("traces/v1-spans/expected.csv", "the token split counts the recorded sessions", async () => {
  const [head, ...lines] = (await Deno.readTextFile(sharedPath("traces/v1-spans/expected.csv"))).trim().split("\n");
  const column = (name: string) => head!.split(",").indexOf(name);
  const sum = (name: string) => lines.reduce((total, line) => total + Number(line.split(",")[column(name)]), 0);
  const total = (of: (c: ReturnType<typeof tokenSplit>[number]) => number | null) =>
    tokenSplit().reduce((all, cell) => all + (of(cell) ?? NaN), 0);
  equal(total((c) => c.sessions), lines.length);
  equal(total((c) => c.calls), sum("num_llm_calls"));
  equal(total((c) => c.inputTokens), sum("input_tokens"));
  equal(total((c) => c.outputTokens), sum("output_tokens"));
});
