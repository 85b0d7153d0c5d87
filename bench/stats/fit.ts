import cellsCsv from "../../data/cells.csv" with { type: "text" };
import { generatedSessions } from "./sessions.ts";
import { countRows } from "../../lib/analysis/counts/count_rows.ts";
import { cellsOf } from "../../lib/analysis/mod.ts";
import { modelFamily, type Session } from "../../lib/model/mod.ts";
import { type CountRow, fitLinear, fitLogit, linearTerms, sharesOfR2 } from "../../lib/stats/mod.ts";

/** The judged counts, a row a cell. */
export function judgedCounts(): CountRow[] {
  const [, ...lines] = cellsCsv.trim().split("\n");
  return lines.map((line) => line.split(",") as [string, string, string, string, string, string])
    .filter(([, , , , outcome]) => outcome !== "unscored")
    .map(([benchmark, harness, deployment, run, outcome, n]) => ({
      levels: { benchmark, harness, model: modelFamily(deployment) },
      cluster: run,
      n: Number(n),
      k: outcome === "success" ? Number(n) : 0,
    }));
}

export const FACTORS = [
  { name: "benchmark", reference: "appworld" },
  { name: "model", reference: "claude-opus-4-5" },
  { name: "harness", reference: "tool_calling" },
];

/** The linear model with the covariances that statsmodels has, and R2 of every subset of factors as shares. */
export function linearWork(rows: readonly CountRow[]) {
  const model = fitLinear(rows, { factors: FACTORS });
  const kinds = ["classical", "HC1", "HC3", "CR1"] as const;
  return {
    model,
    covariances: kinds.map((kind) => linearTerms(model, kind, { withhold: false })),
    shares: sharesOfR2(rows, FACTORS.map((f) => f.name)),
  };
}

/** {@link linearWork} from sessions: counted first. */
export function linearWorkFromSessions(sessions: readonly Session[]) {
  return linearWork(countRows(cellsOf(sessions)));
}

/** Sessions with the judged counts, nothing else known of them. */
export function judgedSessions(): Session[] {
  return judgedCounts().flatMap(({ levels, cluster, n, k }) =>
    Array.from({ length: n }, (_, i): Session => ({ ...blank(levels, cluster), success: k > 0 ? 1 : 0, id: `${i}` }))
  );
}

/** {@link linearWork} and what statsmodels does not have: CR3 with its degrees of freedom. */
export function allWork(rows: readonly CountRow[]) {
  const work = linearWork(rows);
  return { ...work, jackknife: linearTerms(work.model, "CR3", { withhold: false }), logit: logitWork(rows) };
}

/** The logistic regression. */
export function logitWork(rows: readonly CountRow[]) {
  return fitLogit(rows, { factors: FACTORS });
}

function blank({ benchmark, harness, model }: Record<string, string>, run: string): Session {
  const [session] = generatedSessions(1, () => 0);
  return { ...session!, run, benchmark: benchmark!, harness: harness!, deployment: model!, model: model! };
}
