import type { AgreementRow } from "../../analysis/mod.ts";
import { int, pct } from "../../figures/mod.ts";
import { list } from "../../notebook/markdown.ts";
import type { ShortlistingCount } from "../sources/facts.ts";
import { paragraphs, type Told } from "./told.ts";

/** How the published judge was asked; empty for other rows. */
export function howItWasAsked({ ofStudy }: Told): string {
  return ofStudy
    ? "The published judge read the last 45,000 characters of each trace, was asked once, and stated a confidence."
    : "";
}

/** Who judged, and one kind of reason that the study's judge gave. */
export function whoJudged(
  judges: Readonly<Record<string, number>>,
  complaints: ShortlistingCount | null,
  { ofStudy }: Told,
): string {
  const named = Object.entries(judges).filter(([name]) => name !== "unscored");
  return paragraphs(
    named.length
      ? `Verdicts by ${list(named.map(([model, n]) => `${model} (${int(n)})`))}.`
      : "No judge is named for these sessions.",
    ofStudy && complaints
      ? `One kind of reason is about the harness and not the task: of ${int(complaints.sessions)} sessions under ` +
        `the shortlisting harness, ${int(complaints.reasonsAboutToolList)} ` +
        `(${pct(complaints.reasonsAboutToolList / complaints.sessions)}) were judged on whether the agent had ` +
        `listed the top tools, a prompt of the harness to itself. ${int(complaints.ofTheseJudgedSuccessful)} of ` +
        `these were held solved; outside that harness the complaint occurs ${int(complaints.elsewhere)} times. ` +
        "The transcript above leaves such calls out, and the judge is told not to rule on them."
      : "",
  );
}

/** Whether verdicts and grades of the same sessions are at hand. */
export function setAgainstGrades(rows: readonly AgreementRow[], why: string): string {
  const all = rows.find((r) => r.benchmark === "all");
  if (!all) return why;
  return `${int(all.n)} sessions have both a judge's verdict and a grade: they agree in ` +
    `${pct((all.tp + all.tn) / all.n)} of them.`;
}
