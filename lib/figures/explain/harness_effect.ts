import * as Plot from "@observablehq/plot";
import type { EffectInterval, EffectRow, Effects } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, plural, points, pValue } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { type Naming, naming } from "../kit/names.ts";
import { bodyWidth, facetsAbove, facetWords, isNarrow } from "../kit/narrow.ts";
import { byName } from "../kit/order.ts";
import { plotBlock } from "../kit/plot.ts";
import { pointsAxisX, pointsDomain } from "../kit/points_axis.ts";
import { fitName, widest } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";
import { shortSentence } from "../kit/short.ts";

/** The three kinds of error, from the one that takes sessions as independent to the one that this design can carry. */
const KINDS = [
  { key: "hc1", label: "HC1, every session on its own", color: "#7fb8d8" },
  { key: "cr1", label: "clustered by run (CR1)", color: "#0b62a4" },
  { key: "small_sample", label: "clustered, small-sample form (CR3)", color: "#10233f" },
] as const;

const LABEL_MAX = 200;
/** Height of a harness on a phone. */
const FACET = 44;

interface Drawn {
  row: EffectRow;
  kind: typeof KINDS[number];
  interval: EffectInterval;
}

/** Adjusted effect of each harness over the reference, with three kinds of error side by side. */
export function drawHarnessEffect(effects: Effects | null, context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  if (effects === null) return unfitted(context);
  const rows = effects.rows.filter((row) => row.factor === "harness")
    .toSorted((a, b) => b.estimate - a.estimate || byName(a.level, b.level));
  const reference = effects.references.harness;
  const drawn = rows.filter((row) => !row.too_few_runs);
  const named = rows.filter((row) => row.too_few_runs);
  const kept = drawn.filter((row) => row.small_sample && (row.small_sample.lo > 0 || row.small_sample.hi < 0));
  const all = drawn.filter((row) => row.hc1 && (row.hc1.lo > 0 || row.hc1.hi < 0));
  const runsKnown = effects.runs < effects.n;
  return frame({
    name: names.figure("harness-effect"),
    title: drawn.length
      ? `${all.length ? plural(all.length, "harness differs", "harnesses differ") : "No harness differs"} from ${
        names.harness(reference)
      } if sessions are independent${
        runsKnown ? `, ${kept.length || (all.length ? "none" : "nor")} if only runs are` : "; of runs nothing is known"
      }`
      : "Adjusted effect of each harness",
    subtitle: `Success over ${
      names.harness(reference)
    } in points, with benchmark and model held fixed (linear probability model), and 95% intervals.`,
    description: rows.map((row) =>
      `${names.harness(row.level)}: ${points(row.estimate)} over ${names.harness(reference)}${
        row.small_sample ? `, ${points(row.small_sample.lo)} to ${points(row.small_sample.hi)} clustered` : ""
      }.`
    ).join(" ") || "The effect of no harness can be told.",
    legend: legendBlock(KINDS.map(({ label, color }) => ({ mark: "line", color, label })), "", width),
    width: context.width,
    body: [
      rows.length
        ? intervals({ rows: drawn, named, reference, width }, names)
        : emptyBlock("There is one harness, or none: no contrast.", width),
    ],
    caption: [
      `Source: ${context.source}.`,
      runsKnown
        ? `n = ${plural(effects.n, "scored session")} in ${
          plural(effects.runs, "run")
        }; ${effects.cells_with_one_run} of ${plural(effects.cells, "cell")} hold a single run.`
        : `n = ${plural(effects.n, "scored session")}; no run holds two of them, or none is named: each counts as one.`,
      "Differ: the interval leaves out 0; for runs, in the small-sample form.",
      ...shortSentence("HC1", "coefficient, HC1", "new runs of these cells"),
      named.length
        ? `In fewer than five runs, so named and not drawn: ${
          named.map((row) =>
            `${names.harness(row.level)} (${plural(row.runs, "run")})`
          ).join(", ")
        }.`
        : "Every harness has five runs or more.",
    ],
  });
}

