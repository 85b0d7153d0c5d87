import { MIN_JUDGED } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { ExplainedRow, ShareInterval } from "../../analysis/mod.ts";
import type { Figure, OfficialContext } from "../kit/figure.ts";
import { int, pct } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { officialWords } from "../kit/official.ts";
import { naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, facetsAbove, facetWords, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { widest } from "../kit/text.ts";
import { FACTOR_COLORS, FONT_SIZE, INK } from "../kit/theme.ts";
import { valueAxisX } from "../kit/value_axis.ts";

const FACTORS = ["harness", "model"] as const;
const BAND = 26;

interface Bar extends ShareInterval {
  group: string;
  factor: typeof FACTORS[number];
}

/** What the harness and the model add, by whose verdicts: a conclusion that turns around with the grader is the grader's. */
export function drawWhatExplainsSuccess(rows: readonly ExplainedRow[], context: OfficialContext): Figure {
  const names = naming(context), width = bodyWidth(context), narrow = isNarrow(width);
  const find = (verdicts: ExplainedRow["verdicts"]) => rows.find((r) => r.verdicts === verdicts);
  const [judged, official] = [find("judged, shared cells"), find("official, shared cells")];
  const label = (row: ExplainedRow) => `${row.verdicts} (n = ${int(row.n)})`;
  const bars = rows.flatMap((row) => FACTORS.map((factor): Bar => ({ group: label(row), factor, ...row[factor] })));
  const value = (bar: Bar) => `${pct(bar.share, 1)}  (${pct(bar.lo, 1)} – ${pct(bar.hi, 1)})`;
  const corrected = find("corrected");
  const top = Math.max(0.05, ...bars.map((b) => b.hi)) * 1.12;
  const title = judged && official
    ? `Harness and model add ${pct(judged.harness.share, 1)} and ${pct(judged.model.share, 1)} as judged, ${
      pct(official.harness.share, 1)
    } and ${pct(official.model.share, 1)} as graded, on the same cells`
    : "What explains success, by whose verdicts";
  return frame({
    name: names.figure("what-explains-success"),
    title,
    subtitle: "Incremental share of the variance of success (R² lost without the factor), benchmark held fixed.",
    description: rows.map((row) =>
      `${row.verdicts}: harness ${pct(row.harness.share, 1)}, model ${pct(row.model.share, 1)}.`
    ).join(" ") || "No verdicts vary.",
    legend: [
      ...FACTORS.map((factor) => ({ mark: "square" as const, color: FACTOR_COLORS[factor], label: factor })),
      { mark: "whisker", color: INK.text, label: "95%, new cells" },
    ],
    width: context.width,
    body: [
      bars.length
        ? plotBlock({
          width,
          ...(narrow ? facetsAbove(rows.map(label), FACTORS.length * ABOVE.rowHeight, 28) : {
            height: rows.length * (FACTORS.length * BAND + 14) + 34,
            marginTop: 4,
            marginBottom: 28,
            marginLeft: widest(rows.map(label), FONT_SIZE.body) + 16,
            marginRight: 130,
            fy: { domain: rows.map(label), label: null, axis: null, padding: 0.16 },
          }),
          x: { domain: [0, top] },
          y: { domain: [...FACTORS], axis: null, ...bandPadding(narrow, 0.14) },
          marks: [
            ...valueAxisX(narrow ? 4 : 6, pct),
            ...facetWords(rows, {
              narrow,
              width,
              facet: label,
              label,
              left: (group) => group,
            }),
            ...narrow
              ? bandWords(bars, {
                narrow,
                width,
                band: (bar) => bar.factor,
                facet: (bar) => bar.group,
                label: (bar) => bar.factor,
                value,
                left: (factor) => factor,
              })
              : [],
            Plot.barX(bars, {
              x: "share",
              y: "factor",
              fy: "group",
              fill: (bar: Bar) => FACTOR_COLORS[bar.factor],
              title: (bar) =>
                `${bar.factor}, ${bar.group}: ${pct(bar.share, 2)}, from ${pct(bar.lo, 2)} to ${pct(bar.hi, 2)}`,
            }),
            Plot.ruleY(bars, { x1: "lo", x2: "hi", y: "factor", fy: "group", stroke: INK.text, strokeWidth: 1.2 }),
            ...(["lo", "hi"] as const).map((end) =>
              Plot.tickX(bars, {
                x: end,
                y: "factor",
                fy: "group",
                stroke: INK.text,
                strokeWidth: 1.2,
                insetTop: narrow ? 3 : 6,
                insetBottom: narrow ? 3 : 6,
              })
            ),
            Plot.ruleX([0], { stroke: INK.faint }),
            Plot.text(narrow ? [] : bars, {
              frameAnchor: "right",
              textAnchor: "end",
              dx: 124,
              y: "factor",
              fy: "group",
              text: value,
              fontVariant: "tabular-nums",
            }),
          ],
        })
        : emptyBlock("No verdicts vary.", width),
    ],
    caption: [
      `Source: ${context.source}${officialWords(context)}, rows that repeat another harness left out.`,
      `Shared cells: judged ${MIN_JUDGED} times and more, and officially graded. Active cells: without agents that never started.`,
      corrected
        ? "Corrected: verdicts corrected by their error rates against session grades (Rogan-Gladen)."
        : "Corrected by session grades: empty, none are joined.",
      "Bars hold what chance explains; intervals do not, and are for new cells of these levels.",
    ],
  });
}
