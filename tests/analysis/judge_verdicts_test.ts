import { deepEqual, equal, ok } from "node:assert/strict";
import {
  agreement,
  correctedCoefficients,
  correctedRates,
  gradedVerdicts,
  joinOfficial,
  judgeAgreement,
  judgedSessions,
  labelPlan,
  verdictOrigins,
} from "../../lib/analysis/mod.ts";
import type { GradeOrigin, Session } from "../../lib/model/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { session } from "./sessions.ts";

/** `n` sessions whose verdict is the grade that came with them. */
const graded = (n: number, gradeOrigin: GradeOrigin | null = "official"): Session[] =>
  Array.from({ length: n }, (_, i) => {
    const grade = i % 3 ? 1 : 0;
    return session({ sessionId: `g_${i}`, success: grade, officialSuccess: grade, gradeOrigin });
  });
const judged = (sessions: Session[]) => sessions.map((s) => ({ ...s, judgeModel: "a judge" }));

Deno.test("a grade is never held against itself: no confusion, no kappa, no correction, nothing to label", () => {
  const sessions = graded(60);
  deepEqual(agreement(sessions), []);
  deepEqual(judgeAgreement(gradedVerdicts(sessions)), []);
  deepEqual(judgedSessions(sessions), []);
  equal(correctedRates(sessions, "harness", { random: seededRandom(1) }), null);
  equal(correctedCoefficients(sessions), null);
  deepEqual(labelPlan(sessions, 10, seededRandom(1)).sessions, []);
});

Deno.test("a judge's verdicts are held against grades of every other origin, and never against another judge's", () => {
  for (const origin of ["official", "human", "program", null] as const) {
    equal(agreement(judged(graded(9, origin)))[0]?.n, 9, String(origin));
    equal(judgeAgreement(gradedVerdicts(judged(graded(9, origin))))[0]?.n, 9, String(origin));
  }
  deepEqual(agreement(judged(graded(9, "judge"))), []);
  deepEqual(judgeAgreement(gradedVerdicts(judged(graded(9, "judge"))))[0]?.n, 0);
});

Deno.test("a verdict is named by whose word it is", () => {
  deepEqual(verdictOrigins([...graded(1, "program"), ...judged(graded(1, "human"))]), ["program", "judge"]);
  deepEqual(verdictOrigins([session({ success: 1 }), session({ success: null }), ...graded(1, null)]), [
    "not said",
    null,
    "grade",
  ]);
});

Deno.test("verdicts that name no judge and once differ from their grade are not that grade", () => {
  const sessions = [...graded(20), session({ sessionId: "x_1", success: 1, officialSuccess: 0, gradeOrigin: "human" })];
  equal(agreement(sessions)[0]?.n, 21);
  ok(verdictOrigins(sessions).every((origin) => origin === "not said"));
});

Deno.test("among judged sessions those that were only graded are in no confusion", () => {
  const sessions = [...graded(30), ...judged(graded(12)).map((s) => ({ ...s, sessionId: `j${s.sessionId}` }))];
  equal(agreement(sessions)[0]?.n, 12);
});

Deno.test("grades that are joined onto verdicts without a named judge are not those verdicts", () => {
  const verdicts = graded(12).map((s) => ({ ...s, officialSuccess: null, gradeOrigin: null }));
  const { sessions } = joinOfficial(verdicts, graded(12, "program"));
  equal(agreement(sessions)[0]?.n, 12);
  deepEqual(sessions[0]?.gradeOrigin, "program");
});
