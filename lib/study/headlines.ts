import { type CountRow, fisherExact, fitLinear, wilson } from "../stats/mod.ts";
import type { Headline, HeadlineCell, HeadlineForm } from "../analysis/truth/headline.ts";
import { incrementalShares } from "../analysis/truth/official.ts";

const FACTORS = [{ name: "benchmark" }, { name: "model" }, { name: "harness", reference: "tool_calling" }];

/** The conclusions that the write-up leads with, on these cells. */
export function headlines(cells: readonly HeadlineCell[]): Headline[] {
  return [
    harnessOverModel(cells),
    harnessEffect(cells, "claude_code", 1),
    harnessEffect(cells, "smolagents_code", 1),
    harnessEffect(cells, "tool_calling_with_shortlisting", -1),
    pair(cells, {
      id: "open-ties-closed-swebench",
      title: "deepseek-v3.2 is not told apart from claude-opus-4-5 on SWE-bench under claude_code",
      measure: "Fisher's p of deepseek-v3.2 against claude-opus-4-5, above 0.05",
      first: ["swebench", "claude_code", "deepseek-v3.2"],
      second: ["swebench", "claude_code", "claude-opus-4-5"],
      value: (a, b) => fisherExact({ k1: a.k, n1: a.n, k2: b.k, n2: b.n }).pValue - 0.05,
    }),
    pair(cells, {
      id: "open-beats-closed-appworld",
      title: "Open weights beat claude-opus-4-5 on AppWorld under claude_code",
      measure: "lower Wilson bound of deepseek-v3.2 above the upper bound of claude-opus-4-5",
      first: ["appworld", "claude_code", "deepseek-v3.2"],
      second: ["appworld", "claude_code", "claude-opus-4-5"],
      value: (a, b) => wilson(a.k, a.n).lo - wilson(b.k, b.n).hi,
    }),
  ];
}

function harnessOverModel(cells: readonly HeadlineCell[]): Headline {
  const title = "The harness explains more of success than the model";
  const measure = "incremental R2 of the harness less that of the model";
  const rows = cells.map(countRow);
  const shares = rows.length ? incrementalShares(rows) : null;
  if (!shares) return { id: "harness-over-model", title, measure, value: null, holds: null, form: null };
  const value = shares.harness - shares.model;
  const spans = (names: readonly string[]) => directions(rows, names);
  const form: HeadlineForm = {
    kind: "quadratic",
    along: spans(["benchmark", "harness"]),
    against: spans(["benchmark", "model"]),
  };
  return { id: "harness-over-model", title, measure, value, holds: value > 0, form };
}

/**
 * The directions that the second factor adds to the first: |projection on them| squared is the sum of squares that the
 * factor explains beyond the other. One row a direction, one number a cell and session.
 */
function directions(rows: readonly CountRow[], [base = "", added = ""]: readonly string[]): number[][] {
  const model = fitLinear(rows, { factors: [{ name: base }, { name: added }] });
  const labels = model.patterns.map((p) => p.label);
  const at = rows.map((r) => labels.indexOf(`${base}=${r.levels[base]}, ${added}=${r.levels[added]}`));
  const from = fitLinear(rows, { factors: [{ name: base }] }).terms.length;
  return model.terms.slice(from).map((_, j) => at.map((i) => model.patterns[i]?.q[from + j] ?? NaN));
}

function harnessEffect(cells: readonly HeadlineCell[], harness: string, sign: 1 | -1): Headline {
  const id = `${harness.replaceAll("_", "-")}-${sign > 0 ? "helps" : "hurts"}`;
  const title = `${harness} is ${sign > 0 ? "above" : "below"} tool_calling with model and benchmark held fixed`;
  const measure = "coefficient of the linear regression, points of success";
  const rows = cells.map(countRow);
  const here = cells.some((c) => c.harness === harness) && cells.some((c) => c.harness === "tool_calling");
  const model = here ? fitLinear(rows, { factors: FACTORS }) : null;
  const j = model ? model.terms.indexOf(`harness=${harness}`) : -1;
  const row = model?.rInverse[j];
  if (!model || !row) return { id, title, measure, value: null, holds: null, form: null };
  const labels = model.patterns.map((p) => p.label);
  const weights = cells.map((c) => {
    const label = `benchmark=${c.benchmark}, model=${c.model}, harness=${c.harness}`;
    const q = model.patterns[labels.indexOf(label)]?.q ?? [];
    return sign * row.reduce((sum, r, i) => sum + r * (q[i] ?? NaN), 0);
  });
  const value = model.coefficients[`harness=${harness}`] ?? NaN;
  return { id, title, measure, value, holds: sign * value > 0, form: { kind: "linear", weights } };
}

type CellName = readonly [benchmark: string, harness: string, model: string];

interface PairSpec {
  id: string;
  title: string;
  measure: string;
  first: CellName;
  second: CellName;
  /** Above zero where the conclusion holds. */
  value: (a: { n: number; k: number }, b: { n: number; k: number }) => number;
}

function pair(cells: readonly HeadlineCell[], { id, title, measure, value, ...names }: PairSpec): Headline {
  const find = ([benchmark, harness, model]: CellName) =>
    cells.findIndex((c) => c.benchmark === benchmark && c.harness === harness && c.model === model);
  const [first, second] = [find(names.first), find(names.second)];
  const [a, b] = [cells[first], cells[second]];
  if (!a || !b) return { id, title, measure, value: null, holds: null, form: null };
  const holds = (k1: number, k2: number) => value({ n: a.n, k: k1 }, { n: b.n, k: k2 }) > 0;
  const now = value(a, b);
  return { id, title, measure, value: now, holds: now > 0, form: { kind: "pair", first, second, holds } };
}

function countRow({ benchmark, model, harness, n, k }: HeadlineCell): CountRow {
  return { levels: { benchmark, model, harness }, cluster: `${benchmark} · ${harness} · ${model}`, n, k };
}
