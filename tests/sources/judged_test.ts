import assert from "node:assert/strict";
import golden from "../golden/judged.json" with { type: "json" };
import { checkRow, RowError, type Session } from "../../lib/model/mod.ts";
import { sessionSchema } from "../../lib/model/session_row.ts";
import { JUDGED_TABLE, judgedSessions, judgedTable } from "../../lib/study/sources/judged.ts";
import { replica } from "../../lib/study/sources/replica.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
import { quantile, total } from "./quantile.ts";

const { host, pathname } = new URL(JUDGED_TABLE.url);
const table = `mirror/${host}${pathname}`;
const nowhere = { cacheDir: "/nonexistent/cache", mirrors: [] };

const row = {
  id: "8c0c322c-89ae-517c-99f6-179e1e620894",
  session_id: "18b5978679fb_18bc4fde",
  benchmark: "appworld",
  harness: "tool_calling",
  model: "gcp/gemini-3-pro-preview",
  task_success: null,
  total_tokens: 5,
  num_llm_calls: 1,
  duration: 2.5,
  has_errors: false,
  tool_error_count: 3,
  error_span_count: 0,
  judge_model: null,
  judge_confidence: null,
  judge_reasoning: null,
  judge_reliability: null,
  task: "appworld/18b5978679fb_18bc4fde",
};

Deno.test("a judged row becomes a session: run, family, tool errors; what the table does not say is null", () => {
  const [session] = judgedSessions(JSON.stringify([row]), "t.json") as [Session];
  checkRow(sessionSchema, session, "t.json", 0);
  assert.equal(session.run, "18b5978679fb");
  assert.equal(session.model, "gemini-3-pro");
  assert.equal(session.toolErrors, 3);
  assert.equal(session.success, null);
  assert.deepEqual([session.inputTokens, session.wallClockS, session.failureMode], [null, null, null]);
});

const faults: [name: string, text: string, message: RegExp][] = [
  ["text that is not JSON", "[{", /t\.json: expected a JSON array of rows/],
  ["an object", "{}", /t\.json: expected a JSON array of rows/],
  [
    "a verdict of 2",
    JSON.stringify([row, { ...row, task_success: 2 }]),
    /t\.json, row 1, field "task_success".*found 2/,
  ],
  ["tokens as text", JSON.stringify([{ ...row, total_tokens: "5" }]), /row 0, field "total_tokens".*found "5"/],
  ["no harness", JSON.stringify([{ ...row, harness: undefined }]), /row 0, field "harness".*found nothing/],
];
for (const [name, text, message] of faults) {
  Deno.test(`a judged table with ${name} is an error that names file, row and field`, () => {
    assert.throws(() => judgedSessions(text, "t.json"), (e) => e instanceof RowError && message.test(e.message));
  });
}

onRecorded(table, "the judged table read from a mirror has the golden totals", async () => {
  const { info, sessions, distributions } = await judgedTable({ ...nowhere, mirrors: [sharedPath("mirror")] });
  const scored = sessions.filter((s) => s.success !== null);
  assert.deepEqual({
    sessions: sessions.length,
    scored: scored.length,
    successes: total(scored.map((s) => s.success!)),
    llm_calls: total(sessions.map((s) => s.calls)),
    tokens: total(sessions.map((s) => s.totalTokens!)),
  }, golden.totals);
  assert.equal(info.sha256, JUDGED_TABLE.sha256);
  assert.deepEqual(distributions.stated, []);
});

onRecorded(
  table,
  "failed sessions' quartiles by harness: the replica's are within a tenth of the table's",
  async () => {
    const judged = await judgedTable({ ...nowhere, mirrors: [sharedPath("mirror")] });
    const rebuilt = await replica();
    // Five runs of very different sizes meet: the pooled first quartile falls into the gap between two of them.
    const looser = new Map([["openai_solo tokens 0.25", 0.3]]);
    const quantities = { tokens: (s: Session) => s.totalTokens!, "tool errors": (s: Session) => s.toolErrors! };
    for (const harness of new Set(judged.sessions.map((s) => s.harness))) {
      for (const [quantity, of] of Object.entries(quantities)) {
        const failed = (sessions: Session[]) =>
          sessions.filter((s) => s.success === 0 && s.harness === harness).map(of);
        for (const p of [0.25, 0.5, 0.75]) {
          const want = quantile(failed(judged.sessions), p);
          const off = Math.abs(quantile(failed(rebuilt.sessions), p) - want);
          const where = `${harness} ${quantity} ${p}`;
          assert.ok(off <= (looser.get(where) ?? 0.1) * want, `${where} is off by ${off} from ${want}`);
        }
      }
    }
  },
);
