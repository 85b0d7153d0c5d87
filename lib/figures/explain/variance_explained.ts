import { MIN_PER_TERM } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { Factor, Results } from "../../analysis/mod.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { pct, plural, share } from "../kit/format.ts";
import { frame } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { bodyWidth, facetsAbove, facetWords, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { widest } from "../kit/text.ts";
import { FACTOR_COLORS, FONT_SIZE, INK } from "../kit/theme.ts";
import { valueAxisX } from "../kit/value_axis.ts";

/** What {@link drawVarianceExplained} draws: keys of `results.json`, and how many levels each factor has. */
export interface VarianceRows extends Pick<Results, "eta_squared" | "incremental_r2" | "lmg_r2" | "totals"> {
  /** A factor of one level explains nothing and is not drawn; all are taken to vary where this is not given. */
  levels?: Readonly<Record<Factor, number>>;
}

const FACTORS = ["benchmark", "harness", "model"] as const satisfies readonly Factor[];

interface Bar {
  group: string;
  factor: Factor;
  share: number;
}

/** What a factor's share of the variance of success is, under three ways to hand out what the factors share. */
export function drawVarianceExplained(rows: VarianceRows, context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context), narrow = isNarrow(width);
  const groups = [
    { label: "eta squared, each factor alone", shares: rows.eta_squared },
    { label: "order-free share (LMG)", shares: rows.lmg_r2 },
    { label: "incremental R², entered last", shares: rows.incremental_r2 },
  ];
  const factors = FACTORS.filter((factor) => (rows.levels?.[factor] ?? 2) > 1);
  const bars = groups.flatMap(({ label, shares }) =>
    factors.flatMap((factor): Bar[] => {
      const share = shares?.[factor] ?? null;
      return share === null ? [] : [{ group: label, factor, share }];
    })
  );
  const { eta_squared: eta, incremental_r2: last } = rows;
  const top = Math.max(0.05, ...bars.map((bar) => bar.share));
  return frame({
    name: names.figure("variance-explained"),
    title: finding(rows, factors),
    subtitle:
      "Share of the variance of success. An unbalanced design lets factors share variance; the three differ in who gets it.",
    description: groups.map(({ label, shares }) =>
      `${label}: ${factors.map((factor) => `${factor} ${pct(shares?.[factor], 1)}`).join(", ")}.`
    ).join(" "),
    legend: legendBlock(
      factors.map((factor) => ({ mark: "square", color: FACTOR_COLORS[factor], label: factor })),
      "",
      width,
    ),
    width: context.width,
    body: [plotBlock({
      width,
      ...(narrow ? facetsAbove(groups.map((group) => group.label), factors.length * 24, 28) : {
        height: groups.length * factors.length * 32 + 30,
        marginTop: 4,
        marginBottom: 28,
        marginLeft: widest(groups.map((group) => group.label), FONT_SIZE.body) + 16,
        fy: { domain: groups.map((group) => group.label), label: null, axis: null, padding: 0.18 },
      }),
      // For the share at a bar's end.
      marginRight: narrow ? 48 : 60,
      x: { domain: [0, top] },
      y: { domain: factors, axis: null, padding: 0.12 },
      marks: [
        ...valueAxisX(5, pct),
        ...facetWords(groups, {
          narrow,
          width,
          facet: (group) => group.label,
          label: (group) => group.label,
          left: (label) => label,
        }),
        Plot.barX(bars, {
          x: "share",
          y: "factor",
          fy: "group",
          fill: (bar: Bar) => FACTOR_COLORS[bar.factor],
          title: (bar) => `${bar.factor}, ${bar.group}: ${pct(bar.share, 2)}`,
        }),
        Plot.ruleX([0], { stroke: INK.faint }),
        Plot.text(bars, {
          x: "share",
          y: "factor",
          fy: "group",
          text: (bar) => pct(bar.share, 1),
          textAnchor: "start",
          dx: 6,
          fontVariant: "tabular-nums",
        }),
      ],
    })],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(rows.totals.scored, "scored session")}.`,
      factors.length > 1
        ? `${factors.length === FACTORS.length ? "All three" : "Both"} factors together: R² ${
          pct(last?.full, 1)
        }; harness and model as one config: eta squared ${pct(eta.config, 1)}. No cut-off.`
        : "No cut-off.",
    ],
  });
}

/** What harness and model explain; a factor of one level is named instead. */
function finding(
  { eta_squared: eta, incremental_r2: last, levels, totals }: VarianceRows,
  factors: readonly Factor[],
): string {
  if (last === null) return "What explains success";
  const terms = Object.values(levels ?? {}).reduce((sum, count) => sum + count - 1, 1);
  if (totals.scored < MIN_PER_TERM * terms) {
    return `${plural(totals.scored, "scored session")} for ${
      plural(terms, "coefficient")
    }: too few to say what explains success`;
  }
  const [first, ...rest] = (["harness", "model"] as const).filter((factor) => factors.includes(factor));
  const single = (["harness", "model"] as const).filter((factor) => !factors.includes(factor));
  const one = single.length ? `; there is ${single.map((factor) => `one ${factor}`).join(" and ")}` : "";
  if (first === undefined) return `The benchmark explains ${share(eta.benchmark)} of success${one}`;
  const others = rest.map((factor) => `; the ${factor} ${share(eta[factor])} and ${share(last[factor])}`).join("");
  return `The ${first} explains ${share(eta[first])} of success alone and ${
    share(last[first])
  } after the rest${others}${one}`;
}
