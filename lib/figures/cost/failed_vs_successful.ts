import * as Plot from "@observablehq/plot";
import type { FailedCostRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural, times, usd } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { logAxisX, logDomain } from "../kit/log_axis.ts";
import { naming } from "../kit/names.ts";
import { ABOVE, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { widest } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";

/** What the figure needs beside its rows. */
export interface FailedCostContext extends FigureContext {
  /** A range of the ratio to hold the rows against, drawn as a band. */
  band?: { lo: number; hi: number; label: string };
}

const BAND = "#f7e7cf";
const POOLED = "all suites";
const COLORS = { dearer: VERDICT_COLORS.failed, cheaper: VERDICT_COLORS.solved, undecided: INK.faint } as const;

/** Whether failures cost more or less within a config than chance between its runs can explain. */
const styleOf = ({ within, p_holm }: FailedCostRow) =>
  within === null || p_holm === null || p_holm >= 0.05
    ? "undecided"
    : within.within.estimate > 1
    ? "dearer"
    : "cheaper";

/** The ratio within config where configs compare, else the pooled one. */
const shown = (row: FailedCostRow) => row.within?.within ?? { estimate: row.ratio, lo: row.lo, hi: row.hi };

/** On how many suites a failure is dearer and cheaper; only what there is. */
function decidedOn(dearer: number, cheaper: number, suites: number): string {
  if (!dearer && !cheaper) {
    return suites === 1 ? "undecided on the only suite" : `undecided on each of ${suites} suites`;
  }
  const parts = [dearer && `dearer on ${dearer}`, cheaper && `cheaper on ${cheaper}`].filter(Boolean);
  return `${parts.join(" and ")} of ${plural(suites, "suite")}`;
}

/** What a failed session costs compared with a successful one, per benchmark. */
export function drawFailedVsSuccessful(rows: readonly FailedCostRow[], context: FailedCostContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const nameOf = (row: FailedCostRow) => row.benchmark === null ? POOLED : names.benchmark(row.benchmark);
  const suites = rows.filter((row) => row.benchmark !== null);
  const pooled = rows.find((row) => row.benchmark === null);
  const count = (style: keyof typeof COLORS) => suites.filter((row) => styleOf(row) === style).length;
  return frame({
    name: names.figure("failed-vs-successful"),
    title: pooled && suites.length
      ? `Within config a failure costs ${times(shown(pooled).estimate, 1)} a success, ${
        decidedOn(count("dearer"), count("cheaper"), suites.length)
      }; pooled ${times(pooled.ratio, 1)}`
      : "What a failure costs compared with a success",
    subtitle:
      "Mean cost of a failed over that of a successful session of the same config, logarithmic, with 95% intervals for new runs.",
    description: rows.map((row) =>
      `${nameOf(row)}: ${times(shown(row).estimate)} within config, ${times(row.ratio)} pooled.`
    ).join(" ") ||
      "No benchmark has failed and successful sessions with a price.",
    legend: [
      { mark: "ring", color: INK.muted, label: "pooled" },
      { mark: "dot", color: COLORS.dearer, label: "failures dearer" },
      { mark: "dot", color: COLORS.cheaper, label: "cheaper" },
      { mark: "dot", color: COLORS.undecided, label: "undecided" },
      { mark: "dashed", color: INK.text, label: "parity" },
      ...(context.band ? [{ mark: "square" as const, color: BAND, label: context.band.label }] : []),
    ],
    width: context.width,
    body: [
      rows.length
        ? ratios(rows, context, nameOf, width)
        : emptyBlock("No benchmark has failed and successful sessions with a price.", width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural((pooled?.n_failed ?? 0) + (pooled?.n_successful ?? 0), "scored session")} with a price.`,
      "Undecided: p of 5% and more, corrected for the suites asked (Holm), or fewer than two runs compare; intervals are not " +
      "corrected. USD at the price table's rates.",
      ...simpsons(rows, nameOf),
    ],
  });
}

/** Where pooling says the opposite of every config's own sessions. */
function simpsons(rows: readonly FailedCostRow[], nameOf: (row: FailedCostRow) => string): string[] {
  return rows.flatMap((row) => {
    const within = row.within?.within.estimate;
    if (within === undefined || (within - 1) * (row.ratio - 1) >= 0) return [];
    return [`Simpson on ${nameOf(row)}: ${times(row.ratio)} pooled, ${times(within)} within config.`];
  });
}

function ratios(
  rows: readonly FailedCostRow[],
  { band }: FailedCostContext,
  nameOf: (row: FailedCostRow) => string,
  width: number,
): Block {
  const narrow = isNarrow(width);
  const domain = logDomain([...rows.flatMap((row) => [shown(row).lo, shown(row).hi, row.ratio]), 0.5, 2]);
  const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter((t) =>
    t >= domain[0] && t <= domain[1]
  );
  const color = (row: FailedCostRow) => COLORS[styleOf(row)];
  const title = (row: FailedCostRow) =>
    `${nameOf(row)}: ${times(shown(row).estimate)} within config (95% ${times(shown(row).lo)} to ${
      times(shown(row).hi)
    })\npooled ${times(row.ratio)} (95% ${times(row.lo)} to ${times(row.hi)})\nfailed ${usd(row.usd_failed)}, n=${
      int(row.n_failed)
    }\nsuccessful ${usd(row.usd_successful)}, n=${int(row.n_successful)}`;
  const within = (row: FailedCostRow) => row.within ? times(row.within.within.estimate) : "n/a";
  const side = [
    { label: "within", dx: 52, text: within },
    { label: "pooled", dx: 108, text: (row: FailedCostRow) => times(row.ratio) },
    { label: "failed", dx: 168, text: (row: FailedCostRow) => usd(row.usd_failed) },
    { label: "solved", dx: 228, text: (row: FailedCostRow) => usd(row.usd_successful) },
    { label: "failures", dx: 286, text: (row: FailedCostRow) => pct(row.n_failed / (row.n_failed + row.n_successful)) },
  ];
  return plotBlock({
    width,
    height: rows.length * (narrow ? ABOVE.rowHeight : 34) + (narrow ? 34 : 60),
    marginTop: narrow ? 4 : 28,
    marginBottom: 30,
    marginLeft: narrow ? ABOVE.marginLeft : widest(rows.map(nameOf), FONT_SIZE.body) + 14,
    marginRight: narrow ? ABOVE.marginRight : 292,
    x: { type: "log", domain, axis: null },
    y: { domain: rows.map(nameOf), axis: null },
    marks: [
      Plot.rect(band ? [band] : [], {
        x1: "lo",
        x2: "hi",
        fill: BAND,
        title: (b) => `${b.label}: ${times(b.lo)} to ${times(b.hi)}`,
      }),
      Plot.gridX(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
      logAxisX(ticks, (t) => `${t}×`),
      ...bandWords(rows, {
        narrow,
        width,
        band: nameOf,
        label: nameOf,
        value: (row) => `${within(row)} within, ${times(row.ratio)} pooled`,
        title,
        left: (name) => name,
      }),
      Plot.ruleX([1], { stroke: INK.text, strokeDasharray: "4,3" }),
      Plot.ruleY(rows, {
        y: nameOf,
        x1: (row) => shown(row).lo,
        x2: (row) => shown(row).hi,
        stroke: color,
        strokeWidth: 2,
        title,
      }),
      Plot.dot(rows, { y: nameOf, x: "ratio", r: 4.5, fill: INK.ground, stroke: INK.muted, strokeWidth: 1.5, title }),
      Plot.dot(rows, { y: nameOf, x: (row) => shown(row).estimate, r: 6, fill: color, stroke: INK.ground, title }),
      ...(narrow ? [] : side).flatMap(({ label, dx, text }) => [
        Plot.text(rows, {
          y: nameOf,
          frameAnchor: "right",
          textAnchor: "end",
          dx,
          text,
          fontVariant: "tabular-nums",
          title,
        }),
        Plot.text([label], {
          frameAnchor: "top-right",
          textAnchor: "end",
          dx,
          dy: -18,
          fill: INK.muted,
          text: (d) => d,
        }),
      ]),
    ],
  });
}
