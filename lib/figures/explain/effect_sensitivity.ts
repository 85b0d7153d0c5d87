import * as Plot from "@observablehq/plot";
import type { SensitivityRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, fitText, widest } from "../kit/text.ts";
import { FACTOR_COLORS, FONT_SIZE, INK } from "../kit/theme.ts";
import { valueAxisX } from "../kit/value_axis.ts";

const LABEL_MAX = 240;

/** A share of variance below this is rounding. */
const NOTHING = 1e-9;

/** The shares of harness and model under other choices of data and model: one row a choice, two dots a row. */
export function drawEffectSensitivity(rows: readonly SensitivityRow[], context: FigureContext): Figure {
  const names = naming(context), full = bodyWidth(context);
  const fitted = rows.filter((row) => row.harness !== null && row.model !== null);
  const ahead = fitted.filter((row) => (row.harness ?? 0) > (row.model ?? 0)).length;
  const base = fitted.find((row) => row.kind === "base");
  const without = rows.length - fitted.length;
  return frame({
    name: names.figure("effect-sensitivity"),
    title: fitted.some((row) => row.harness! > NOTHING) && fitted.some((row) => row.model! > NOTHING)
      ? ahead
        ? `The harness explains more than the model under ${ahead} of ${plural(fitted.length, "choice")}`
        : "Under no choice does the harness explain more than the model"
      : fitted.length
      ? "What harness and model explain under other choices"
      : "No choice of data or model could be fitted",
    subtitle:
      "Incremental share of the variance of success, unless the row says otherwise. One row a choice of data or model.",
    description: fitted.map((row) =>
      `${choiceLabel(row, names)}: harness ${pct(row.harness, 1)}, model ${pct(row.model, 1)}.`
    )
      .join(" ") || "No choice could be fitted.",
    legend: [
      { mark: "dot", color: FACTOR_COLORS.harness, label: "harness" },
      { mark: "dot", color: FACTOR_COLORS.model, label: "model" },
      ...(base ? [{ mark: "dashed" as const, color: INK.faint, label: base.choice }] : []),
    ],
    width: context.width,
    body: [fitted.length ? dots(rows, base, names, full) : emptyBlock("No choice could be fitted.", full)],
    caption: [
      `Source: ${context.source}.`,
      base ? `n = ${plural(base.n, "scored session")} ${base.choice}; each row's n at the right.` : "",
      without
        ? `${plural(without, "choice")} could not be fitted and ${without === 1 ? "says" : "say"} why.`
        : "No cut-off.",
    ].filter(Boolean),
  });
}

/** Names inside a choice read as in every figure. */
function choiceLabel({ choice, factor }: SensitivityRow, names: Naming): string {
  const [, name] = factor ? /^without (.+)$/.exec(choice) ?? [] : [];
  return factor && name ? `without ${names[factor](name)}` : choice.replace(">=", "≥");
}

function dots(rows: readonly SensitivityRow[], base: SensitivityRow | undefined, names: Naming, full: number): Block {
  const narrow = isNarrow(full);
  const keyed = rows.map((row, i) => ({ ...row, key: String(i) }));
  // Each kind of choice has a line of its own above it, but the first.
  const headings = keyed.filter((row, i) => row.factor !== null && row.factor !== keyed[i - 1]?.factor);
  const bands = keyed.flatMap((row) => headings.includes(row) ? [`above ${row.key}`, row.key] : [row.key]);
  const labels = keyed.map((row) => fitName(choiceLabel(row, names), LABEL_MAX, FONT_SIZE.body));
  const fitted = keyed.filter((row) => row.harness !== null && row.model !== null);
  const marks = fitted.flatMap((row) =>
    (["harness", "model"] as const).map((factor) => ({ key: row.key, factor, share: row[factor] ?? 0, row }))
  );
  const top = Math.max(0.05, ...marks.map((mark) => mark.share));
  return plotBlock({
    width: full,
    height: bands.length * (narrow ? ABOVE.rowHeight : 24) + 58,
    marginTop: narrow ? 4 : 26,
    marginBottom: 30,
    marginLeft: narrow ? ABOVE.marginLeft : widest(labels, FONT_SIZE.body) + 14,
    marginRight: narrow ? ABOVE.marginRight : 180,
    x: { domain: [0, top * 1.04] },
    y: { domain: bands, axis: null, ...bandPadding(narrow, 0.2) },
    marks: [
      ...valueAxisX(narrow ? 3 : 6, pct),
      ...bandWords(keyed, {
        narrow,
        width: full,
        band: (row) => row.key,
        label: (row) => choiceLabel(row, names),
        value: (row) => row.harness === null ? "" : `${pct(row.harness, 1)} / ${pct(row.model, 1)}, n = ${int(row.n)}`,
        left: (key: string) => labels[Number(key)] ?? "",
      }),
      Plot.text(headings, {
        y: (row) => `above ${row.key}`,
        frameAnchor: "left",
        textAnchor: narrow ? "start" : "end",
        dx: narrow ? 0 : -8,
        dy: 3,
        fontWeight: 600,
        text: ({ factor }) => `one ${factor} left out`,
      }),
      Plot.ruleX(base ? [base.harness ?? 0, base.model ?? 0] : [], {
        stroke: INK.faint,
        strokeDasharray: "4,3",
      }),
      Plot.ruleY(fitted, { y: "key", x1: "harness", x2: "model", stroke: INK.weak, strokeWidth: 2 }),
      Plot.dot(marks, {
        x: "share",
        y: "key",
        r: 5.5,
        fill: (mark: typeof marks[number]) => FACTOR_COLORS[mark.factor],
        stroke: INK.ground,
        title: ({ row, factor, share }) =>
          `${choiceLabel(row, names)}\n${factor} ${pct(share, 2)} (${row.measure}, n = ${int(row.n)})${
            row.note ? `\n${row.note}` : ""
          }`,
      }),
      ...(narrow ? [] : [["harness", 44], ["model", 96], ["n", 152]] as const).flatMap(([column, dx]) => [
        Plot.text(keyed, {
          y: "key",
          frameAnchor: "right",
          textAnchor: "end",
          dx,
          text: (row) => column === "n" ? int(row.n) : pct(row[column], 1),
          fontVariant: "tabular-nums",
          title: (row) => row.note ?? "",
        }),
        Plot.text([column], {
          frameAnchor: "top-right",
          textAnchor: "end",
          dx,
          dy: -18,
          fill: INK.muted,
          text: (d) => d,
        }),
      ]),
      Plot.text(keyed.filter((row) => row.harness === null || row.model === null), {
        y: "key",
        frameAnchor: "left",
        textAnchor: "start",
        dx: 8,
        fill: INK.muted,
        text: (row) => fitText(row.note ?? "cannot be fitted", Math.min(400, full - 30), FONT_SIZE.body),
        title: (row) => row.note ?? "",
      }),
    ],
  });
}
