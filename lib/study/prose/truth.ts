import {
  type AgreementRow,
  type CorrectedRates,
  type ExplainedRow,
  type OfficialAgreement,
  type OfficialGap,
  type OfficialJoin,
  type OverturnRow,
  ratioOfShares,
  type ShareOrder,
  type SuiteComparability,
} from "../../analysis/mod.ts";
import { fixed, int, pct, plural, points, pValue, times } from "../../figures/mod.ts";
import { type CorrectedRate, type PpiRegression, shortOf } from "../../stats/mod.ts";
import { list, row } from "../../notebook/markdown.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** Agreement of cells by suite; what is missing where no grades of these cells are known. */
export function cellsAgree(rows: readonly OfficialAgreement[], { names }: Told): string {
  if (!rows.length) {
    return "No official grades of these cells are known here, so no cell can be held against one. Grades of single sessions " +
      "are taken below, where the source brings them.";
  }
  const lines = rows.map((a) => {
    const [rho, tau] = [a.spearman, a.kendall].map((c) => fixed(c?.estimate, 2));
    const mean = [points(a.mean_gap), pct(a.mean_absolute_gap)];
    const suite = a.benchmark === "all" ? "all" : names.benchmark(a.benchmark);
    return row(suite, int(a.cells), ...mean, rho!, tau!, int(a.differing));
  });
  return markdownTable(
    [
      "suite",
      "cells:",
      "judged less official:",
      "mean gap, either way:",
      "Spearman:",
      "Kendall:",
      "too far apart for chance:",
    ],
    lines,
  );
}

/** The widest gaps between judged and official rates, and what selection would have to be. */
export function widestGaps(gaps: readonly OfficialGap[], { names }: Told): string {
  if (!gaps.length) return "";
  const widest = gaps.toSorted((a, b) => Math.abs(b.gap) - Math.abs(a.gap)).slice(0, 8);
  const lines = widest.map((g) =>
    row(
      names.benchmark(g.benchmark),
      names.config(g.config),
      `${pct(g.judged.rate)} of ${int(g.judged.n)}`,
      `${pct(g.official.rate)} of ${int(g.official.n)}`,
      points(g.gap),
      pValue(g.p_holm),
      g.selection_at_least?.toFixed(1) ?? "no odds would do",
    )
  );
  return paragraphs(
    "The widest gaps:",
    markdownTable(
      ["suite", "config", "judged solved:", "officially:", "gap:", "Fisher, Holm:", "odds of selection, at least:"],
      lines,
    ),
  );
}

/** How many gaps chance cannot make, what selection would have to be to make them, and where the work was not the same. */
export function beyondChance(
  gaps: readonly OfficialGap[],
  suites: readonly SuiteComparability[],
  { names }: Told,
): string {
  if (!gaps.length) return "";
  const unlike = suites.filter((s) => !s.comparable).map((s) => s.benchmark);
  const apart = gaps.filter((g) => g.differs);
  const [generous, harsh] = [apart.filter((g) => g.gap > 0), apart.filter((g) => g.gap < 0)];
  const extreme = apart.filter((g) => (g.selection_at_least ?? Infinity) > 3);
  if (!apart.length) return `None of ${plural(gaps.length, "cell")} is too far apart for chance.`;
  const bothWays = generous.length > 0 && harsh.length > 0;
  return `${int(apart.length)} of ${plural(gaps.length, "cell")} ${
    apart.length === 1 ? "is" : "are"
  } too far apart for chance: the judge is generous ` +
    `in ${int(generous.length)} and harsh in ${int(harsh.length)}. To explain them by selection alone, solved ` +
    "sessions would have had to be " +
    `${bothWays ? "preferred in some cells and avoided in others" : generous.length ? "preferred" : "avoided"}; ` +
    `by a factor of more than three in ${int(extreme.length)}. ` +
    (unlike.length
      ? `Of these cells ${int(apart.filter((g) => unlike.includes(g.benchmark)).length)} are in ${
        list(unlike.map(names.benchmark))
      }, where judged and graded sessions were not the same amount of work, so that other runs are the nearer cause. `
      : "") +
    "Nothing in the data's description speaks of a selection, or of other versions. Neither can be excluded from rates alone: " +
    "only grades of the very same sessions decide, and the section on sessions below takes them where they are given.";
}

