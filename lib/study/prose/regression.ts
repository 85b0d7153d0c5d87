import {
  type CellRow,
  type Effects,
  type FactorShares,
  type IncrementalShares,
  type LinearFit,
  type LogitInteractions,
  MIN_PER_TERM,
  type Note,
  type Official,
  ratioOfShares,
  type SensitivityRow,
  type SharesByRun,
} from "../../analysis/mod.ts";
import { int, pct, plural, points, times } from "../../figures/mod.ts";
import { list, row } from "../../notebook/markdown.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** What a fit gives, as the results hold it. */
export interface Fitted {
  /** R2 lost without each factor. */
  incremental_r2: IncrementalShares | null;
  /** The order-free share of R2 of each factor. */
  lmg_r2: FactorShares | null;
  /** Linear regression with White's HC1 errors. */
  lpm_hc1: LinearFit | null;
  /** What a reader must know of a key. */
  notes: readonly Note[];
}

const ratio = (a: number | null, b: number | null, digits: number) => {
  const found = ratioOfShares(a, b);
  return found === null ? "none: the second is 0" : times(found, digits);
};

/** What each factor adds, beside what was published of it where the rows are the study's. */
export function whatFactorsAdd({ incremental_r2: gain, lpm_hc1: fit, notes }: Fitted, { ofStudy, said }: Told): string {
  if (!gain || !fit) {
    const why = notes.find(({ key }) => key === "lpm_hc1")?.note ?? "no regression";
    return `There is nothing to explain here: ${why.replace(/^no regression: /, "")}.`;
  }
  const coefficients = Object.keys(fit.terms).length;
  if (fit.n < MIN_PER_TERM * coefficients) {
    return `There are ${plural(fit.n, "scored session")}, fewer than ${
      int(MIN_PER_TERM)
    } for each coefficient: what is ` +
      "below says nothing that would hold again.";
  }
  const lines = ofStudy
    ? [
      row("harness adds", pct(said("harness-r2"), 1), pct(gain.harness, 2)),
      row("model adds", pct(said("model-r2"), 1), pct(gain.model, 2)),
      row("harness over model", times(said("harness-7x"), 0), ratio(gain.harness, gain.model, 1)),
      row("all three together", "", pct(gain.full, 1)),
    ]
    : [
      ...(["harness", "model", "benchmark"] as const).map((factor) => {
        const varies = Object.keys(fit.terms).some((term) => term.startsWith(`${factor}=`));
        return row(`${factor} adds`, varies ? pct(gain[factor], 2) : ONE_LEVEL);
      }),
      row("all three together", pct(gain.full, 1)),
    ];
  const close = (id: string, ours: number, by: number) => Math.abs(said(id) - ours) <= by;
  const right = close("harness-r2", gain.harness, 0.0005) && close("model-r2", gain.model, 0.0005);
  return paragraphs(
    markdownTable(["share of the variance of success", ...(ofStudy ? ["published:"] : []), "here:"], lines),
    ofStudy
      ? `The published figures are ${right ? "right, as figures" : "not those of these rows"}: ${int(fit.n)} ` +
        `scored sessions give ${right ? "them back" : "others"}.`
      : `Over ${plural(fit.n, "scored session")}.`,
  );
}

