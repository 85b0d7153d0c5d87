import { deepEqual, equal } from "node:assert/strict";
import { shortlistingReasons } from "../../lib/study/mod.ts";
import { datasetOf, session } from "../analysis/sessions.ts";

Deno.test("reasons about the tool list are counted in the shortlisting harness and elsewhere", () => {
  const judgeReasoning = "It did not list the top 30 relevant tools.";
  const harness = "tool_calling_with_shortlisting";
  deepEqual(
    shortlistingReasons(datasetOf([
      session({ harness, judgeReasoning, success: 0 }),
      session({ harness, judgeReasoning: "Wrong answer.", success: 0 }),
      session({ harness: "other", judgeReasoning: null, success: 1 }),
    ])),
    { sessions: 2, reasonsAboutToolList: 1, ofTheseJudgedSuccessful: 0, elsewhere: 0 },
  );
  equal(shortlistingReasons(datasetOf([session({ harness, judgeReasoning: null, success: 0 })])), null);
});