/** Shares of harness and model by whose verdicts, and whether their order depends on it. */
export function explainedByWhom(rows: readonly ExplainedRow[]): string {
  if (!rows.some((r) => r.verdicts.startsWith("official") || r.verdicts === "corrected")) {
    return "Without grades of the cells or of sessions there is no second set of verdicts to ask.";
  }
  const lines = rows.map(({ verdicts, n, cells, harness, model }) => {
    const [h, m] = [harness, model].map((s) => `${pct(s.share, 1)} (${pct(s.lo, 1)} to ${pct(s.hi, 1)})`);
    const harnessMore = harness.share > model.share;
    const [more, less] = harnessMore ? [harness, model] : [model, harness];
    const over = ratioOfShares(more.share, less.share);
    const ratio = `${harnessMore ? "harness" : "model"}, ${over === null ? "alone" : times(over, 1)}`;
    return row(verdicts, int(cells), int(n), h!, m!, more.share === less.share ? "neither" : ratio);
  });
  const onShared = rows.filter((e) => e.verdicts.endsWith("shared cells"));
  const turned = new Set(onShared.map((e) => e.harness.share > e.model.share)).size === 2;
  return paragraphs(
    markdownTable(
      ["verdicts", "cells:", "sessions:", "harness adds:", "model adds:", "more explained by"],
      lines,
    ),
    turned
      ? "On the same cells the order of the two turns round: which of harness and model matters more depends on whether one " +
        "asks these verdicts or the grades, with benchmarks, harnesses and models the same."
      : "",
  );
}

/** How sure the grades are that the model adds more than the harness: the order, and how many times as much. */
export function orderOfShares(all: ShareOrder | null, comparable: ShareOrder | null): string {
  if (!all || all.ratio === null || all.ratio_lo === null || all.ratio_hi === null) return "";
  const range = `${times(all.ratio, 1)} (95% ${times(all.ratio_lo, 1)} to ${times(all.ratio_hi, 0)}, new cells)`;
  const without = comparable && comparable.cells < all.cells
    ? `, in ${
      pct(comparable.support)
    } without the suites where judged and graded sessions were not the same amount of work`
    : "";
  return `By the grades of the shared cells the model adds ${range} what the harness adds. Which adds more is surer than how ` +
    `much: the model does in ${pct(all.support)} of resamples of cells${without}.`;
}

/** How many judged sessions have a grade of their own. */
export function sessionsJoined(join: OfficialJoin | null, { names, ofStudy }: Told): string {
  if (join === null) {
    const where = ofStudy
      ? " Version 2 of the dataset carries official grades of single sessions: " +
        "`hub:Exgentic/agent-llm-traces-v2@4b8ad4ab198438e5a170f9171c19c6a2cf7c1814`."
      : "";
    return "No grades of another source are joined in this run (`TRACES_GRADES`): what follows rests on grades that this " +
      `source brings itself, and shows an invented example where it brings none.${where}`;
  }
  const c = join.coverage;
  const of = (k: number, n: number) => `${int(k)} of ${int(n)}`;
  const lines = join.runs.slice(0, 20).map((r) =>
    row(
      r.run,
      names.benchmark(r.benchmark),
      names.harness(r.harness),
      of(r.judged_k, r.judged_n),
      of(r.graded_k, r.graded_n),
      int(r.joined),
    )
  );
  return paragraphs(
    `${c.sentence} Repeated ids: ${int(c.repeated_judged)} judged, ${int(c.repeated_graded)} graded; left ` +
      `undecided because their rows disagree: ${plural(c.conflicting_verdicts.length, "verdict")}, ` +
      `${int(c.conflicting_grades.length)} grades; same id, other benchmark or harness: ` +
      `${int(c.mismatched.length)}. Of ${plural(join.runs.length, "run")} in both, the first 20:`,
    lines.length
      ? markdownTable(["run", "suite", "harness", "judged solved:", "graded solved:", "sessions joined:"], lines)
      : "",
  );
}