/** How the shared part of the variance is handed out in the two views. */
export function sharedOut({ incremental_r2: gain, lmg_r2: lmg }: Fitted): string {
  if (!gain || !lmg) return "";
  const nobody = gain.full - gain.harness - gain.model - gain.benchmark;
  const [shared, own] = [ratioOfShares(lmg.harness, lmg.model), ratioOfShares(gain.harness, gain.model)];
  if (gain.full === 0) return "Benchmark, harness and model explain nothing of it.";
  const part = Math.abs(nobody) < 0.0005
    ? `Of the ${pct(gain.full, 1)} that all three explain nothing is shared: each factor's own part is all of it.`
    : nobody > 0
    ? `Of the ${pct(gain.full, 1)} that all three explain, ${pct(nobody, 1)} belongs to no single factor in the ` +
      "incremental view."
    : `The factors' own parts add up to ${pct(-nobody, 1)} more than the ${pct(gain.full, 1)} that all three ` +
      "explain: one factor brings out another.";
  const differ = shared !== null && own !== null && times(shared, 1) !== times(own, 1);
  return `${part} Shared out, the harness has ${pct(lmg.harness, 1)}, the model ${pct(lmg.model, 1)} and the ` +
    `benchmark ${pct(lmg.benchmark, 1)}` +
    (differ
      ? `: harness over model is ${times(shared, 1)}, not ${times(own, 1)}. Neither is wrong; a headline built on ` +
        "the first has to say which it is."
      : ".");
}

/** What the three kinds of error say of the harnesses' effects. */
export function howSure(found: Effects | null, mixedRuns: number, { names, ofStudy, said }: Told): string {
  if (found === null) return "Success does not vary, so there are no effects.";
  const harness = found.rows.filter((r) => r.factor === "harness");
  const claude = harness.find((r) => r.level === "claude_code");
  const judged = harness.filter((r) => r.small_sample !== null);
  const crossing = judged.filter((r) => r.small_sample!.lo < 0 && r.small_sample!.hi > 0);
  const few = found.rows.filter((r) => r.too_few_runs).map((r) =>
    `${names[r.factor](r.level)} (${plural(r.runs, "run")})`
  );
  const { widening } = found;
  const reference = names.harness(found.references.harness);
  const single = found.cells_with_one_run;
  if (found.runs === found.n) {
    return `No run holds two of the ${
      plural(found.n, "scored session")
    }, or none is named: sessions count as independent, and ` +
      "by what runs differ is not known.";
  }
  return paragraphs(
    [
      ofStudy ? `Claude Code: published ${points(said("claude-code-28"))}, here ${points(claude?.estimate, 1)}.` : "",
      widening
        ? `With errors clustered by run the 95% intervals are ${times(widening.median, 1)} their width in the ` +
          `median of ${plural(widening.levels, "level")} (from ${times(widening.min, 1)} to ` +
          `${times(widening.max, 1)}), in the small-sample form ${times(widening.small_sample_median, 1)}.`
        : "No level occurs in enough runs for an interval of its own that is clustered by run.",
      judged.length
        ? `Harnesses that the small-sample interval cannot tell from ${reference}: ` +
          `${list(crossing.map((r) => names.harness(r.level)))}.`
        : "",
    ].filter(Boolean).join(" "),
    `There are ${plural(found.runs, "run")}, ` +
      (mixedRuns
        ? `of which ${int(mixedRuns)} ran more than one benchmark, harness or model, `
        : "each within one benchmark, harness and model, ") +
      `and ${int(single)} of the ${plural(found.cells, "cell")} ${single === 1 ? "holds" : "hold"} a single one. ` +
      (single > 0
        ? "In these the effect of a run and the interaction of benchmark, harness and model cannot be told apart, by any " +
          "method. "
        : "") +
      (few.length ? `A level in fewer than five runs gets no clustered interval: ${list(few)}.` : ""),
  );
}

