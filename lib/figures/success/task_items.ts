import * as Plot from "@observablehq/plot";
import type { TaskRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { fixed, int, pct, plural, someOf } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { plotBlock } from "../kit/plot.ts";
import { INK } from "../kit/theme.ts";

const MEASURES = [
  { key: "ability", label: "tells configs apart", color: "#0b62a4", mark: "dot" },
  { key: "perhaps", label: "perhaps", color: "#a8c6de", mark: "dot" },
  { key: "the reverse", label: "solved more by the weaker", color: INK.accent, mark: "dot" },
] as const;
const HEIGHT = 240;
/** A suite of fewer tasks to draw has no panel. */
const MIN_DRAWN = 3;
/** Tasks named in the caption. */
const NAMED = 6;

/** Tasks as instruments: how hard each is, and how far it tells configs apart. */
export function drawTaskItems(rows: readonly TaskRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const suites = names.groups("benchmark", groupBy(rows, (row) => row.benchmark));
  const nothing = rows.filter((row) => row.discrimination === null);
  const able = rows.filter((row) => row.measures === "ability");
  const drawn = suites.filter(([, all]) => told(all).length >= MIN_DRAWN);
  const few = suites.filter(([, all]) => told(all).length < MIN_DRAWN);
  const reverse = rows.filter((row) => row.measures === "the reverse");
  return frame({
    name: names.figure("task-items"),
    title: `${someOf(able.length, rows.length, "task", "tasks")} ${able.length < 2 ? "tells" : "tell"} configs apart${
      nothing.length ? `, ${nothing.length} measure${nothing.length === 1 ? "s" : ""} nothing` : ""
    }`,
    subtitle:
      "Each task's share of tries solved, and what one standard deviation of ability adds to its log odds (2PL).",
    description: suites.map(([benchmark, all]) =>
      `${names.benchmark(benchmark)}: ${
        all.filter((row) => row.measures === "ability").length
      } of ${plural(all.length, "task")} tell configs apart.`
    ).join(" ") || "No task was tried by three configs.",
    legend: legendBlock(MEASURES.map(({ label, color, mark }) => ({ mark, color, label })), "", width),
    width: context.width,
    body: drawn.length
      ? drawn.map(([benchmark, all]) =>
        panelBlock(names.benchmark(benchmark), noteOf(all), plane(all, width), 1)
      )
      : [
        emptyBlock(
          suites.length ? `No suite has ${MIN_DRAWN} tasks to draw.` : "No task was tried by three configs.",
          width,
        ),
      ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        int(rows.reduce((sum, row) => sum + row.n, 0))
      } tries; a normal prior of mean 1 and deviation 1 on each discrimination.`,
      few.length
        ? `Not drawn, with fewer than ${MIN_DRAWN} tasks that are neither always nor never solved: ${
          few.map(([benchmark, all]) =>
            `${names.benchmark(benchmark)} (${int(told(all).length)} of ${int(all.length)})`
          )
            .join(", ")
        }.`
        : "",
      reverse.length
        ? `Solved more by the weaker: ${reverse.slice(0, NAMED).map((row) => row.task).join(", ")}${
          reverse.length > NAMED ? ` and ${reverse.length - NAMED} more` : ""
        }.`
        : "",
    ].filter((text) => text !== ""),
  });
}

/** Tasks of which there is something to draw. */
const told = (rows: readonly TaskRow[]) => rows.filter((row) => row.discrimination !== null);

function noteOf(rows: readonly TaskRow[]): string {
  const always = rows.filter((row) => row.measures === "nothing: always solved").length;
  const never = rows.filter((row) => row.measures === "nothing: never solved").length;
  return `${plural(rows.length, "task")}; not drawn: ${always} always solved, ${never} never solved`;
}

function plane(rows: readonly TaskRow[], width: number): Block {
  const drawn = told(rows);
  const values = drawn.map((row) => row.discrimination!);
  const color = (row: TaskRow) => MEASURES.find(({ key }) => key === row.measures)?.color ?? INK.faint;
  return plotBlock({
    width,
    height: HEIGHT,
    marginTop: 8,
    marginBottom: 40,
    marginLeft: 52,
    marginRight: 16,
    x: { domain: [0, 1] },
    y: { domain: [Math.min(0, ...values) - 0.2, Math.max(1, ...values) + 0.2] },
    marks: [
      Plot.gridX({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.gridY({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.axisX({ ticks: 5, tickSize: 0, tickFormat: (t: number) => pct(t), label: null, fill: INK.muted }),
      Plot.axisY({ ticks: 5, tickSize: 0, label: null, fill: INK.muted }),
      Plot.ruleY([0], { stroke: INK.muted }),
      Plot.text(["share of tries solved"], { frameAnchor: "bottom", dy: 34, fill: INK.muted, text: (d: string) => d }),
      Plot.text(["discrimination"], {
        frameAnchor: "left",
        rotate: -90,
        dx: -40,
        textAnchor: "middle",
        fill: INK.muted,
        text: (d: string) => d,
      }),
      Plot.dot(drawn, {
        x: (row) => row.k / row.n,
        y: (row) => row.discrimination!,
        r: 4,
        fill: color,
        fillOpacity: 0.85,
        stroke: INK.ground,
        title: (row) =>
          `${row.task}\n${row.k} of ${row.n} solved\ndiscrimination ${fixed(row.discrimination, 1)} (${
            fixed(row.discriminationStdError, 1)
          })\n${row.measures}`,
      }),
    ],
  });
}
