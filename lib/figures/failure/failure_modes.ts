import * as Plot from "@observablehq/plot";
import type { Failures } from "../../analysis/mod.ts";
import { TOLD_MODES } from "../../model/mod.ts";
import { inkOn } from "../kit/color.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural, tokens } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { groupBy, sumBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, textWidth, widest } from "../kit/text.ts";
import { FAILURE_MODE_COLORS, FONT_SIZE, INK } from "../kit/theme.ts";

/** Failures that a benchmark and harness must have to be drawn. */
export const MIN_MODE_FAILURES = 15;
const GAP = 28;
const LABEL_MAX = 96;

type ModeRow = Failures["by_cell"][number];

/** How each harness fails within a benchmark: bars stacked to 100%, one panel a suite, or one of all suites pooled. */
export function drawFailureModes(
  { by_cell, ...failures }: Failures,
  context: FigureContext,
  { pooled = false } = {},
): Figure {
  const names = naming(context), full = bodyWidth(context);
  const columns = pooled || isNarrow(full) ? 1 : 2, width = (full - GAP * (columns - 1)) / columns;
  const cells = pooled ? failures.by_harness.map((row) => ({ ...row, benchmark: "" })) : by_cell;
  const size = sumBy(cells, cellKey, (row) => row.n);
  const shown = cells.filter((row) => (size.get(cellKey(row)) ?? 0) >= MIN_MODE_FAILURES);
  const left = [...size.values()].filter((n) => n < MIN_MODE_FAILURES);
  const suites = names.groups("benchmark", groupBy(shown, (row) => row.benchmark));
  const labelWidth = isNarrow(full)
    ? null
    : Math.min(LABEL_MAX, widest(shown.map((row) => names.harness(row.harness)), FONT_SIZE.body));
  const modes = TOLD_MODES.filter((mode) => mode !== "unknown" || failures.modes[mode]);
  const silent = failures.modes["silent wrong answer"] ?? 0;
  const untold = failures.modes.unknown ?? 0;
  return frame({
    name: names.figure(pooled ? "failure-modes-pooled" : "failure-modes"),
    title: untold === 0
      ? `${pct(silent / failures.n)} of failures are silent: no error, no loop, a wrong answer`
      : `How ${int(untold)} of ${plural(failures.n, "session")} failed cannot be told: ${pct(silent / failures.n)} to ${
        pct((silent + untold) / failures.n)
      } of failures are silent`,
    subtitle: pooled
      ? "Failed sessions by the first mode that holds, all suites pooled: harnesses that ran other suites fail at other tasks."
      : "Failed sessions by the first mode that holds, harnesses side by side within one benchmark.",
    description: `Of ${plural(failures.n, "failed session")}: ${
      modes.map((mode) => `${mode} ${int(failures.modes[mode] ?? 0)}`).join(", ")
    }.`,
    legend: legendBlock(
      modes.map((mode) => ({ mark: "square", color: FAILURE_MODE_COLORS[mode] ?? INK.weak, label: mode })),
      "",
      full,
    ),
    width: context.width,
    body: [
      suites.length
        ? gridBlock(
          suites.map(([benchmark, rows]) =>
            panelBlock(
              pooled ? "all suites" : names.benchmark(benchmark),
              "",
              stacks(rows, size, width, labelWidth, names),
            )
          ),
          columns,
          columns > 1 ? GAP : GAP / 2,
        )
        : emptyBlock(
          `No ${pooled ? "harness has" : "benchmark and harness have"} ${MIN_MODE_FAILURES} failures.`,
          full,
        ),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${int(shown.reduce((sum, row) => sum + row.n, 0))} of ${plural(failures.n, "failed session")}.`,
      `${pooled ? "Harnesses" : "Benchmark and harness"} with ${MIN_MODE_FAILURES} failures and more` +
      (left.length ? `; ${plural(left.length, "smaller one")} left out.` : "."),
      failures.tokens_p90 === null
        ? ""
        : `Loop: at or above ${tokens(failures.tokens_p90)} tokens${
          failures.calls_p90 === null ? "" : ` or ${plural(failures.calls_p90, "call")}`
        } (90th percentiles).`,
    ].filter(Boolean),
  });
}

const cellKey = ({ benchmark, harness }: ModeRow) => JSON.stringify([benchmark, harness]);

interface Segment extends ModeRow {
  x1: number;
  x2: number;
}

/** Bars of one benchmark, their labels at the left, or above them where these are given no width. */
function stacks(
  rows: readonly ModeRow[],
  size: ReadonlyMap<string, number>,
  width: number,
  labelWidth: number | null,
  names: Naming,
): Block {
  const cells = names.groups("harness", groupBy(rows, (row) => row.harness));
  const segments = cells.flatMap(([, own]) => {
    let x = 0;
    return TOLD_MODES.flatMap((mode): Segment[] => {
      const row = own.find((one) => one.mode === mode);
      if (!row || !row.n) return [];
      const x1 = x;
      x += row.n / (size.get(cellKey(row)) ?? 1);
      return [{ ...row, x1, x2: x }];
    });
  });
  const narrow = labelWidth === null;
  const marginLeft = narrow ? ABOVE.marginLeft : labelWidth + 10;
  const marginRight = narrow ? ABOVE.marginRight : 52;
  const inner = width - marginLeft - marginRight;
  const total = (own: readonly ModeRow[]) => `n=${int(own[0] ? size.get(cellKey(own[0])) : 0)}`;
  const fits = ({ x1, x2 }: Segment) => (x2 - x1) * inner > textWidth("100%", FONT_SIZE.small) + 6;
  const color = (segment: Segment) => FAILURE_MODE_COLORS[segment.mode] ?? INK.weak;
  const title = (segment: Segment) =>
    `${names.harness(segment.harness)} on ${names.benchmark(segment.benchmark)}\n${segment.mode}: ${
      int(segment.n)
    } of ${plural(size.get(cellKey(segment)) ?? 0, "failure")} (${pct(segment.x2 - segment.x1)})`;
  return plotBlock({
    width,
    height: cells.length * (narrow ? ABOVE.rowHeight : 26) + 4,
    marginTop: 2,
    marginBottom: 2,
    marginLeft,
    marginRight,
    x: { domain: [0, 1], axis: null },
    y: { domain: cells.map(([harness]) => harness), axis: null, ...bandPadding(narrow, 0.16) },
    marks: [
      ...bandWords(cells, {
        narrow,
        width,
        band: ([harness]) => harness,
        label: ([harness]) => names.harness(harness),
        value: ([, own]) => total(own),
        left: (harness) => fitName(names.harness(harness), labelWidth ?? 0, FONT_SIZE.body),
      }),
      Plot.barX(segments, { x1: "x1", x2: "x2", y: "harness", fill: color, stroke: INK.ground, strokeWidth: 1, title }),
      Plot.text(segments.filter(fits), {
        x: ({ x1, x2 }) => (x1 + x2) / 2,
        y: "harness",
        text: ({ x1, x2 }) => pct(x2 - x1),
        fontSize: FONT_SIZE.small,
        fill: (segment) => inkOn(color(segment)),
        title,
      }),
      Plot.text(narrow ? [] : cells, {
        y: ([harness]) => harness,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        text: ([, own]) => total(own),
        fill: INK.muted,
      }),
    ],
  });
}
