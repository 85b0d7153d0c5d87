import { deepEqual, equal, match, ok } from "node:assert/strict";
import { agreement, correctedRates, joinOfficial } from "../../../lib/analysis/mod.ts";
import type { Session, Verdict } from "../../../lib/model/mod.ts";
import { loadDataset } from "../../../lib/engines/mod.ts";
import { seededRandom } from "../../../lib/stats/mod.ts";
import { aSession } from "../../support/a_session.ts";
import { needs } from "../../support/needs.ts";

const TINY = 1e-12;

const judged = (id: string, success: Verdict, fields: Partial<Session> = {}) =>
  aSession({ sessionId: id, run: id.split("_")[0] ?? "", success, judgeModel: "gpt-4o", ...fields });
const graded = (id: string, officialSuccess: Verdict, fields: Partial<Session> = {}) =>
  aSession({ sessionId: id, run: id.split("_")[0] ?? "", success: null, officialSuccess, ...fields });

const JUDGED = [
  judged("r1_a", 1),
  judged("r1_b", 1),
  judged("r1_c", 0),
  judged("r1_d", 0),
  judged("r1_e", 1),
  judged("r1_f", 0),
  judged("r1_e", 1),
  judged("r1_f", 1),
  judged("r2_a", 1, { model: "gpt-4.1", benchmark: "tau2_retail" }),
  judged("r3_a", null),
  judged("r4_a", 1),
];
const GRADED = [
  graded("r1_a", 1),
  graded("r1_b", 0),
  graded("r1_c", 1),
  graded("r1_d", 0),
  graded("r1_d", 0),
  graded("r1_e", 1),
  graded("r1_e", 0),
  graded("r1_z", 1),
  graded("r2_x", 0, { model: "gemini-3-pro", benchmark: "tau2_retail" }),
  graded("r3_a", 1),
  graded("r4_a", 1, { benchmark: "appworld" }),
];

Deno.test("the join counts what overlaps before anything is read from it", () => {
  const { coverage, sessions } = joinOfficial(JUDGED, GRADED);
  const { sentence, ...counts } = coverage;
  deepEqual(counts, {
    judged_sessions: 9,
    graded_sessions: 9,
    joined: 5,
    comparable: 4,
    by_run_only: 3,
    judged_runs: 4,
    runs_in_both: 3,
    repeated_judged: 2,
    repeated_graded: 2,
    conflicting_verdicts: ["r1_f"],
    conflicting_grades: ["r1_e"],
    mismatched: ["r4_a"],
  });
  match(sentence, /5 of 9 judged sessions/);
  equal(sessions.length, 9);
});

Deno.test("rows that disagree leave a session without a verdict or grade, never with one chosen", () => {
  const { sessions } = joinOfficial(JUDGED, GRADED);
  const find = (id: string) => sessions.find((s) => s.sessionId === id);
  deepEqual([find("r1_f")?.success, find("r1_e")?.officialSuccess], [null, null]);
  deepEqual([find("r1_d")?.success, find("r1_d")?.officialSuccess], [0, 0]);
  equal(find("r4_a")?.officialSuccess, null, "another benchmark under the same id is not joined");
});

Deno.test("a run that joins only as a run names the agent behind it", () => {
  const { runs } = joinOfficial(JUDGED, GRADED);
  const pair = runs.find((r) => r.run === "r2");
  deepEqual(
    [pair?.judged_model, pair?.graded_model, pair?.same_model, pair?.joined, pair?.graded_n],
    ["gpt-4.1", "gemini-3-pro", false, 0, 1],
  );
  equal(runs.some((r) => r.run === "r4"), false);
});

Deno.test("agreement counts verdicts by grades, over all and per benchmark x harness x judge", () => {
  const rows = agreement(joinOfficial(JUDGED, GRADED).sessions);
  deepEqual(rows.map((r) => [r.benchmark, r.judge, r.n, r.tp, r.fp, r.fn, r.tn]), [
    ["all", "all", 4, 1, 1, 1, 1],
    ["swebench", "gpt-4o", 4, 1, 1, 1, 1],
  ]);
  const [all] = rows;
  ok(Math.abs((all?.kappa?.estimate ?? NaN) - 0) < TINY && all?.gap.estimate === 0 && all.gap.p === 1);
  equal(all?.sensitivity?.rate, 0.5);
  deepEqual(agreement(JUDGED), [], "nothing to agree with");
});

Deno.test("without a joined grade nothing is corrected", () => {
  equal(correctedRates(JUDGED, "harness", { random: seededRandom(1) }), null);
});

const span = (id: string, extra: Record<string, unknown>) => ({
  trace_id: "t",
  span_id: id,
  parent_span_id: null,
  name: "chat",
  start_time: "2026-01-01T00:00:00Z",
  end_time: "2026-01-01T00:00:02Z",
  status: { code: 1, message: "" },
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "azure/Kimi-K2.5",
    "gen_ai.usage.input_tokens": 90,
    "gen_ai.usage.output_tokens": 10,
    "gen_ai.input.messages": "[]",
    "gen_ai.output.messages": "[]",
  },
  ...extra,
});
const row = (id: string, type: Record<string, unknown>, grades: Record<string, unknown> = {}) =>
  JSON.stringify({
    session_id: id,
    harness: "claude_code",
    benchmark: "swebench",
    models: ["azure/Kimi-K2.5"],
    collected_at: "2026-01-01",
    max_tokens: 100,
    total_tokens: 100,
    spans: [span(`${id}-1`, type)],
    ...grades,
  });

needs(
  ["read", "write", "env", "sys"],
  "a v1 and a v2 file that overlap in part are joined by session and by run",
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "atl-join-" });
    try {
      const v1 = ["a0000001_a", "a0000001_b", "a0000001_c", "a0000002_a"].map((id) => row(id, { type: "llm_call" }));
      const v2 = [["a0000001_a", true], ["a0000001_b", false], ["a0000002_x", true], ["a0000009_a", true]] as const;
      await Deno.writeTextFile(`${folder}/v1.jsonl`, v1.join("\n"));
      await Deno.writeTextFile(
        `${folder}/v2.jsonl`,
        v2.map(([id, success]) => row(id, {}, { success, score: Number(success), status: "success" })).join("\n"),
      );
      const verdicts: Record<string, Verdict> = { a0000001_a: 1, a0000001_b: 1, a0000001_c: 0, a0000002_a: 1 };
      const first = (await loadDataset(`${folder}/v1.jsonl`)).sessions!
        .map((s) => ({ ...s, success: verdicts[s.sessionId] ?? null }));
      const second = (await loadDataset(`${folder}/v2.jsonl`)).sessions!;
      const { coverage, sessions, runs } = joinOfficial(first, second);
      deepEqual([coverage.joined, coverage.by_run_only, coverage.runs_in_both], [2, 2, 2]);
      deepEqual(sessions.map((s) => s.officialSuccess), [1, 0, null, null]);
      equal(agreement(sessions)[0]?.fp, 1);
      equal(runs.find((r) => r.run === "a0000002")?.same_model, true);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
