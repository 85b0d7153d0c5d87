import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  cellsOf,
  duplicateCells,
  duplicateCopies,
  duplicateGroups,
  duplicateRows,
  withoutCells,
} from "../../../lib/analysis/mod.ts";
import {
  auditVariants,
  customerEvidence,
  headlineVariants,
  judgedTable,
  longerThanRead,
  officialRates,
  reasonsOfTruncation,
  replica,
  runStructure,
  shortlistingReasons,
  shortSessions,
  storedFacts,
} from "../../../lib/study/mod.ts";
import { aSession } from "../../support/a_session.ts";
import { onRecorded, sharedPath } from "../../support/shared.ts";

Deno.test("gpt-4.1's sessions bear every sign of the simulated customer's calls, other models none", async () => {
  const cells = cellsOf((await replica()).sessions);
  const found = customerEvidence(cells, "gpt-4.1", officialRates());
  equal(found?.likelihood, "very likely");
  equal(found.signs.length, 4);
  equal(found.officially_graded, false);
  ok(found.only_customer_suites && (found.median_ratio ?? 0) > 10);
  for (const model of ["claude-opus-4-5", "gemini-3-pro", "kimi-k2.5"]) {
    equal(customerEvidence(cells, model, officialRates())?.likelihood, "no evidence", model);
  }
  equal(customerEvidence(cells, "nobody"), null);
});

const twin = { totalTokens: 500, calls: 3, durationS: 12.345678 };

Deno.test("sessions with the same tokens, calls and microseconds are one recording, and the scored one is kept", () => {
  const sessions = [
    aSession({ sessionId: "r_1", ...twin, success: null }),
    aSession({ sessionId: "r_2", ...twin, success: 1 }),
    aSession({ sessionId: "r_3", ...twin, harness: "tool_calling" }),
    aSession({ sessionId: "r_4", ...twin, durationS: 12.345679 }),
    aSession({ sessionId: "r_5", totalTokens: 0, calls: 0, durationS: 0 }),
    aSession({ sessionId: "r_6", totalTokens: 0, calls: 0, durationS: 0 }),
  ];
  const [group, ...others] = duplicateGroups(sessions);
  deepEqual([group?.kept, group?.copies, group?.conflicting, others.length], ["r_2", ["r_1"], true, 0]);
  deepEqual(duplicateCopies(sessions).map((s) => s.sessionId), ["r_1"]);
});

Deno.test("the stored copies of the replica are a part of its cells, and every variant of a headline has its sessions", async () => {
  const dataset = await replica();
  const cells = cellsOf(dataset.sessions), copies = duplicateCells(dataset) ?? [];
  const count = (rows: readonly { sessions: number }[]) => rows.reduce((sum, c) => sum + c.sessions, 0);
  equal(count(withoutCells(cells, copies)), count(cells) - count(copies));
  equal(duplicateRows(cells, copies).reduce((sum, r) => sum + r.copies, 0), count(copies));
  const rows = headlineVariants(auditVariants(dataset));
  ok(rows.every((r) => r.variant !== "all sessions" || r.holds));
  equal(new Set(rows.map((r) => r.variant)).size, 7);
  const [whole, once] = ["all sessions", "each recording once"].map((v) => rows.find((r) => r.variant === v)?.n ?? 0);
  equal((whole ?? 0) - (once ?? 0), count(copies.filter((c) => c.verdict !== null)));
});

Deno.test("taking away more than there is, is an error that names the cell", () => {
  const cells = cellsOf([aSession({})]);
  throws(() => withoutCells(cells, cells.map((c) => ({ ...c, sessions: 2 }))), /swebench.*2 of 1 sessions/);
  throws(() => withoutCells([], cells), /no such cell/);
});

const RECORDED = { mirrors: [sharedPath("mirror")] };

onRecorded(
  "mirror",
  "data/duplicates.csv is what the judged table shows, and its pairs share the judge's words",
  async () => {
    const judged = await judgedTable(RECORDED), stored = duplicateCells(await replica()) ?? [];
    const shape = (
      c: typeof stored[number],
    ) => [c.benchmark, c.harness, c.deployment, c.run, c.verdict, c.sessions, c.tokens];
    deepEqual(duplicateCells(judged)?.map(shape), stored.map(shape));
    const reason = new Map(judged.sessions.map((s) => [s.sessionId, s.judgeReasoning]));
    const groups = duplicateGroups(judged.sessions).filter((g) => !g.conflicting);
    equal(groups.filter((g) => reason.get(g.kept) === reason.get(g.copies[0] ?? "")).length, groups.length);
  },
);

onRecorded(
  "mirror",
  "reasons about the tool list are counted in the judged table as the stored fact says",
  async () => {
    deepEqual(shortlistingReasons(await judgedTable(RECORDED)), storedFacts().shortlisting);
    deepEqual(shortlistingReasons(await replica()), storedFacts().shortlisting);
  },
);

Deno.test("short sessions, long traces and complaints of truncation are counted by cell", () => {
  const sessions = [
    aSession({ sessionId: "r_1", calls: 2, success: 0 }),
    aSession({ sessionId: "r_2", calls: 3, judgeReasoning: "The log is truncated." }),
    aSession({ sessionId: "r_3", calls: 2, totalTokens: 40_000, success: null }),
  ];
  const config = "claude_code · gpt-4.1";
  const row = { benchmark: "swebench", config, sessions: 3 };
  deepEqual(shortSessions(sessions), [{ ...row, suspect: 2, n: 1, k: 0 }]);
  deepEqual(longerThanRead(sessions), [{ ...row, suspect: 1, n: 0, k: 0 }]);
  deepEqual(reasonsOfTruncation(sessions), [{ ...row, suspect: 1, n: 1, k: 1 }]);
  equal(reasonsOfTruncation(sessions.filter((s) => !s.judgeReasoning)), null);
});

Deno.test("61 runs fill 52 cells, 43 of them alone, and none mixes", async () => {
  deepEqual(runStructure((await replica()).sessions), { runs: 61, cells: 52, cells_of_one_run: 43, mixed: [] });
});