/** Judge and grade of the same sessions; says why where there is nothing to compare. */
export function judgeAndGrade(rows: readonly AgreementRow[], whose: string, { names }: Told): string {
  if (!rows.length) return `*Confusion per suite, harness and judge: empty. ${whose}*`;
  const lines = rows.map((a) => {
    const four = [a.tp, a.fp, a.fn, a.tn].map(int).join(" / ");
    const accuracy = [a.sensitivity, a.specificity].map((rate) => pct(rate?.rate));
    const all = a.benchmark === "all";
    const [suite, harness] = all ? ["all", "all"] : [names.benchmark(a.benchmark), names.harness(a.harness)];
    return row(
      suite,
      harness,
      a.judge,
      int(a.n),
      four,
      ...accuracy,
      fixed(a.kappa?.estimate, 2),
      pValue(a.gap.p),
    );
  });
  return markdownTable(
    [
      "suite",
      "harness",
      "judge",
      "n:",
      "solved by both / judge / grade / neither",
      "sensitivity:",
      "specificity:",
      "kappa:",
      "McNemar:",
    ],
    lines,
  );
}

/** Success per harness, corrected for the judge's errors. */
export function correctedByHarness(found: CorrectedRates | null, { names }: Told): string {
  if (found === null) return "*Corrected rates: empty.*";
  const interval = (r: CorrectedRate | undefined) =>
    r && r.labels === r.n ? `${pct(r.estimate)}, all graded` : `${pct(r?.estimate)} (${pct(r?.lo)} to ${pct(r?.hi)})`;
  const lines = found.ppi.map((p) => {
    const rg = found.roganGladen.strata.find((s) => s.stratum === p.stratum);
    const runs = found.byRun.find((s) => s.stratum === p.stratum);
    const doubts = [
      rg?.why && `Rogan-Gladen: ${rg.why}`,
      p.why && `PPI++: ${p.why}`,
      runs?.why && `with runs: ${runs.why}`,
    ].filter(Boolean).join("; ");
    const texts = [pct(p.judgedRate), interval(rg), rg?.errorsFrom ?? "n/a", interval(p), interval(runs), doubts];
    return row(names.harness(p.stratum), int(p.n), ...texts);
  });
  return paragraphs(
    "Success per harness, corrected for the judge's errors (95%):",
    markdownTable(
      [
        "harness",
        "judged:",
        "as judged:",
        `Rogan-Gladen${shortMark("Rogan-Gladen by stratum")}:`,
        "error rates",
        `PPI++${shortMark("PPI++")}:`,
        `PPI++, runs alike${shortMark("PPI++ by stratum, clustered by run")}:`,
        "not to be relied on where",
      ],
      lines,
    ),
    "*Short*: in worlds whose truth is known the 95% held it for new runs in as few as that share of samples.",
  );
}

/** Behind the name of an interval: in how few samples it held, where that is short. */
function shortMark(interval: string): string {
  const short = shortOf(interval, "new runs of these harnesses");
  return short ? `, short (${pct(short.covered)})` : "";
}

/** The harnesses' effects, corrected. */
export function correctedEffects(found: PpiRegression | null, refused: string, { names }: Told): string {
  const terms = found?.terms.filter((t) => t.name.startsWith("harness=")) ?? [];
  if (!found || !terms.length) return `*Corrected regression: empty, ${refused}.*`;
  const lines = terms.map((t) => {
    const [fixed, lo, hi] = [t.estimate, t.lo, t.hi].map((v) => points(v, 1));
    const alone = t.labelsOnly === null ? "n/a" : points(t.labelsOnly, 1);
    return row(names.harness(t.name.slice("harness=".length)), points(t.judged, 1), alone, `${fixed} (${lo} to ${hi})`);
  });
  const doubt = found.why ? `; not to be relied on: ${found.why}` : "";
  return paragraphs(
    `The regression of notebook 4, corrected (PPI++, 95%${doubt}):`,
    markdownTable(["harness, over the reference", "as judged:", "labels alone:", "corrected:"], lines),
  );
}

/** The fewest wrong verdicts that overturn each headline. */
export function overturned(rows: readonly OverturnRow[], { names, ofStudy }: Told): string {
  const can = rows.filter((r) => r.at_most !== null);
  if (!ofStudy) return "No headlines are known of these sessions.";
  const lines = can.map((r) => {
    const wrong = r.at_least === r.at_most ? int(r.at_most) : `${int(r.at_least)} to ${int(r.at_most)}`;
    return row(names.sentence(r.title), names.harness(r.where), wrong, int(r.n), pct(r.share, 1));
  });
  return paragraphs(
    markdownTable(
      ["headline", "errors allowed in", "wrong verdicts that overturn it:", "of:", "share:"],
      lines,
    ),
    "Harnesses that are not listed cannot overturn the headline by themselves, were every one of their verdicts wrong. Where " +
      "two numbers are given, no fewer than the first can do it and the second do.",
  );
}
