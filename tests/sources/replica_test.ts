import assert from "node:assert/strict";
import cellsCsv from "../../data/cells.csv" with { type: "text" };
import golden from "../golden/judged.json" with { type: "json" };
import { checkRow, RowError, type Session } from "../../lib/model/mod.ts";
import { sessionSchema } from "../../lib/model/session_row.ts";
import { parseCsv } from "../../lib/io/csv.ts";
import { storedFacts } from "../../lib/study/sources/facts.ts";
import { replica, replicaSessions } from "../../lib/study/sources/replica.ts";
import { QUANTILE_PROBABILITIES } from "../../lib/study/sources/sample.ts";
import { quantile, total } from "./quantile.ts";

const { info, sessions, cells, distributions: facts } = await replica();

const QUANTITIES = {
  tokens: (s: Session) => s.totalTokens!,
  calls: (s: Session) => s.calls,
  tool_errors: (s: Session) => s.toolErrors!,
  error_spans: (s: Session) => s.errorSpans,
  duration_s: (s: Session) => s.durationS,
};
/** Sums of seconds; recorded ends of seconds are rounded to six places. */
const SUM_RTOL = 1e-9;
const END_ATOL = 5e-7;
/** Quantiles within a group, relative to the group's own value; counts also to within one. */
const QUANTILE_RTOL = 0.005;
/** Quartiles of groups pooled. */
const QUARTILE_RTOL = 0.1;

const groupOf = (s: Session) =>
  [s.benchmark, s.harness, s.deployment, s.run, s.failureMode ?? (s.success === 1 ? "success" : "unscored")].join();
const groups = Map.groupBy(sessions, groupOf);
const rows = parseCsv(cellsCsv, "data/cells.csv");
const sessionsOf = (row: Record<string, string>) =>
  groups.get([row.benchmark, row.harness, row.deployment, row.run, row.outcome].join()) ?? [];

Deno.test("the replica has the judged table's totals", () => {
  const scored = sessions.filter((s) => s.success !== null);
  assert.deepEqual({
    sessions: sessions.length,
    scored: scored.length,
    successes: scored.filter((s) => s.success === 1).length,
    llm_calls: total(sessions.map((s) => s.calls)),
    tokens: total(sessions.map((s) => s.totalTokens!)),
  }, golden.totals);
  assert.equal(info.sessions, 1781);
});

Deno.test("every session passes the model's check, and every group has its n sessions", () => {
  sessions.forEach((session, i) => checkRow(sessionSchema, session, "replica", i));
  assert.equal(groups.size, rows.length);
  for (const row of rows) assert.equal(sessionsOf(row).length, Number(row.n));
});

Deno.test("in every group sums, minima and maxima are those recorded, and the quantiles close", () => {
  for (const row of rows) {
    for (const [quantity, of] of Object.entries(QUANTITIES)) {
      const values = sessionsOf(row).flatMap((s) => of(s) ?? []);
      const recorded = (suffix: string) => Number(row[`${quantity}_${suffix}`]);
      const where = `${row.run} ${row.outcome} ${quantity}`;
      if (quantity === "duration_s") {
        assert.ok(Math.abs(total(values) - recorded("sum")) <= SUM_RTOL * recorded("sum"), where);
        assert.ok(Math.abs(values[0]! - recorded("min")) <= END_ATOL, where);
        assert.ok(Math.abs(values.at(-1)! - recorded("max")) <= END_ATOL, where);
      } else {
        assert.equal(total(values), recorded("sum"), where);
        assert.equal(values[0], recorded("min"), where);
        assert.equal(values.at(-1), recorded("max"), where);
      }
      assert.ok(values.every((v, i) => i === 0 || v >= values[i - 1]!), `${where} does not ascend`);
      QUANTILE_PROBABILITIES.slice(1, -1).forEach((p, i) => {
        const want = recorded(["p10", "p25", "p50", "p75", "p90"][i]!);
        assert.ok(Math.abs(quantile(values, p) - want) <= Math.max(1, QUANTILE_RTOL * want), `${where} at ${p}`);
      });
    }
  }
});

Deno.test("failed sessions' token quartiles by benchmark and harness are within a tenth of the recorded ones", () => {
  // Two runs of 17 and 14 sessions whose quantiles leave a wide gap just where the pooled median falls.
  const looser = new Map([["tau2_airline tool_calling median", 0.2]]);
  for (const box of golden.failed_tokens_by_cell) {
    const failed = sessions.filter((s) => s.success === 0 && s.benchmark === box.benchmark && s.harness === box.harness)
      .map((s) => s.totalTokens!);
    assert.equal(failed.length, box.n);
    for (const [key, p] of [["q1", 0.25], ["median", 0.5], ["q3", 0.75]] as const) {
      const where = `${box.benchmark} ${box.harness} ${key}`;
      const off = Math.abs(quantile(failed, p) / box[key] - 1);
      assert.ok(off <= (looser.get(where) ?? QUARTILE_RTOL), `${where} is off by ${off}`);
    }
  }
});

Deno.test("the replica is the same every time, names its sessions as rebuilt, and says what it is", async () => {
  assert.deepEqual(await replica(), { info, held: "all", sessions, cells, distributions: facts });
  assert.equal(new Set(sessions.map((s) => s.sessionId)).size, sessions.length);
  assert.ok(sessions.every((s) => s.sessionId.startsWith(`${s.run}_replica-`)));
  assert.match(info.sentence, /rebuilt .* not recorded data/);
  assert.equal(info.sha256, "b9d9d27589b94127e5b379d2fdca3f797393c800399e4fd10f497454b2848b18");
});

Deno.test("the stored facts count what the sessions cannot carry", () => {
  assert.ok(Math.abs(facts.thresholds!.tokensP90! / golden.failures.tokens_p90 - 1) < SUM_RTOL);
  assert.equal(facts.thresholds!.callsP90, golden.failures.calls_p90);
  assert.equal(total(facts.judge!.map((c) => c.n)), 1781);
  assert.equal(total(facts.judge!.filter((c) => c.verdict === 1).map((c) => c.n)), 1140);
  assert.ok(facts.termCounts!.every((t) => t.reasons <= t.failures));
  assert.equal(storedFacts().shortlisting.sessions, 82);
});

const [header, first] = cellsCsv.split("\r\n") as [string, string];
const broken: [name: string, csv: string, message: RegExp][] = [
  ["an outcome nobody knows", `${header}\n${first.replace("success", "luck")}`, /row 0, field "outcome".*"luck"/],
  [
    "a sum out of reach",
    `${header}\n${first.replace("19882732", "1")}`,
    /row 0, field "tokens": expected a sum between/,
  ],
  ["a missing column", `${header.replace("calls_p10", "x")}\n${first}`, /row 0, field "calls_p10".*found nothing/],
];
for (const [name, csv, message] of broken) {
  Deno.test(`a table of groups with ${name} is an error that names row and field`, () => {
    assert.throws(() => replicaSessions(csv), (error) => error instanceof RowError && message.test(error.message));
  });
}
