import { cellsOf } from "../../analysis/mod.ts";
import { escapeHtml, naming } from "../../figures/mod.ts";
import { question } from "../../questions/mod.ts";
import { shortlistingReasons } from "../audit.ts";
import { customerEvidence } from "../customer_calls.ts";
import { officialRates } from "../sources/official.ts";

/** Which sessions should not have been judged as an agent's. */
export const audit = question({
  name: "audit",
  title: "Which sessions are not what they were judged as?",
  chapter: "truth",
  needs: ["cells"],
  nothing: "nothing speaks for it",
  ask: (dataset) => {
    const evidence = customerEvidence(cellsOf(dataset), "gpt-4.1", officialRates());
    const reasons = shortlistingReasons(dataset);
    const sentences = [
      evidence?.sentence ?? "",
      reasons?.reasonsAboutToolList
        ? `${reasons.reasonsAboutToolList} of ${reasons.sessions} shortlisting sessions were judged by the harness's own ` +
          `tool-list prompt; ${reasons.ofTheseJudgedSuccessful} of these were held solved.`
        : "",
    ].filter(Boolean);
    return sentences.length ? sentences : null;
  },
  draw: (sentences, context) => {
    const names = naming(context);
    const html = sentences.map((sentence) => `<p>${escapeHtml(names.sentence(sentence))}</p>`).join("\n");
    return [{ name: names.figure("audit"), html }];
  },
});