/** What the design leaves open: contrasts that nothing parts, and terms without an estimate. */
export function whatDesignLeavesOpen(
  found: Effects | null,
  rows: readonly SensitivityRow[],
  logit: LogitInteractions | null,
  cells: readonly CellRow[],
  { names }: Told,
): string {
  if (found === null) return "";
  const confounded = found.confounded.map((c) => row(names[c.factor](c.level), names[c.with](c.only), int(c.n)));
  const crossed = rows.find((r) => r.kind === "interactions");
  const perfect = cells.filter((c) => c.n >= 10 && (c.k === 0 || c.k === c.n))
    .map((c) => `${names.config(c.config)} on ${names.benchmark(c.benchmark)} (${int(c.k)} of ${int(c.n)})`);
  const separated = Object.keys(logit?.separated ?? {}).length;
  return paragraphs(
    confounded.length
      ? "The design leaves contrasts unidentified. These levels occur with a single level of another factor, so nothing was " +
        "observed that could part the two; the regression does it by assuming that effects add up."
      : "Every level of a factor occurs with several levels of the others, where these have several.",
    confounded.length ? markdownTable(["level", "occurs only with", "scored sessions:"], confounded) : "",
    crossed
      ? `${confounded.length ? "Without that assumption less is left: with" : "With"} all two-way interactions ` +
        `${crossed.note ?? "every term has data"}.`
      : "",
    separated
      ? `A logistic regression with them has no finite estimate for ${int(separated)} of ${int(logit?.terms)} ` +
        "terms, because it predicts cells perfectly (separation)" +
        (perfect.length ? `: ${list(perfect)}, and smaller ones.` : ", all of fewer than ten sessions.")
      : "",
  );
}

/** In place of a share: a factor of one level explains nothing by design, which is no finding. */
const ONE_LEVEL = "there is one alone";

/** How far the ratio of harness and model moves under other choices, and what grades make of it. */
export function otherChoices(
  rows: readonly SensitivityRow[],
  grades: Official | null,
  { names, ofStudy }: Told,
): string {
  const ratios = rows.filter((r) => r.kind === "left out")
    .flatMap((r) => {
      const over = ratioOfShares(r.harness, r.model);
      return over === null ? [] : [{ ...r, over }];
    }).sort((a, b) => a.over - b.over);
  const [least, most] = [ratios.at(0), ratios.at(-1)];
  const choice = (r: SensitivityRow) => {
    const level = r.choice.replace("without ", "");
    return `without ${names.benchmark(names.harness(names.model(level)))}`;
  };
  const moves = times(least?.over, 1) !== times(most?.over, 1);
  const base = rows.find((r) => r.kind === "base");
  const small = base?.model !== null && base?.model !== undefined && base.model < 0.02;
  const [judged, graded] = [grades?.judged_incremental_r2_shared_cells, grades?.incremental_r2_shared_cells];
  const turns = judged && graded && (judged.harness > judged.model) !== (graded.harness > graded.model);
  return paragraphs(
    least && most && most.over > 0
      ? `Leaving out one level at a time, the harness explains ${
        moves
          ? `between ${times(least.over, 1)} (${choice(least)}) and ${times(most.over, 1)} (${choice(most)})`
          : `${times(most.over, 1)}, whichever it is, of`
      } what the model explains.` +
        (small && moves
          ? " The model's share is small and moves a lot in relation to itself, so a ratio with it below the line is the least " +
            "stable number one could have made a headline of."
          : "")
      : "There is no other choice under which both harness and model explain anything.",
    ofStudy && judged && graded
      ? "All of this is still about *judged* success. On official grades the order of the two " +
        `${turns ? "turns round" : "stays"}: [notebook 7](07-ground-truth.ipynb).`
      : "",
  );
}

/** Shares with their intervals over runs. */
export function sharesOverRuns(found: SharesByRun | null): string {
  if (found === null) return "";
  const lines = found.rows.map(({ factor, incremental, lmg }) =>
    row(
      factor,
      // Chance alone explains something, but by a single level nothing.
      ...[incremental, lmg].map((s) =>
        s.hi === 0 ? ONE_LEVEL : `${pct(s.share, 1)} (${pct(s.lo, 1)} to ${pct(s.hi, 1)})`
      ),
    )
  );
  const [over, forNew] = found.runs === found.n
    ? [plural(found.n, "session"), "new sessions"]
    : [plural(found.runs, "run"), "new runs"];
  return paragraphs(
    `Shares have intervals over all ${over}, whose differences explain something by chance alone; the ` +
      `intervals are of what is left without that, for ${forNew} of these cells.`,
    markdownTable(["factor", `incremental share, 95% for ${forNew}:`, `order-free share, 95% for ${forNew}:`], lines),
  );
}
