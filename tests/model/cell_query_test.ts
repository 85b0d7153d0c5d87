import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { CELL_SUMS, RowError } from "../../lib/model/mod.ts";
import { sessionSchema } from "../../lib/model/session_row.ts";
import { cellOfGroup, cellQuery, compareCells } from "../../lib/model/cell_query.ts";

const { select, groupBy } = cellQuery((field) => `"${field}"`);

/** A row as an engine answers: 64-bit numbers as text. */
const row = (over: Record<string, unknown> = {}) => ({
  by_benchmark: "swebench",
  by_harness: "claude_code",
  by_deployment: "aws/claude-opus-4-5",
  by_model: "claude-opus-4-5",
  by_run: "r1",
  by_verdict: 1,
  n_sessions: "3",
  ...Object.fromEntries(
    CELL_SUMS.flatMap(({ name }) => [[`sum_${name}`, "60"], [`n_${name}`, "3"], [`min_${name}`, "10"]]),
  ),
  ...over,
});

Deno.test("no alias of the query is the name of a session's field, which an engine could take for it", () => {
  const aliases = [...select.matchAll(/ AS (\w+)/g)].map(([, alias]) => alias!);
  equal(aliases.length, 6 + 1 + 3 * 9);
  deepEqual(aliases.filter((alias) => alias in sessionSchema.shape), []);
  match(groupBy, /^"benchmark", "harness", "deployment", "model", "run", "success"$/);
});

Deno.test("a field that an engine does not have is not asked for, and the model is told from the deployment", () => {
  const { select, groupBy } = cellQuery((field) => field === "model" ? null : field);
  ok(!select.includes("by_model") && !groupBy.includes("model"));
  const { by_model: _, ...without } = row({ by_deployment: "gcp/Gemini-3-pro-preview" });
  equal(cellOfGroup(without, "engine").model, "gemini-3-pro");
});

Deno.test("a group becomes a cell, numbers sent as text included", () => {
  deepEqual(cellOfGroup(row(), "engine"), {
    benchmark: "swebench",
    harness: "claude_code",
    deployment: "aws/claude-opus-4-5",
    model: "claude-opus-4-5",
    run: "r1",
    verdict: 1,
    sessions: 3,
    tokens: 60,
    tokensKnown: 3,
    inputTokens: 60,
    inputTokensKnown: 3,
    cachedTokens: 60,
    cachedTokensKnown: 3,
    cacheWriteTokens: 60,
    cacheWriteTokensKnown: 3,
    outputTokens: 60,
    outputTokensKnown: 3,
    reasoningTokens: 60,
    reasoningTokensKnown: 3,
    calls: 60,
    durationS: 60,
    durationKnown: 3,
    recordedUsd: 60,
    recordedUsdKnown: 3,
  });
});

Deno.test("a sum is of the sessions that know the value, null where none does, and no verdict is null", () => {
  const over = { n_cachedTokens: "2", n_tokens: "0", sum_tokens: null, min_tokens: null, by_verdict: null };
  const cell = cellOfGroup(row(over), "engine");
  deepEqual([cell.cachedTokens, cell.cachedTokensKnown], [60, 2]);
  deepEqual([cell.tokens, cell.tokensKnown], [null, 0]);
  equal(cell.verdict, null);
  deepEqual([cell.inputTokens, cell.inputTokensKnown], [60, 3]);
});

const faults: [string, Record<string, unknown>, RegExp][] = [
  ["a harness that is null", { by_harness: null }, /field "harness": expected a name, found null in 3 sessions/],
  ["an empty run", { by_run: "" }, /field "run": expected a name, found "" in 3 sessions/],
  [
    "a verdict of 2",
    { by_verdict: "2" },
    /field "success": expected a verdict of 0, 1 or null, found "2" in 3 sessions/,
  ],
  ["a verdict that is a word", { by_verdict: "yes" }, /field "success".*found "yes"/],
  [
    "calls that are missing",
    { n_calls: "2" },
    /field "calls": expected a number in each row, found null in 1 session$/,
  ],
  ["calls below 0", { min_calls: "-4" }, /field "calls": expected numbers of 0 and more, found -4/],
  ["seconds that are no number", { sum_durationS: "nan", min_durationS: "nan" }, /field "durationS".*found NaN/],
];
for (const [what, over, message] of faults) {
  Deno.test(`a group with ${what} is an error that names the field`, () => {
    throws(() => cellOfGroup(row(over), "engine"), (error) => {
      ok(error instanceof RowError);
      match(error.message, message);
      return true;
    });
  });
}

Deno.test("cells are ordered by their names, then failed, solved, unscored", () => {
  const cells = [null, 1, 0].map((by_verdict) => cellOfGroup(row({ by_verdict }), "engine"));
  const other = cellOfGroup(row({ by_benchmark: "appworld" }), "engine");
  deepEqual([...cells, other].sort(compareCells).map((c) => [c.benchmark, c.verdict]), [
    ["appworld", 1],
    ["swebench", 0],
    ["swebench", 1],
    ["swebench", null],
  ]);
});
