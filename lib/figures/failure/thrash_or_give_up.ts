import * as Plot from "@observablehq/plot";
import type { ThrashRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, plural, seconds, times, tokens } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { logDomain } from "../kit/log_axis.ts";
import { type Naming, naming } from "../kit/names.ts";
import { bandWords, bodyWidth, facetsAbove, facetWords, isNarrow } from "../kit/narrow.ts";
import { groupBy } from "../kit/order.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, widest } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";

const MEASURES = ["tokens", "calls", "duration"] as const;
const LABEL_MAX = 200;
const WRITE = { tokens, calls: int, duration: seconds } as const;
const COLORS = {
  "thrashes": VERDICT_COLORS.failed,
  "gives up": VERDICT_COLORS.solved,
  "undecided": INK.faint,
} as const;

/** The ratio within config where configs compare, else the pooled one. */
const shown = (row: ThrashRow) => row.within?.within ?? { estimate: row.ratio, lo: row.lo, hi: row.hi };

/** On how many suites failures thrash and give up; only what there is. */
function styledOn(thrash: number, giveUp: number, suites: number): string {
  if (thrash && giveUp) return `thrash on ${plural(thrash, "suite")} and give up on ${giveUp} of ${suites}`;
  return `${thrash ? "thrash" : "give up"} on ${thrash || giveUp} of ${plural(suites, "suite")}`;
}

