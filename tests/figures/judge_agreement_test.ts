import { deepEqual, equal, ok } from "node:assert/strict";
import { gradedVerdicts, judgeAgreement } from "../../lib/analysis/mod.ts";
import { drawJudgeAgreement } from "../../lib/figures/judged/judge_agreement.ts";
import { studyNames } from "../../lib/study/mod.ts";
import { layoutFaults } from "../support/layout.ts";
import { needs } from "../support/needs.ts";
import { ownJudgement, ownSessions } from "../support/own.ts";

const rows = judgeAgreement(gradedVerdicts(ownSessions(300, ownJudgement)));
const figure = drawJudgeAgreement(rows, { source: "made-up verdicts", names: studyNames, grade: "official grade" });

Deno.test("a table stands for each benchmark and harness, and none for all together", () => {
  equal(rows.length, 7);
  equal(figure.svg.split(">official grade<").length - 1, 6);
  deepEqual(layoutFaults(figure), []);
});

// The snapshot is written by: UPDATE_SNAPSHOTS=1 deno test -A tests/figures/judge_agreement_test.ts
needs(["read", "write", "env"], "the tables of agreement are as their snapshot", async () => {
  const snapshot = new URL("../snapshots/02-judge-agreement.svg", import.meta.url);
  if (Deno.env.get("UPDATE_SNAPSHOTS")) await Deno.writeTextFile(snapshot, `${figure.svg}\n`);
  ok(`${figure.svg}\n` === await Deno.readTextFile(snapshot), "02-judge-agreement differs from its snapshot");
});