function unfitted(context: FigureContext): Figure {
  const width = bodyWidth(context);
  return frame({
    name: naming(context).figure("harness-effect"),
    title: "Adjusted effect of each harness",
    description: "The regression cannot be fitted: success does not vary, or nothing is scored.",
    width: context.width,
    body: [emptyBlock("The regression cannot be fitted: success does not vary, or nothing is scored.", width)],
    caption: [`Source: ${context.source}.`],
  });
}

interface IntervalsOptions {
  rows: readonly EffectRow[];
  /** Rows that are named and not drawn. */
  named: readonly EffectRow[];
  reference: string;
  width: number;
}

function intervals({ rows, named, reference, width }: IntervalsOptions, names: Naming): Block {
  const narrow = isNarrow(width);
  const drawn = rows.flatMap((row) =>
    KINDS.flatMap((kind): Drawn[] => {
      const interval = row[kind.key];
      return interval ? [{ row, kind, interval }] : [];
    })
  );
  const levels = [...rows.map((row) => row.level), reference, ...named.map((row) => row.level)];
  const ends = drawn.flatMap(({ interval }) => [interval.lo, interval.hi]);
  const domain = pointsDomain(ends);
  const place = { fy: (d: Drawn) => d.row.level, y: (d: Drawn) => d.kind.key };
  const title = ({ row, kind, interval }: Drawn) =>
    `${names.harness(row.level)}, ${kind.label}\n${points(row.estimate, 1)}, 95% ${points(interval.lo, 1)} to ${
      points(interval.hi, 1)
    }, ${pValue(interval.p)}\n${plural(row.n, "session")} in ${plural(row.runs, "run")}`;
  const valueOf = (level: string) => {
    const row = rows.find((one) => one.level === level);
    if (row) return `${points(row.estimate)}\nn=${int(row.n)}, ${plural(row.runs, "run")}`;
    const kept = named.find((one) => one.level === level);
    return kept ? `in ${plural(kept.runs, "run")} only: not drawn` : "reference";
  };
  const label = (level: string) => fitName(names.harness(level), LABEL_MAX, FONT_SIZE.body);
  return plotBlock({
    width,
    ...(narrow ? facetsAbove(levels, FACET, 28) : {
      height: levels.length * 60 + 34,
      marginTop: 6,
      marginBottom: 28,
      marginLeft: widest(levels.map(label), FONT_SIZE.body) + 16,
      marginRight: 150,
      fy: { domain: levels, axis: null, padding: 0.15 },
    }),
    x: { domain },
    y: { domain: KINDS.map((kind) => kind.key), axis: null, padding: 0.6, type: "point" },
    marks: [
      ...pointsAxisX(domain, width, narrow ? 4 : 7),
      ...facetWords(levels, {
        narrow,
        width,
        facet: (level) => level,
        label: names.harness,
        value: (level) => valueOf(level).replace("\n", ", "),
        left: label,
      }),
      Plot.ruleX([0], { stroke: INK.text, strokeDasharray: "4,3" }),
      Plot.ruleY(drawn, {
        ...place,
        x1: (d) => d.interval.lo,
        x2: (d) => d.interval.hi,
        stroke: (d) => d.kind.color,
        strokeWidth: 2.5,
        title,
      }),
      Plot.dot(drawn, {
        ...place,
        x: (d) => d.row.estimate,
        r: 4.5,
        fill: (d) => d.kind.color,
        stroke: INK.ground,
        title,
      }),
      Plot.text(narrow ? [] : drawn.filter(({ kind }) => kind.key === "hc1"), {
        fy: (d) => d.row.level,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 12,
        text: ({ row }) => valueOf(row.level),
        lineHeight: 1.3,
      }),
      Plot.text(narrow ? [] : [reference], {
        fy: (level) => level,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 12,
        text: valueOf,
        fill: INK.muted,
      }),
      Plot.dot([reference], {
        fy: (level) => level,
        x: 0,
        frameAnchor: "middle",
        r: 4.5,
        fill: INK.ground,
        stroke: INK.text,
      }),
      Plot.text(narrow ? [] : named, {
        fy: "level",
        x: 0,
        frameAnchor: "middle",
        textAnchor: "start",
        dx: 8,
        fill: INK.muted,
        text: (row) => valueOf(row.level),
        title: (row) => row.withheld ?? "",
      }),
    ],
  });
}
