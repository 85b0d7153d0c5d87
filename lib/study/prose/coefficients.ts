import {
  COEFFICIENT_SETS,
  COEFFICIENT_SUITES,
  type CoefficientRow,
  type Coefficients,
  type CoefficientTurn,
} from "../../analysis/mod.ts";
import { plural, points, pValue } from "../../figures/mod.ts";
import { row } from "../../notebook/markdown.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** What each harness adds by whose verdicts, whether that turns with the grader, and what is not known. */
export function whoseCoefficients(found: Coefficients | null, { names, ofStudy, said }: Told): string {
  if (found === null || !found.rows.some((r) => r.verdicts.startsWith("official"))) {
    return "No official grades of these cells are known here, so what a harness adds is what these verdicts say.";
  }
  const reference = names.harness(found.reference);
  const lines = COEFFICIENT_SUITES.flatMap((suites) => {
    const own = found.rows.filter((r) => r.suites === suites);
    return [...new Set(own.map((r) => r.harness))].map((harness) =>
      row(
        names.harness(harness),
        suites,
        ...COEFFICIENT_SETS.map((v) => cell(own.find((r) => r.harness === harness && r.verdicts === v))),
      )
    );
  });
  const published = ofStudy
    ? `Published for ${names.harness("claude_code")} over ${names.harness("tool_calling")}: ${
      points(said("claude-code-28"))
    }, as judged. `
    : "";
  return paragraphs(
    `${published}${turn(found, names.harness)}`,
    markdownTable([`over ${reference}`, "suites", ...COEFFICIENT_SETS.map((v) => `${v}:`)], lines),
    "In brackets 95% for new cells of the same levels (clustered by cell, CR2). *These cells*: fewer than five cells of the " +
      "harness or its reference, so that nothing can be said of new ones; the interval is for new sessions of the cells that " +
      "there are (HC1).",
    notKnown(found, names.benchmark),
  );
}

function cell(found: CoefficientRow | undefined): string {
  if (!found) return "n/a";
  const interval = found.new_cells ?? found.these_cells;
  if (!interval) return points(found.estimate);
  const ends = `${points(interval.lo)} to ${points(interval.hi)}`.replaceAll(" pp", "");
  return `${points(found.estimate)} (${ends}${found.new_cells ? "" : ", these cells"})`;
}

/** For which harnesses verdicts and grades of the same cells say different things. */
function turn({ turns }: Coefficients, harness: (name: string) => string): string {
  const asked = turns.filter((t) => t.suites === "all suites");
  const apart = (of: (t: CoefficientTurn) => { p_holm: number } | null) =>
    asked.filter((t) => (of(t)?.p_holm ?? 1) < 0.05);
  const [these, fresh] = [apart((t) => t.these_cells), apart((t) => t.new_cells)];
  if (!asked.length) return "";
  if (!these.length) return "On the cells that both have, verdicts and grades say the same of every harness.";
  const tell = these.map((t) =>
    `${harness(t.harness)} ${points(t.difference)} (${pValue(t.these_cells?.p_holm)} for these cells, ${
      t.new_cells ? `${pValue(t.new_cells.p_holm)} for new ones` : "new ones not known"
    })`
  );
  return `On the cells that both have, verdicts less grades differ for ${these.length} of ${
    plural(asked.length, "harness", "harnesses")
  }, corrected for having asked all (Holm): ${tell.join("; ")}. ` +
    (fresh.length
      ? `Of new cells of these levels it can be said for ${fresh.map((t) => harness(t.harness)).join(" and ")}.`
      : "Of new cells of these levels it cannot be said.");
}

function notKnown({ suites, rows }: Coefficients, benchmark: (name: string) => string): string {
  const apart = suites.filter((s) => !s.comparable);
  const thin = rows.filter((r) =>
    r.suites === "comparable suites" && r.verdicts.endsWith("shared cells") && !r.new_cells
  );
  const steps = apart.map((s) =>
    s.least === null || s.most === null
      ? `${benchmark(s.benchmark)} (no step was graded in some cell)`
      : `${benchmark(s.benchmark)} (${s.least.toFixed(2)} to ${s.most.toFixed(2)} over ${plural(s.cells, "cell")})`
  );
  const like = suites.filter((s) => s.comparable && s.least !== null && s.most !== null);
  const range = like.length
    ? `; elsewhere ${Math.min(...like.map((s) => s.least!)).toFixed(2)} to ${
      Math.max(...like.map((s) => s.most!)).toFixed(2)
    } over ${plural(like.reduce((sum, s) => sum + s.cells, 0), "cell")}`
    : "";
  return "**What is not known.** " +
    (apart.length
      ? `Mean calls of a judged session over those of a graded one are not near 1 in ${
        steps.join(", ")
      }${range}. There the ` +
        "two sets hold other work, and a gap says nothing of the judge; without " +
        `${apart.length === 1 ? "it" : "them"} few cells are left` +
        (thin.length ? ", too few to say what new cells would give. " : ". ")
      : "Judged and graded sessions take about as many calls, which does not make them the same sessions. ") +
    "Whether the verdicts are wrong, or sessions were chosen or made otherwise, rates of cells cannot tell: no session here " +
    "has both a verdict and a grade unless the section on sessions below says so.";
}
