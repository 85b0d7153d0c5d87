import * as Plot from "@observablehq/plot";
import type { PairedRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { pct, plural, points, pValue, someOf, times } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { plotBlock } from "../kit/plot.ts";
import { pointsAxisX, pointsDomain } from "../kit/points_axis.ts";
import { fitName } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";
import { whiskerX } from "../kit/whisker.ts";

/** Pairs drawn of each benchmark, those that are told apart most clearly first. */
const MOST = 12;
const LABEL = 380, RIGHT = 180;

/** Configs compared two by two on the tasks that both tried. */
export function drawPairedConfigs(rows: readonly PairedRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const suites = names.groups("benchmark", groupBy(rows, (row) => row.benchmark));
  const told = rows.filter(apart);
  const worth = rows.flatMap((row) => row.worth === null ? [] : [row.worth]).sort((a, b) => a - b);
  const middle = worth.length
    ? (worth[Math.floor((worth.length - 1) / 2)]! + worth[Math.floor(worth.length / 2)]!) / 2
    : null;
  return frame({
    name: names.figure("paired-configs"),
    title: `${
      someOf(
        told.length,
        rows.length,
        "pair of configs is",
        `pairs of configs${suites.length > 1 ? " on a benchmark" : ""} are`,
      )
    } told apart on the tasks that both tried`,
    subtitle:
      "First less second in points, each task of equal weight however often it was tried, with 95% intervals over tasks.",
    description: rows.slice(0, MOST).map((row) =>
      `${names.config(row.first)} over ${names.config(row.second)} on ${names.benchmark(row.benchmark)}: ${
        points(row.estimate)
      }, ${pValue(row.p_holm)}.`
    ).join(" ") || "No two configs tried the same tasks.",
    legend: [
      { mark: "dot", color: VERDICT_COLORS.solved, label: "told apart" },
      { mark: "ring", color: INK.faint, label: "not told apart" },
      { mark: "whisker", color: INK.text, label: "95%, over tasks" },
    ],
    width: context.width,
    body: suites.length
      ? suites.map(([benchmark, all]) => {
        const note = all.length > MOST ? `${MOST} of ${plural(all.length, "pair")}` : plural(all.length, "pair");
        return panelBlock(names.benchmark(benchmark), note, pairs(all.slice(0, MOST), names, width), 1);
      })
      : [emptyBlock("No two configs tried five of the same tasks.", width)],
    caption: [
      `Source: ${context.source}.`,
      `Exact test over the signs of the tasks' differences, Holm over the ${
        rows.length === 1 ? "pair" : "pairs"
      } of a benchmark.`,
      middle === null ? "" : `Pairing is worth ${times(middle, 1)} as many tasks in the middle pair.`,
    ].filter((text) =>
      text !== ""
    ),
  });
}

const apart = (row: PairedRow) => row.p_holm < 0.05;
const key = (row: PairedRow) => `${row.first}\n${row.second}`;

function pairs(rows: readonly PairedRow[], names: Naming, width: number): Block {
  const narrow = isNarrow(width), rowHeight = narrow ? 56 : 23;
  // On a phone each config of a pair has a line of words, and the interval is below them.
  const dy = narrow ? 14 : 0, beside = narrow ? [] : rows;
  const domain = pointsDomain(rows.flatMap((row) => [row.lo, row.hi]));
  const byKey = new Map(rows.map((row) => [key(row), row]));
  const title = (row: PairedRow) =>
    `${names.config(row.first)} ${pct(row.first_rate)}\n${names.config(row.second)} ${pct(row.second_rate)}\n` +
    `${points(row.estimate, 1)}, 95% ${points(row.lo, 1)} to ${points(row.hi, 1)}\n${pValue(row.p)}, ` +
    `${pValue(row.p_holm)} after Holm\n${plural(row.tasks, "task")}`;
  const side = { y: key, frameAnchor: "right", fontVariant: "tabular-nums", title } as const;
  const label = (row: PairedRow) =>
    `${fitName(names.config(row.first), LABEL / 2 - 16, FONT_SIZE.body)} over ${
      fitName(names.config(row.second), LABEL / 2 - 16, FONT_SIZE.body)
    }`;
  return plotBlock({
    width,
    height: rows.length * rowHeight + 26,
    marginTop: 2,
    marginBottom: 24,
    marginLeft: narrow ? ABOVE.marginLeft : LABEL + 12,
    marginRight: narrow ? ABOVE.marginRight : RIGHT,
    x: { domain },
    y: { domain: rows.map(key), axis: null, padding: narrow ? 0 : 0.2 },
    marks: [
      ...pointsAxisX(domain, width, narrow ? 4 : 5),
      ...bandWords(rows, {
        narrow,
        width,
        band: key,
        label: (row) => names.config(row.first),
        value: (row) => pValue(row.p_holm),
        title,
        left: (k) => label(byKey.get(k)!),
        rowHeight,
      }),
      ...narrow
        ? bandWords(rows, {
          narrow,
          width,
          band: key,
          label: (row) => `over ${names.config(row.second)}`,
          value: (row) => plural(row.tasks, "task"),
          title,
          left: (k) => k,
          rowHeight: rowHeight - 32,
        })
        : [],
      // It runs through the words on a phone.
      Plot.ruleX([0], { stroke: narrow ? INK.weak : INK.muted }),
      ...whiskerX(rows, { band: key, lo: (row) => row.lo, hi: (row) => row.hi, inset: narrow ? 23 : 6, dy }),
      Plot.dot(rows, {
        x: "estimate",
        y: key,
        dy,
        r: 4.5,
        fill: (row) => apart(row) ? VERDICT_COLORS.solved : INK.ground,
        stroke: (row) => apart(row) ? VERDICT_COLORS.solved : INK.faint,
        strokeWidth: 1.5,
        title,
      }),
      Plot.text(beside, { ...side, textAnchor: "start", dx: 12, text: (row) => pValue(row.p_holm), fill: INK.text }),
      Plot.text(beside, {
        ...side,
        textAnchor: "end",
        dx: 172,
        text: (row) => plural(row.tasks, "task"),
        fill: INK.muted,
      }),
    ],
  });
}
