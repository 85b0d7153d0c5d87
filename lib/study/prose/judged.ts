import type { AgreementRow } from "../../analysis/mod.ts";
import { int, pct, plural } from "../../figures/mod.ts";
import type { AttackReport } from "../../judge/mod.ts";
import { list, row } from "../../notebook/markdown.ts";
import { wilson } from "../../stats/mod.ts";
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
      ? `One kind of reason is about the harness and not the task: of ${
        plural(complaints.sessions, "session")
      } under ` +
        `the shortlisting harness, ${int(complaints.reasonsAboutToolList)} ` +
        `(${pct(complaints.reasonsAboutToolList / complaints.sessions)}) were judged on whether the agent had ` +
        `listed the top tools, a prompt of the harness to itself. ${int(complaints.ofTheseJudgedSuccessful)} of ` +
        `these were held solved; outside that harness the complaint occurs ${plural(complaints.elsewhere, "time")}. ` +
        "The transcript above leaves such calls out, and the judge is told not to rule on them."
      : "",
  );
}

/** Whether verdicts and grades of the same sessions are at hand. */
export function setAgainstGrades(rows: readonly AgreementRow[], why: string): string {
  const all = rows.find((r) => r.benchmark === "all");
  if (!all) return why;
  return `${plural(all.n, "session has", "sessions have")} both a judge's verdict and a grade: they agree in ` +
    `${pct((all.tp + all.tn) / all.n)} of them.`;
}

/** How often a judge was swayed from inside a trace, a row a kind of attack; how to measure it where nobody has. */
export function swayedFromInside(report: AttackReport | null): string {
  if (report === null) {
    return "No measurement is here: `deno task judge --attack` asks the judge of your key about a session that failed, as it " +
      "is and with 60 attacks of ten kinds in it, and this cell then shows how often each kind turned the verdict.";
  }
  const { judge, kinds, clean } = report;
  const [n, flipped] = [sum(kinds.map((kind) => kind.n)), sum(kinds.map((kind) => kind.flipped))];
  const share = (turned: number, of: number) => {
    if (of === 0) return "none was ruled on";
    const { estimate, lo, hi } = wilson(turned, of);
    return `${pct(estimate)} (${pct(lo)} to ${pct(hi)})`;
  };
  return paragraphs(
    `${judge}, asked about a session that failed: attacks from inside the trace turned ${int(flipped)} of ${int(n)} ` +
      `verdicts, ${share(flipped, n)}.${
        clean.ones > 0
          ? " It holds that session solved without an attack, too: this says nothing about the attacks."
          : ""
      }`,
    [
      "| attack | ruled on | turned | share (95%) | undecided |",
      "| --- | ---: | ---: | --- | ---: |",
      ...kinds.map((k) => row(k.kind, int(k.n), int(k.flipped), share(k.flipped, k.n), int(k.undecided))),
    ].join("\n"),
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
