/**
 * Writes the invented example beside it: `deno run --allow-read --allow-write data/examples/make.ts`. No agent ran, no task
 * was tried; suites, harnesses, models and numbers are made up, from one seed.
 *
 * @module
 */
import { configName, type Label, rowOfSession, type Session, type Verdict } from "agent-trace-lab/model";
import { seededRandom } from "agent-trace-lab/stats";
import { rootRowId } from "agent-trace-lab/traces";

const random = seededRandom(20260107);
const chance = (p: number) => random() < p;
const between = (lo: number, hi: number) => Math.round(lo + (hi - lo) * random());
const SKILL: Record<string, number> = { ladder: 0.25, loop: -0.25, "finch-2": 0.35, "heron-1": -0.3 };
const DAY_MS = 86_400_000;
const first = Date.UTC(2026, 0, 5, 9);

const sessions: { session: Session; solved: 0 | 1 }[] = [];
for (const [benchmark, repeated] of [["invoices", 2], ["tickets", 1]] as const) {
  for (let task = 1; task <= 25; task++) {
    const ease = task <= 2 ? -9 : task <= 5 ? 3 : 2.4 * random() - 1.1;
    for (const harness of ["ladder", "loop"]) {
      for (const model of ["finch-2", "heron-1"]) {
        for (let trial = 1; trial <= repeated; trial++) {
          const odds = ease + 1.4 * (SKILL[harness]! + SKILL[model]!) + (benchmark === "tickets" ? -0.3 : 0.2);
          const solved = chance(1 / (1 + Math.exp(-odds))) ? 1 : 0;
          sessions.push({ session: sessionOf({ benchmark, harness, model, task, trial, solved }), solved });
        }
      }
    }
  }
}

function sessionOf(
  of: { benchmark: string; harness: string; model: string; task: number; trial: number; solved: 0 | 1 },
): Session {
  const { benchmark, harness, model, task, trial, solved } = of;
  const week = 1 + (task + 2 * trial) % 6;
  const sessionId = `${benchmark}-${String(task).padStart(2, "0")}-${harness}-${model}-${trial}`;
  const calls = between(4, solved ? 18 : 34);
  const inputTokens = calls * between(1800, 4200);
  const outputTokens = calls * between(90, 320);
  const tokensKnown = !chance(0.03);
  const durationS = calls * between(4, 11);
  const success: Verdict = chance(0.04) ? null : chance(solved ? 0.93 : 0.86) ? solved : solved === 1 ? 0 : 1;
  return {
    sessionId,
    id: rootRowId(sessionId),
    run: `week-${week}`,
    taskId: `${benchmark}-${String(task).padStart(2, "0")}`,
    trial: String(trial),
    benchmark,
    harness,
    deployment: model,
    model,
    success,
    // Invoices have a checker of their own; tickets have none.
    officialSuccess: benchmark === "invoices" ? solved : null,
    gradeOrigin: benchmark === "invoices" ? "program" : null,
    totalTokens: tokensKnown ? inputTokens + outputTokens : null,
    inputTokens: tokensKnown ? inputTokens : null,
    cachedTokens: null,
    cacheWriteTokens: null,
    outputTokens: tokensKnown ? outputTokens : null,
    reasoningTokens: null,
    tokensEstimated: false,
    calls,
    startedAt: new Date(first + (7 * (week - 1) + task % 5) * DAY_MS + between(0, 25_000) * 1000).toISOString(),
    durationS,
    wallClockS: durationS,
    toolErrors: between(0, solved ? 3 : 8),
    errorSpans: solved || !chance(0.08) ? 0 : 1,
    failureMode: null,
    judgeModel: success === null ? null : "owl-1",
    judgeConfidence: success === null ? null : chance(0.7) ? "high" : chance(0.6) ? "medium" : "low",
    judgeReasoning: null,
    judgeReliability: null,
    recordedUsd: null,
  };
}

const labels = sessions.filter(() => chance(0.17)).map(({ session, solved }, i): Label => ({
  session_id: session.sessionId,
  rater: i % 3 ? "ada" : "ben",
  verdict: chance(0.06) ? null : solved,
  mode: null,
  comment: null,
  at: new Date(first + 45 * DAY_MS + i * 60_000).toISOString(),
  sampling_probability: 0.17,
  stratum: configName(session.harness, session.model),
}));

const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
await Deno.writeTextFile(
  new URL("sessions.jsonl", import.meta.url),
  lines(sessions.map(({ session }) => rowOfSession(session))),
);
await Deno.writeTextFile(new URL("labels.jsonl", import.meta.url), lines(labels));
