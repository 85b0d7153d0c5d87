import { MIN_FRONTIER_N } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { RankChange, RankChangeRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { fixed, int, pct, plural, usd } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming, splitConfig } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, widest } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";

const ROW = 26;

const moved = (row: RankChangeRow) => row.place_per_success - row.place_per_task;
const colorOf = (row: RankChangeRow) =>
  moved(row) > 0 ? VERDICT_COLORS.failed : moved(row) < 0 ? VERDICT_COLORS.solved : INK.weak;

/** Configs ranked by cost per task and by cost per solved task, and the lines that cross between the two. */
export function drawRankChange({ rows, tau }: RankChange, context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const furthest = rows.toSorted((a, b) => moved(b) - moved(a))[0];
  const down = rows.filter((row) => moved(row) > 0).length;
  return frame({
    name: names.figure("rank-change"),
    title: furthest && moved(furthest) > 0
      ? `${names.config(furthest.config)} falls ${plural(moved(furthest), "place")} once failures are paid for`
      : rows.length > 1
      ? "Cost per task and cost per solved task put the configs in the same order"
      : "Ranks by cost per task and by cost per solved task",
    subtitle:
      "Configs from cheapest (top) to dearest by cost per task, at the left, and by cost per solved task, at the right.",
    description: rows.map((row) =>
      `${names.config(row.config)}: place ${row.place_per_task} per task, ${row.place_per_success} per solved task.`
    ).join(" ") || "No config can be ranked.",
    legend: [
      { mark: "line", color: VERDICT_COLORS.failed, label: "falls" },
      { mark: "line", color: VERDICT_COLORS.solved, label: "rises" },
      { mark: "line", color: INK.weak, label: "keeps its place" },
    ],
    width: context.width,
    body: [
      rows.length
        ? slopes(rows, names, width)
        : emptyBlock(`No config has ${MIN_FRONTIER_N} scored sessions, a price and a success.`, width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(rows.reduce((sum, row) => sum + row.n, 0), "scored session")
      } in ${plural(rows.length, "config")}; ${down} ${down === 1 ? "falls" : "fall"}.`,
      tau === null ? "" : `Kendall's τ between the orders: ${fixed(tau, 2)}.`,
      `Configs of ${MIN_FRONTIER_N} sessions and more with a price and a success.`,
    ].filter(Boolean),
  });
}

function slopes(rows: readonly RankChangeRow[], names: Naming, width: number): Block {
  const places = rows.length;
  // On a phone a config's model stands below its harness.
  const narrow = isNarrow(width), rowHeight = narrow ? 36 : ROW, up = narrow ? -8 : 0;
  const values = rows.flatMap((row) => [usd(row.usd_per_task), usd(row.usd_per_success)]);
  const beyond = widest(values, FONT_SIZE.body) + (narrow ? 16 : 24);
  const half = (width - 56) / 2;
  const label = ({ config }: RankChangeRow) =>
    narrow
      ? fitName(names.harness(splitConfig(config).harness), half - beyond, FONT_SIZE.body)
      : fitName(names.config(config), 210, FONT_SIZE.body);
  const margin = narrow ? half : beyond + widest(rows.map(label), FONT_SIZE.body) + 6;
  const below = ({ config }: RankChangeRow) => {
    const { model } = splitConfig(config);
    return model ? fitName(names.model(model), half - 10, FONT_SIZE.body) : "";
  };
  // Those that move far are drawn last, so that they lie on top.
  const layered = rows.toSorted((a, b) => Math.abs(moved(a)) - Math.abs(moved(b)));
  const ends = layered.flatMap((row) => [
    { row, side: "task", place: row.place_per_task },
    { row, side: "success", place: row.place_per_success },
  ]);
  const title = (row: RankChangeRow) =>
    `${names.config(row.config)}\n${usd(row.usd_per_task)} per task (place ${row.place_per_task})\n${
      usd(row.usd_per_success)
    } per solved task (place ${row.place_per_success})\nsuccess ${pct(row.k / row.n)}, n = ${int(row.n)}`;
  return plotBlock({
    width,
    height: places * rowHeight + 34,
    marginLeft: margin,
    marginRight: margin,
    marginTop: 30,
    marginBottom: 4,
    x: { type: "point", domain: ["task", "success"], axis: null, padding: 0 },
    y: { domain: [0.5, places + 0.5], reverse: true, axis: null },
    marks: [
      Plot.line(ends, {
        x: "side",
        y: "place",
        z: ({ row }) => row.config,
        stroke: ({ row }) => colorOf(row),
        strokeWidth: 2.2,
        title: ({ row }) => title(row),
      }),
      Plot.dot(ends, { x: "side", y: "place", r: 4.5, fill: ({ row }) => colorOf(row), stroke: INK.ground }),
      ...([
        { x: "task", y: "place_per_task", value: "usd_per_task", textAnchor: "end", sign: -1 },
        { x: "success", y: "place_per_success", value: "usd_per_success", textAnchor: "start", sign: 1 },
      ] as const).flatMap(({ x, y, value, textAnchor, sign }) => {
        const place = { x: () => x, y, textAnchor, title } as const;
        return [
          Plot.text(rows, { ...place, text: (row) => usd(row[value]), dx: sign * 10, dy: up, fill: INK.muted }),
          Plot.text(rows, { ...place, text: label, dx: sign * beyond, dy: up }),
          Plot.text(narrow ? rows : [], { ...place, text: below, dx: sign * 10, dy: -up }),
        ];
      }),
      Plot.text(["USD per task"], { frameAnchor: "top-left", textAnchor: "end", dx: -10, dy: -22, fill: INK.muted }),
      Plot.text(["USD per solved task"], {
        frameAnchor: "top-right",
        textAnchor: "start",
        dx: 10,
        dy: -22,
        fill: INK.muted,
      }),
    ],
  });
}
