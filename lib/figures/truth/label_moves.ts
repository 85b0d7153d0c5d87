import * as Plot from "@observablehq/plot";
import type { MovedRate, Moves } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { fixed, int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { valueAxisX } from "../kit/value_axis.ts";
import { fitName, widest } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";
import { whiskerX } from "../kit/whisker.ts";

const LABEL_MAX = 190;

/** Rates as judged and as people's labels correct them, and what that does to the order. */
export function drawLabelMoves(moves: Moves, context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const nameOf = levelName(moves, names);
  const rows = moves.rates.toSorted((a, b) => (b.estimate ?? -1) - (a.estimate ?? -1) || (a.level < b.level ? -1 : 1));
  const isJudged = rows.some(({ judged }) => judged !== null);
  return frame({
    name: names.figure("label-moves"),
    title: titleOf(moves, nameOf, isJudged),
    subtitle: isJudged
      ? `Success by ${moves.by} as judged, and as the labels of people correct it (PPI++).`
      : `Success by ${moves.by} as people's labels say: no judge saw these sessions.`,
    description: rows.map((row) =>
      `${nameOf(row.level)}: judged ${pct(row.judged)}, ${
        row.estimate === null
          ? "not to be corrected"
          : `by labels ${pct(row.estimate)} (${pct(row.lo)} to ${pct(row.hi)})`
      }, ${plural(row.labels, "label")}.`
    ).join(" "),
    legend: [
      ...isJudged ? [{ mark: "ring" as const, color: INK.muted, label: "as judged" }] : [],
      { mark: "dot", color: VERDICT_COLORS.solved, label: isJudged ? "corrected by labels" : "as labelled" },
      { mark: "whisker", color: INK.text, label: "95%, sessions like these" },
    ],
    width: context.width,
    body: [rows.length ? rates(rows, nameOf, width) : emptyBlock("No session is here.", width)],
    caption: [
      `Source: ${context.source}.`,
      `${plural(moves.labels, "session")} with a label that decides, of ${
        int(rows.reduce((sum, row) => sum + row.sessions, 0))
      }.`,
      pickedWords(rows.reduce((sum, row) => sum + row.picked, 0)),
      judgeWords(moves),
      moves.trusted?.sentence ?? "",
      ...[...new Set(rows.flatMap(({ level, why }) => why ? [`Not to be relied on, ${nameOf(level)}: ${why}.`] : []))],
    ].filter(Boolean),
  });
}

const levelName = ({ by }: Moves, names: Naming) =>
  by === "harness" || by === "model" || by === "benchmark" || by === "config" ? names[by] : (level: string) => level;

function titleOf({ labels, orders, rates, by }: Moves, nameOf: (level: string) => string, isJudged: boolean): string {
  const known = rates.filter(({ estimate, why }) => estimate !== null && why === null);
  if (!known.length) return `${plural(labels, "label")} ${labels === 1 ? "does" : "do"} not bear a rate by ${by} yet`;
  const levels = new Set(known.map(({ level }) => level));
  const borne = orders.filter(({ first, second }) => levels.has(first) && levels.has(second));
  const told = borne.filter(({ corrected }) => corrected !== null);
  const turned = told.find(({ corrected, judged }) => judged !== null && corrected !== judged);
  if (isJudged && turned) {
    const better = turned.corrected!, worse = better === turned.first ? turned.second : turned.first;
    return `Labels turn the order round: ${nameOf(better)} solves more than ${nameOf(worse)}, not less`;
  }
  const outside = known.filter(({ judged, lo, hi }) =>
    judged !== null && lo !== null && hi !== null && (judged < lo || judged > hi)
  );
  const moved = isJudged
    ? outside.length
      ? `Labels contradict ${outside.length} of ${plural(known.length, "judged rate")}`
      : "Labels contradict no judged rate"
    : `Success by ${by}, as people label it`;
  if (!borne.length) return moved;
  return `${moved}; ${told.length || "no"} ${told.length > 1 ? "pairs" : "pair"} of ${borne.length} can be told apart`;
}

const pickedWords = (picked: number) =>
  picked
    ? `${plural(picked, "label")} of sessions that were picked, not drawn, ${
      picked === 1 ? "corrects" : "correct"
    } nothing.`
    : "";

function judgeWords({ agreement: [all] }: Moves): string {
  if (!all) return "No session has both a verdict and a label.";
  return `The judge against people, ${plural(all.n, "session")}: sensitivity ${
    pct(all.sensitivity?.rate ?? null)
  }, specificity ${pct(all.specificity?.rate ?? null)}${
    all.kappa ? `, kappa ${fixed(all.kappa.estimate, 2)} (${fixed(all.kappa.lo, 2)} to ${fixed(all.kappa.hi, 2)})` : ""
  }.`;
}

function rates(rows: readonly MovedRate[], nameOf: (level: string) => string, width: number): Block {
  const narrow = isNarrow(width);
  const value = ({ estimate, labels }: MovedRate) => `${pct(estimate)}, ${plural(labels, "label")}`;
  const labels = rows.map(({ level }) => fitName(nameOf(level), LABEL_MAX, FONT_SIZE.body));
  const title = (row: MovedRate) =>
    `${nameOf(row.level)}, ${plural(row.sessions, "session")}\nas judged ${pct(row.judged, 1)}\n` +
    (row.estimate === null
      ? `labels cannot tell: ${row.why}`
      : `by ${plural(row.labels, "label")} ${pct(row.estimate, 1)}, 95% ${pct(row.lo, 1)} to ${pct(row.hi, 1)}`);
  const known = rows.filter(({ estimate }) => estimate !== null);
  const bounded = known.flatMap((row) =>
    row.lo === null || row.hi === null ? [] : [{ ...row, lo: row.lo, hi: row.hi }]
  );
  const side = { y: "level", frameAnchor: "right", textAnchor: "start", dx: 12, fontVariant: "tabular-nums" } as const;
  return plotBlock({
    width,
    height: rows.length * (narrow ? ABOVE.rowHeight : 28) + 26,
    marginTop: 2,
    marginBottom: 24,
    marginLeft: narrow ? ABOVE.marginLeft : widest(labels, FONT_SIZE.body) + 14,
    marginRight: narrow ? ABOVE.marginRight : widest(rows.map(value), FONT_SIZE.body) + 24,
    x: { domain: [0, 1] },
    y: { domain: rows.map(({ level }) => level), axis: null, ...bandPadding(narrow, 0.2) },
    marks: [
      ...valueAxisX([0, 0.25, 0.5, 0.75, 1], pct),
      ...bandWords(rows, {
        narrow,
        width,
        band: (row) => row.level,
        label: ({ level }) => nameOf(level),
        value,
        title,
        left: (level: string) => fitName(nameOf(level), LABEL_MAX, FONT_SIZE.body),
      }),
      ...whiskerX(bounded, { band: (row) => row.level, lo: (row) => row.lo, hi: (row) => row.hi, inset: 8 }),
      Plot.dot(known, { x: "estimate", y: "level", r: 4.5, fill: VERDICT_COLORS.solved, title }),
      Plot.dot(rows.filter(({ judged }) => judged !== null), {
        x: "judged",
        y: "level",
        r: 5,
        fill: INK.ground,
        fillOpacity: 0.6,
        stroke: INK.muted,
        strokeWidth: 1.8,
        title,
      }),
      ...narrow ? [] : [Plot.text(rows, { ...side, text: value, fill: INK.muted })],
    ],
  });
}