/** Failed over successful sessions in tokens, calls and duration per benchmark: thrash to the right of 1, give up left. */
export function drawThrashOrGiveUp(rows: readonly ThrashRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const suites = names.groups("benchmark", groupBy(rows, (row) => row.benchmark));
  const measure = MEASURES.find((one) => rows.some((row) => row.measure === one));
  const styled = (style: ThrashRow["style"]) =>
    suites.filter(([, of]) => of.some((row) => row.measure === measure && row.style === style)).length;
  return frame({
    name: names.figure("thrash-or-give-up"),
    title: !measure
      ? "Thrash or give up"
      : styled("thrashes") + styled("gives up") === 0
      ? `In ${measure}, within config, failures cannot be told from successes on ${
        suites.length === 1 ? "the only suite" : `any of ${plural(suites.length, "suite")}`
      }`
      : `In ${measure}, within config, failures ${styledOn(styled("thrashes"), styled("gives up"), suites.length)}`,
    subtitle:
      "Mean of failed over mean of successful sessions of the same config, logarithmic, with 95% intervals for new runs.",
    description: rows.map((row) =>
      `${names.benchmark(row.benchmark)}, ${row.measure}: ${times(shown(row).estimate)} within config, ${
        times(row.ratio)
      } pooled, ${row.style}.`
    )
      .join(" ") || "No benchmark has failed and successful sessions.",
    legend: [
      { mark: "dot", color: COLORS["gives up"], label: "gives up: failures take less" },
      { mark: "dot", color: COLORS.undecided, label: "undecided" },
      { mark: "dot", color: COLORS.thrashes, label: "thrashes: failures take more" },
      { mark: "ring", color: INK.muted, label: "pooled" },
    ],
    width: context.width,
    body: [
      rows.length
        ? dumbbells(
          rows,
          suites.map(([benchmark]) =>
            benchmark
          ),
          names,
          width,
        )
        : emptyBlock("Nothing to compare.", width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(
          suites.reduce((sum, [, of]) => sum + (of[0] ? of[0].n_failed + of[0].n_successful : 0), 0),
          "scored session",
        )
      }.`,
      "No cut-off. Duration ends with the call that started last. Undecided also where fewer than two runs compare.",
      "At 5%, corrected for every suite and measure (Holm); intervals are not corrected.",
    ],
  });
}

/** Height of a measure on a phone, and of a suite. */
const MEASURE = 36, FACET = MEASURES.length * MEASURE;

function dumbbells(rows: readonly ThrashRow[], suites: readonly string[], names: Naming, width: number): Block {
  const narrow = isNarrow(width);
  const domain = logDomain([...rows.flatMap((row) => [shown(row).lo, shown(row).hi, row.ratio]), 0.5, 2]);
  const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].filter((t) => t >= domain[0] && t <= domain[1]);
  const suite = (name: string) => fitName(names.benchmark(name), LABEL_MAX, FONT_SIZE.body);
  const labelWidth = widest(suites.map(suite), FONT_SIZE.body, 600) + 16;
  const marginLeft = labelWidth + widest(MEASURES, FONT_SIZE.body) + 14;
  const color = (row: ThrashRow) => COLORS[row.style];
  const write = (row: ThrashRow, value: number) => WRITE[row.measure](value);
  const title = (row: ThrashRow) =>
    `${names.benchmark(row.benchmark)}, ${row.measure}: ${times(shown(row).estimate)} within config (95% ${
      times(shown(row).lo)
    } to ${times(shown(row).hi)})\npooled ${times(row.ratio)} (95% ${times(row.lo)} to ${times(row.hi)})\nfailed ${
      write(row, row.failed_mean)
    }, n=${int(row.n_failed)}\nsuccessful ${write(row, row.successful_mean)}, n=${int(row.n_successful)}\n${row.style}`;
  const within = (row: ThrashRow) => row.within ? times(row.within.within.estimate) : "n/a";
  const side = [
    { label: "within", dx: 52, text: within },
    { label: "pooled", dx: 108, text: (row: ThrashRow) => times(row.ratio) },
    { label: "failed", dx: 176, text: (row: ThrashRow) => write(row, row.failed_mean) },
    { label: "solved", dx: 244, text: (row: ThrashRow) => write(row, row.successful_mean) },
  ];
  const place = { fy: (row: ThrashRow) => row.benchmark, y: (row: ThrashRow) => row.measure };
  const [top, bottom] = [suites[0] ?? "", suites.at(-1) ?? ""];
  return plotBlock({
    width,
    ...(narrow ? facetsAbove(suites, FACET, 30) : {
      height: suites.length * 72 + 60,
      marginTop: 28,
      marginBottom: 30,
      marginLeft,
      marginRight: 250,
      fy: { domain: [...suites], axis: null, padding: 0.12 },
    }),
    x: { type: "log", domain, axis: null },
    y: { domain: [...MEASURES], axis: null, type: "point", padding: 0.5 },
    marks: [
      Plot.gridX(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
      Plot.ruleX([1], { stroke: INK.text, strokeDasharray: "4,3" }),
      Plot.text(ticks, {
        x: (t) => t,
        fy: () => bottom,
        frameAnchor: "bottom",
        dy: 18,
        text: (t) => `${t}×`,
        fill: INK.muted,
      }),
      ...narrow
        ? [
          ...facetWords(suites, {
            narrow,
            width,
            facet: (name) => name,
            label: names.benchmark,
            left: suite,
          }),
          ...bandWords(rows, {
            narrow,
            width,
            band: (row) => row.measure,
            facet: (row) => row.benchmark,
            label: (row) => row.measure,
            value: (row) => `${within(row)} within, ${times(row.ratio)} pooled`,
            left: (measure) => measure,
            rowHeight: MEASURE,
          }),
        ]
        : [
          Plot.text(suites, {
            fy: (suite) => suite,
            frameAnchor: "left",
            textAnchor: "start",
            dx: -marginLeft,
            text: suite,
            fontWeight: 600,
          }),
          Plot.text(rows, {
            ...place,
            frameAnchor: "left",
            textAnchor: "end",
            dx: -10,
            text: "measure",
            fill: INK.muted,
          }),
        ],
      Plot.ruleY(rows, { ...place, x1: () => 1, x2: (row) => shown(row).estimate, stroke: INK.weak, strokeWidth: 5 }),
      Plot.ruleY(rows, {
        ...place,
        x1: (row) => shown(row).lo,
        x2: (row) => shown(row).hi,
        stroke: color,
        strokeWidth: 1.6,
        title,
      }),
      Plot.dot(rows, { ...place, x: "ratio", r: 4, fill: INK.ground, stroke: INK.muted, strokeWidth: 1.5, title }),
      Plot.dot(rows, { ...place, x: (row) => shown(row).estimate, r: 5, fill: color, stroke: INK.ground, title }),
      ...(narrow ? [] : side).flatMap(({ label, dx, text }) => [
        Plot.text(rows, {
          ...place,
          frameAnchor: "right",
          textAnchor: "end",
          dx,
          text,
          fontVariant: "tabular-nums",
          title,
        }),
        Plot.text([label], {
          fy: () => top,
          frameAnchor: "top-right",
          textAnchor: "end",
          dx,
          dy: -16,
          fill: INK.muted,
          text: (d) => d,
        }),
      ]),
    ],
  });
}
