/**
 * Sessions that a team could have recorded: names of its own, scores of its own, nothing of the study. By arithmetic alone, so
 * that every run makes the same ones.
 *
 * @module
 */
import type { Session } from "../../lib/model/mod.ts";
import { session } from "../analysis/sessions.ts";

const SUITES = ["invoice triage", "support chat"];
const HARNESSES = ["planner", "plain loop", "retriever v2"];
const MODELS = ["house-7b", "house-70b"];
const REASONS = [
  "The agent booked the wrong account and never checked the ledger.",
  "The refund was promised without looking at the order.",
  "It repeated the same search until it ran out of turns.",
  "The invoice total was copied from the wrong page.",
];

/** A number from 0 up to 1 that looks random and depends on `i` and `salt` alone. */
const mixed = (i: number, salt: number) => ((i + 1) * 7919 * salt + salt * 104_729) % 10_007 / 10_007;

/** The `i`-th session. Success depends on suite, harness and model; failures take more tokens in one suite, fewer in the other. */
export function ownSession(i: number, fields: Partial<Session> = {}): Session {
  const [b, h, m] = [i % 2, Math.floor(i / 2) % 3, Math.floor(i / 6) % 2];
  const success = mixed(i, 3) < 0.35 + 0.2 * b + 0.1 * h + 0.08 * m ? 1 : 0;
  const calls = 3 + Math.floor(20 * mixed(i, 5)) + (success === 0 ? (b === 0 ? 10 : 0) : 2);
  return session({
    sessionId: `night-${i % 9}_${i}`,
    benchmark: SUITES[b]!,
    harness: HARNESSES[h]!,
    deployment: MODELS[m]!,
    success,
    totalTokens: calls * (900 + Math.floor(700 * mixed(i, 7))),
    calls,
    durationS: calls * (2 + mixed(i, 11)),
    toolErrors: Math.floor(7 * mixed(i, 13)),
    errorSpans: mixed(i, 17) < 0.1 ? 1 : 0,
    ...fields,
  });
}

/** `count` of them. */
export function ownSessions(count: number, fields: (i: number) => Partial<Session> = () => ({})): Session[] {
  return Array.from({ length: count }, (_, i) => ownSession(i, fields(i)));
}

/** What a judge said of a session: a reason of few words, a confidence, and a grade that is mostly the verdict. */
export function ownJudgement(i: number): Partial<Session> {
  const verdict = ownSession(i).success;
  return {
    judgeModel: "house-judge",
    judgeConfidence: mixed(i, 19) < 0.6 ? "high" : mixed(i, 23) < 0.5 ? "medium" : "low",
    judgeReasoning: REASONS[Math.floor(REASONS.length * mixed(i, 29))]!,
    judgeFailingCall: verdict === 0 ? 1 + Math.floor(3 * mixed(i, 37)) : null,
    judgeFailingQuote: verdict === 0 && mixed(i, 41) < 0.8 ? "the key does not fit" : null,
    gradeOrigin: "human",
    officialSuccess: mixed(i, 31) < 0.85 ? verdict : verdict === 1 ? 0 : 1,
  };
}
