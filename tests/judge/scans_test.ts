import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { scanRows } from "../../lib/analysis/mod.ts";
import {
  buildPrompt,
  exampleSession,
  panelVerdicts,
  programScans,
  readAnswers,
  rubricFor,
  SCAN_MODES,
  scanOf,
  SCANS,
  scansNamed,
  transcriptOf,
} from "../../lib/judge/mod.ts";
import { checkRow, type Label, labelSchema, type TraceRow } from "../../lib/model/mod.ts";
import { sessionsOf } from "../analysis/sessions.ts";
import { ended, startJudge, writeSessions } from "../support/judge_task.ts";
import { atl } from "../support/atl.ts";
import { answer, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { calls, returns, says, session, smallSession, span } from "../support/sessions.ts";
import { judgeVerdict } from "../support/verdict.ts";

/** A session that asks a tool for these, one a call. */
function asking(...args: Record<string, unknown>[]): TraceRow {
  const history = [says("user", "Find the key.")];
  const spans = args.map((arg, k) => {
    const call = calls(`c${k}`, "search", arg);
    const made = span(k, [...history], [call]);
    history.push(call, returns(`c${k}`, "nothing"));
    return made;
  });
  return session(spans, { sessionId: "s1" });
}

const found = (row: TraceRow, scan: string) => {
  const one = programScans(row).find((finding) => finding.scan === scan)!;
  return [one.found, one.call];
};

Deno.test("a program finds loops by three same steps in a row, and says at which call", () => {
  deepEqual(found(asking({ q: "key" }, { q: "key" }, { q: "key" }), "loops"), [1, 3]);
  deepEqual(found(asking({ q: "key" }, { q: "key" }, { q: "lock" }, { q: "key" }), "loops"), [0, null]);
  deepEqual(found(asking({ page: 1 }, { page: 2 }, { page: 3 }), "loops"), [0, null]);
});

Deno.test("a session that calls no tool did nothing where tools were offered, and cannot be told where none were", () => {
  const talks = session([span(0, [says("user", "Find the key.")], [says("assistant", "I would look for it.")])]);
  const offering = (tools: string | null) => ({
    ...talks,
    spans: talks.spans.map((one) => ({ ...one, toolDefinitions: tools })),
  });
  for (const none of [null, "[]", " [ ] "]) deepEqual(found(offering(none), "do_nothing"), [null, null]);
  deepEqual(found(offering('[{"name":"search"}]'), "do_nothing"), [1, null]);
  deepEqual(found(asking({ q: "key" }), "do_nothing"), [0, null]);
});

Deno.test("a refusal is what the provider says of an answer, and unknown where it says nothing", () => {
  const row = asking({ q: "a" }, { q: "b" });
  const ending = (...reasons: (string[] | null)[]): TraceRow => ({
    ...row,
    spans: row.spans.map((one, i) => ({ ...one, finishReasons: reasons[i]! })),
  });
  deepEqual(found(ending(["stop"], ["content_filter"]), "refused"), [1, 2]);
  deepEqual(found(ending(["stop"], ["tool_calls"]), "refused"), [0, null]);
  deepEqual(found(ending(null, null), "refused"), [null, null]);
});

Deno.test("scans ask whether something is there, and leave the question of success as it was", () => {
  equal(SCANS.length, 6);
  const transcript = transcriptOf(exampleSession());
  for (const scan of SCANS) {
    const { system, user } = buildPrompt(transcript, scan, 1000);
    match(system, /whether something is present/);
    match(system, /never addressed to you/);
    match(user, /What to look for: .*Is what you were asked to look for there\?/s);
    ok(scan.source);
  }
  const { system, user } = buildPrompt(transcript, rubricFor("any"), 1000);
  match(system, /accomplished its task/);
  match(user, /Did the session accomplish the task\?/);
  throws(() => scansNamed(["loop"]), /there is no scan loop; there are reward_hacking/);
  deepEqual([scanOf("scan.loops"), scanOf("general")], ["loops", null]);
});

Deno.test("what a scan found is no verdict", () => {
  const scan = judgeVerdict("s1", 1, { rubric: "scan.loops" });
  deepEqual(panelVerdicts([scan, judgeVerdict("s1", 0)]).map(({ success, verdicts }) => [success, verdicts.length]), [[
    0,
    1,
  ]]);
});

Deno.test("scans are held against outcomes and labels, with intervals", () => {
  const sessions = sessionsOf(20, 10);
  const all = sessions.map(({ sessionId, success }, i) => ({
    sessionId,
    scan: "loops",
    by: "program",
    found: i === 0 ? null : success === 0 ? 1 as const : 0 as const,
    call: null,
  }));
  const label = (i: number, mode: string | null) =>
    checkRow<Label>(labelSchema, { session_id: sessions[i]!.sessionId, mode }, "labels", i);
  const failed = sessions.flatMap(({ success }, i) => success === 0 && i > 0 ? [i] : []);
  const [row] = scanRows(all, sessions, [
    label(failed[0]!, "loops"),
    label(failed[1]!, "refused"),
    label(failed[2]!, null),
  ]);
  equal(row!.unknown, 1);
  equal(row!.of_failures!.rate, 1);
  equal(row!.of_successes!.rate, 0);
  equal(row!.difference!.estimate, 1);
  ok(row!.difference!.lo > 0.5);
  deepEqual([row!.precision!.k, row!.precision!.n, row!.recall!.k, row!.recall!.n, row!.labelled], [1, 2, 1, 1, 2]);
  // A mode of another name that means the same counts.
  const [renamed] = scanRows(all, sessions, [label(failed[0]!, "repeated_steps")], SCAN_MODES);
  deepEqual([renamed!.precision!.k, renamed!.precision!.n], [1, 1]);
  const [alone] = scanRows(all, [], []);
  deepEqual([alone!.of_failures, alone!.difference, alone!.precision], [null, null, null]);
});

needs(
  ["read", "write", "run", "net", "env"],
  "judge --scan asks every scan of every session, and scans tells what was found",
  async () => {
    const folder = await Deno.makeTempDir();
    const server = startLlmServer(({ body }) => ({
      text: answer(JSON.stringify(body).includes("went round in circles") ? 1 : 0),
    }));
    try {
      const traces = `${folder}/traces.jsonl`;
      await writeSessions(traces, [smallSession(1), smallSession(2)]);
      const out = `${folder}/scans.jsonl`;
      const run = await ended(
        startJudge([traces, "--scan", "all", "--out", out, "--model", "gpt-4o", "--yes", "--max-usd", "9"], server.url),
      );
      equal(run.code, 0, run.stderr);
      const verdicts = await readAnswers(out);
      equal(verdicts.length, 12);
      deepEqual(panelVerdicts(verdicts), []);
      const { code, out: said, err } = await atl(["scans", traces, "--found", out, "--json"]);
      equal(code, 0, err);
      const rows = JSON.parse(said) as {
        scan: string;
        by: string;
        share: { k: number; n: number };
      }[];
      const loops = rows.find(({ scan, by }) => scan === "loops" && by === "gpt-4o")!;
      deepEqual([loops.share.k, loops.share.n], [2, 2]);
      equal(rows.filter(({ by }) => by === "program").length, 3);
      const wrong = await ended(startJudge([traces, "--scan", "looops", "--plan"], server.url));
      deepEqual([wrong.code, /there is no scan looops; there are/.test(wrong.stderr)], [2, true]);
      ok(!/rubric/.test(run.stdout + run.stderr));
      // A file of scans is no file of verdicts: what stands in the source is not dropped for it.
      const report = await atl(["report", "--source", traces, "--verdicts", out, "--out", `${folder}/r.html`]);
      equal(report.code, 1);
      match(report.err, /scans\.jsonl.*holds scans or facets and no verdict on success/);
    } finally {
      await server.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);
