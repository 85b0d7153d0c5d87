import * as Plot from "@observablehq/plot";
import type { RepeatRow, Share } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { bodyWidth, facetsAbove, facetWords, isNarrow } from "../kit/narrow.ts";
import { groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";
import { valueAxisX } from "../kit/value_axis.ts";

const KINDS = [
  { key: "all", label: "all tries solve it", color: "#10233f" },
  { key: "once", label: "one try", color: "#0b62a4" },
  { key: "any", label: "one of the tries does", color: "#7fb8d8" },
] as const;
const LABEL = 260, RIGHT = 190;
/** Height of a config on a phone. */
const FACET = 44;

interface Drawn {
  row: RepeatRow;
  kind: typeof KINDS[number];
  share: Share;
}

/** What tries of a task are worth: the share of tasks solved by all of them, by one, by any. */
export function drawRepeats(rows: readonly RepeatRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const suites = names.groups("benchmark", groupBy(rows, (row) => row.benchmark));
  const [tasks, sometimes] = rows.reduce(
    ([t, s], row) => [t + row.always + row.sometimes + row.never, s + row.sometimes],
    [0, 0],
  );
  return frame({
    name: names.figure("repeats"),
    title: tasks > 0
      ? `${pct(sometimes / tasks)} of the tasks tried again end now one way, now the other`
      : "What trying again is worth",
    subtitle:
      "Share of tasks solved by every one of so many tries (pass^k), by one try, by at least one of them (pass@k).",
    description: rows.map((row) =>
      `${names.config(row.config)} on ${names.benchmark(row.benchmark)}, ${plural(row.tries, "try", "tries")}: ${
        pct(row.all.rate)
      } all, ${pct(row.once.rate)} one, ${pct(row.any.rate)} any.`
    ).join(" ") || "No task was tried twice.",
    legend: [
      ...KINDS.map(({ label, color }) => ({ mark: "dot", color, label } as const)),
      { mark: "whisker", color: INK.text, label: "95%, for new tasks" },
    ],
    width: context.width,
    body: suites.length
      ? suites.map(([benchmark, all]) =>
        panelBlock(names.benchmark(benchmark), plural(all.length, "config"), shares(all, names, width), 1)
      )
      : [emptyBlock("No task was tried twice.", width)],
    caption: [
      `Source: ${context.source}.`,
      `${plural(tasks, "task and config", "tasks and configs")} with two tries or more.`,
    ],
  });
}

function shares(rows: readonly RepeatRow[], names: Naming, width: number): Block {
  const narrow = isNarrow(width);
  const configs = rows.map((row) => row.config);
  const value = (row: RepeatRow) => `${plural(row.tries, "try", "tries")}, ${plural(row.tasks, "task")}`;
  const drawn = rows.flatMap((row) => KINDS.map((kind): Drawn => ({ row, kind, share: row[kind.key] })));
  const known = drawn.filter(({ share }) => share.lo !== null && share.hi !== null);
  const title = ({ row, kind, share }: Drawn) =>
    `${names.config(row.config)}, ${kind.label} (of ${row.tries})\n${pct(share.rate, 1)}` +
    (share.lo === null ? "" : `, 95% ${pct(share.lo)} to ${pct(share.hi)}`) + `\n${plural(row.tasks, "task")}`;
  const place = { fy: (d: Drawn) => d.row.config, y: (d: Drawn) => d.kind.key };
  return plotBlock({
    width,
    ...(narrow ? facetsAbove(configs, FACET, 24) : {
      height: rows.length * 52 + 28,
      marginTop: 2,
      marginBottom: 24,
      marginLeft: LABEL + 12,
      marginRight: RIGHT,
      fy: { domain: configs, axis: null, padding: 0.1 },
    }),
    x: { domain: [0, 1] },
    y: { domain: KINDS.map((kind) => kind.key), axis: null, type: "point", padding: 0.6 },
    marks: [
      ...valueAxisX(5, pct),
      ...facetWords(rows, {
        narrow,
        width,
        facet: (row) => row.config,
        label: (row) => names.config(row.config),
        value,
        left: (config) => fitName(names.config(config), LABEL, FONT_SIZE.body),
      }),
      Plot.ruleY(known, {
        ...place,
        x1: (d) => d.share.lo!,
        x2: (d) => d.share.hi!,
        stroke: INK.text,
        strokeWidth: 1.2,
      }),
      Plot.dot(drawn, {
        ...place,
        x: (d) => d.share.rate,
        r: 4.5,
        fill: (d) => d.kind.color,
        stroke: INK.ground,
        title,
      }),
      Plot.text(narrow ? [] : rows, {
        fy: "config",
        frameAnchor: "right",
        textAnchor: "end",
        dx: RIGHT - 8,
        text: value,
        fill: INK.muted,
      }),
    ],
  });
}
