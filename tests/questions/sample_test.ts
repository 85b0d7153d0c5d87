import { equal } from "node:assert/strict";
import { sampleOf } from "../../lib/analysis/mod.ts";
import { answer, questionContext, questionNamed } from "../../lib/questions/mod.ts";
import { datasetOf } from "../analysis/sessions.ts";
import { ownSessions } from "../support/own.ts";

const sessions = ownSessions(300).map((session) => ({ ...session, taskId: null }));

Deno.test("what is not there in a sample is said of the sample, not of the whole", async () => {
  const whole = datasetOf(sessions);
  const sample = { ...whole, held: "sample" as const, sessions: sessions.slice(0, 50) };
  for (const name of ["paired-configs", "repeats", "task-items"]) {
    const question = questionNamed(name);
    const leftOut = async (dataset: typeof whole | typeof sample) =>
      (await answer(question, dataset, questionContext(dataset))).leftOut;
    equal(await leftOut(whole), question.nothing);
    equal(await leftOut(sample), `in a sample of 50 of 300 sessions: ${question.nothing}`);
  }
});

Deno.test("sampleOf says all, a sample, or none", () => {
  const whole = datasetOf(sessions);
  equal(sampleOf(whole), "all 300 sessions");
  equal(sampleOf({ ...whole, held: "sample", sessions: sessions.slice(0, 1) }), "a sample of 1 of 300 sessions");
  equal(sampleOf({ ...whole, held: "none", sessions: null }), "none of the 300 sessions, which stay in the engine");
});
