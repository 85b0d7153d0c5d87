import * as Plot from "@observablehq/plot";
import type { Rate } from "../../analysis/mod.ts";
import type { ContaminationPair } from "../contamination.ts";
import { MIN_CONTAMINATION_N } from "../contrasts.ts";
import type { Block, Figure, FigureContext } from "../../figures/kit/figure.ts";
import { pct, plural, points } from "../../figures/kit/format.ts";
import { emptyBlock, frame } from "../../figures/kit/frame.ts";
import { type Naming, naming } from "../../figures/kit/names.ts";
import {
  ABOVE,
  bandPadding,
  bandWords,
  bodyWidth,
  facetsAbove,
  facetWords,
  isNarrow,
} from "../../figures/kit/narrow.ts";
import { byName } from "../../figures/kit/order.ts";
import { plotBlock } from "../../figures/kit/plot.ts";
import { rateTitle, rateValue } from "../../figures/kit/rate_bars.ts";
import { fitName, widest } from "../../figures/kit/text.ts";
import { FONT_SIZE, INK } from "../../figures/kit/theme.ts";
import { WILSON_LABEL } from "../../figures/kit/short.ts";
import { valueAxisX } from "../../figures/kit/value_axis.ts";

const SUITES = ["swebench", "browsecompplus"] as const;

/** SWE-bench, whose tasks may be in training data, against BrowseComp+, per model under one harness. */
export function drawContamination(pairs: readonly ContaminationPair[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const sorted = pairs.toSorted((a, b) => b.gap - a.gap || byName(a.model, b.model));
  const clear = sorted.filter((pair) => pair.lo > 0).length;
  return frame({
    name: names.figure("contamination"),
    title: sorted.length
      ? `${clear} of ${plural(sorted.length, "model")} distinguishably solve more of SWE-bench than of BrowseComp+`
      : "SWE-bench against BrowseComp+",
    subtitle:
      "Success of a model under Claude Code on both suites. A gap fits contamination, and just as well a difference in difficulty.",
    description: sorted.map((pair) =>
      `${names.model(pair.model)}: SWE-bench ${pct(pair.swebench.rate)}, BrowseComp+ ${
        pct(pair.browsecompplus.rate)
      }, gap ${points(pair.gap)}.`
    ).join(" ") || "No model ran both suites.",
    legend: [
      ...SUITES.map((suite) => ({
        mark: "square" as const,
        color: names.colors("benchmark", SUITES).get(suite) ?? INK.weak,
        label: names.benchmark(suite),
      })),
      { mark: "whisker", color: INK.text, label: WILSON_LABEL },
    ],
    width: context.width,
    body: [
      sorted.length
        ? bars(sorted, names, width)
        : emptyBlock(`No model has ${MIN_CONTAMINATION_N} scored sessions of Claude Code on both suites.`, width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(
          sorted.reduce((sum, pair) =>
            sum + pair.swebench.n + pair.browsecompplus.n, 0),
          "scored session",
        )
      }.`,
      `Models with ${MIN_CONTAMINATION_N} scored sessions and more on both. Gap with Newcombe's 95% interval, for these runs.`,
    ],
  });
}

function bars(pairs: readonly ContaminationPair[], names: Naming, width: number): Block {
  const narrow = isNarrow(width);
  const colors = names.colors("benchmark", SUITES);
  const rates = pairs.flatMap((pair) =>
    SUITES.map((suite): Rate & { model: string; suite: typeof suite } => ({
      ...pair[suite],
      model: pair.model,
      suite,
    }))
  );
  type Row = typeof rates[number];
  const label = (model: string) => fitName(names.model(model), 170, FONT_SIZE.body);
  const models = pairs.map((pair) => pair.model);
  const gap = (pair: ContaminationPair) => `gap ${points(pair.gap)}\n(${points(pair.lo)} to ${points(pair.hi)})`;
  const place = { fy: (row: Row) => row.model, y: (row: Row) => row.suite };
  const cap = { ...place, stroke: INK.text, strokeWidth: 1.2, insetTop: narrow ? 3 : 6, insetBottom: narrow ? 3 : 6 };
  const title = (row: Row) => rateTitle(`${names.model(row.model)} on ${names.benchmark(row.suite)}`, row);
  return plotBlock({
    width,
    ...(narrow ? facetsAbove(models, SUITES.length * ABOVE.rowHeight, 26) : {
      height: pairs.length * 82 + 28,
      marginTop: 2,
      marginBottom: 26,
      marginLeft: widest(models.map(label), FONT_SIZE.body) + 14,
      marginRight: 270,
      fy: { domain: models, axis: null, padding: 0.22 },
    }),
    x: { domain: [0, 1] },
    y: { domain: [...SUITES], axis: null, ...bandPadding(narrow, 0.12) },
    marks: [
      ...valueAxisX(5, pct),
      ...facetWords(pairs, {
        narrow,
        width,
        facet: (pair) => pair.model,
        label: (pair) => names.model(pair.model),
        value: (pair) => gap(pair).replace("\n", " "),
        left: label,
      }),
      ...narrow
        ? bandWords(rates, {
          narrow,
          width,
          band: (row) => row.suite,
          facet: (row) => row.model,
          label: (row) => names.benchmark(row.suite),
          value: rateValue,
          title,
          left: (suite) => suite,
        })
        : [],
      Plot.barX(rates, { ...place, x: "rate", fill: (row: Row) => colors.get(row.suite) ?? INK.weak, title }),
      Plot.ruleY(rates, { ...place, x1: "lo", x2: "hi", stroke: INK.text, strokeWidth: 1.2 }),
      Plot.tickX(rates, { ...cap, x: "lo" }),
      Plot.tickX(rates, { ...cap, x: "hi" }),
      Plot.ruleX([0], { stroke: INK.faint }),
      Plot.text(narrow ? [] : rates, {
        ...place,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 14,
        text: rateValue,
        title,
      }),
      Plot.text(narrow ? [] : pairs, {
        fy: "model",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 116,
        text: gap,
        lineHeight: 1.35,
      }),
    ],
  });
}
