import * as Plot from "@observablehq/plot";
import type { League, LeagueRow, SpreadRow } from "../../analysis/mod.ts";
import type { Block, Figure } from "../kit/figure.ts";
import { type AgentsContext, leftOutWords } from "../kit/left_out.ts";
import { chance, int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, widest } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";
import { whiskerX } from "../kit/whisker.ts";
import { valueAxisX } from "../kit/value_axis.ts";

/** Configs drawn; the others are counted in the caption. */
const MOST = 24;
/** From this probability on a config is called the best. */
const CLEAR = 0.95;
const LABEL = 260, RIGHT = 232;

/** All configs in one table by partial pooling: rate, and how likely each is the best or within the margin of it. */
export function drawLeague({ rows, margin, benchmarks, n, spread }: League, context: AgentsContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const drawn = rows.slice(0, MOST), [first] = rows;
  const points = `${Math.round(100 * margin)} points`;
  const near = rows.filter((row) => row.near_best >= 0.05).length;
  const cell = spread.find((s) => s.term === "cell");
  return frame({
    name: names.figure("league"),
    title: first && first.best >= CLEAR
      ? `${names.config(first.config)} is the best with ${chance(first.best)} probability`
      : `No config is clearly the best: ${plural(near, "could", "could")} be within ${points} of it`,
    subtitle: "Success rate with every benchmark of equal weight, configs with few sessions pulled towards their like.",
    description: drawn.map((row) =>
      `${names.config(row.config)}: ${pct(row.rate)}, ${pct(row.lo)} to ${pct(row.hi)}, best with ${pct(row.best)}.`
    ).join(" ") || "There is no config to rank.",
    legend: [
      { mark: "dot", color: VERDICT_COLORS.solved, label: `5% or more to be within ${points} of the best` },
      { mark: "ring", color: INK.faint, label: "less" },
      { mark: "whisker", color: INK.text, label: "95% of the posterior" },
    ],
    width: context.width,
    body: [drawn.length ? table(drawn, points, names, width) : emptyBlock("There is no config to rank.", width)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(n, "scored session")}; multilevel logit over ${
        plural(benchmarks.length, "benchmark")
      }, for a typical run.`,
      cell ? cellSentence(cell) : "",
      drawn.length > 1 ? "First comes what is likeliest to be the best." : "",
      rows.length > MOST ? `${plural(rows.length - MOST, "config")} less likely to be the best not drawn.` : "",
      ...leftOutWords(context),
    ].filter((text) =>
      text !== ""
    ),
  });
}

/** How far cells differ beyond their parts; without an upper end where these data set none. */
function cellSentence({ estimate, lo, hi }: SpreadRow): string {
  const range = Number.isFinite(hi) ? `${lo.toFixed(1)} to ${hi.toFixed(1)}` : `${lo.toFixed(1)} or more`;
  return `Cells differ by ${
    estimate.toFixed(1)
  } log odds (${range}) beyond what harness, model and benchmark add up to.`;
}

function table(rows: readonly LeagueRow[], points: string, names: Naming, width: number): Block {
  const narrow = isNarrow(width);
  const labels = new Map(rows.map(({ config }) => [config, fitName(names.config(config), LABEL, FONT_SIZE.body)]));
  const able = (row: LeagueRow) => row.near_best >= 0.05;
  const title = (row: LeagueRow) =>
    `${names.config(row.config)}\n${pct(row.rate, 1)}, 95% ${pct(row.lo)} to ${pct(row.hi)}\n` +
    `best with ${pct(row.best, 1)}, within ${points} with ${
      pct(row.near_best, 1)
    }, place ${row.rank_lo} to ${row.rank_hi}\n` +
    `${plural(row.n, "session")} on ${plural(row.benchmarks, "benchmark")}, ${pct(row.k / row.n)} solved`;
  const at = (dx: number, text: (row: LeagueRow) => string, fill: string) =>
    Plot.text(rows, {
      y: "config",
      frameAnchor: "right",
      textAnchor: "end",
      fontVariant: "tabular-nums",
      dx,
      text,
      fill,
      title,
    });
  const head = (dx: number, text: string) =>
    Plot.text([text], {
      frameAnchor: "top-right",
      textAnchor: "end",
      dx,
      dy: -16,
      text: (d: string) => d,
      fill: INK.muted,
    });
  return plotBlock({
    width,
    height: rows.length * (narrow ? ABOVE.rowHeight : 22) + (narrow ? 30 : 50),
    marginTop: narrow ? 4 : 24,
    marginBottom: 24,
    marginLeft: narrow ? ABOVE.marginLeft : widest(labels.values(), FONT_SIZE.body) + 12,
    marginRight: narrow ? ABOVE.marginRight : RIGHT,
    x: { domain: [0, 1] },
    y: { domain: rows.map((row) => row.config), axis: null, ...bandPadding(narrow, 0.2) },
    marks: [
      ...valueAxisX(5, pct),
      ...bandWords(rows, {
        narrow,
        width,
        band: (row) => row.config,
        label: (row) => names.config(row.config),
        value: (row) => `${pct(row.rate)}, best ${chance(row.best)} (n=${int(row.n)})`,
        title,
        left: (config: string) => labels.get(config) ?? config,
      }),
      ...whiskerX(rows, { band: (row) => row.config, lo: (row) => row.lo, hi: (row) => row.hi, inset: narrow ? 3 : 6 }),
      Plot.dot(rows, {
        x: "rate",
        y: "config",
        r: 4.5,
        fill: (row) => able(row) ? VERDICT_COLORS.solved : INK.ground,
        stroke: (row) => able(row) ? VERDICT_COLORS.solved : INK.faint,
        strokeWidth: 1.5,
        title,
      }),
      ...narrow ? [] : [
        head(56, "rate"),
        head(108, "best"),
        head(176, "near best"),
        head(226, "n"),
        at(56, (row) => pct(row.rate), INK.text),
        at(108, (row) => chance(row.best), INK.text),
        at(176, (row) => chance(row.near_best), INK.muted),
        at(226, (row) => int(row.n), INK.muted),
      ],
    ],
  });
}
