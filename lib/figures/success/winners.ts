import { MIN_WINNER_N } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { ContenderRow } from "../../analysis/mod.ts";
import type { Block, Figure } from "../kit/figure.ts";
import { type AgentsContext, leftOutWords } from "../kit/left_out.ts";
import { pct, plural, pValue, someOf } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { type Naming, naming } from "../kit/names.ts";
import { groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { plotBlock } from "../kit/plot.ts";
import { valueAxisX } from "../kit/value_axis.ts";
import { rateTitle } from "../kit/rate_bars.ts";
import { fitName } from "../kit/text.ts";
import { BODY_WIDTH, FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";
import { whiskerX } from "../kit/whisker.ts";
import { WILSON_LABEL } from "../kit/short.ts";

/** Contenders drawn of each benchmark. */
const PLACES = 5;

const GAP = 20;
const LABEL = 180;

/** The best configs of each benchmark, and which of them cannot be told from the best. */
export function drawWinners(rows: readonly ContenderRow[], context: AgentsContext): Figure {
  const names = naming(context);
  const suites = names.groups("benchmark", groupBy(rows, (row) => row.benchmark));
  const full = bodyWidth(context), narrow = isNarrow(full);
  const width = narrow ? full : (BODY_WIDTH - GAP) / 2;
  const panels = suites.map(([benchmark, all]) => {
    const ties = all.filter((row) => row.place > 1 && row.tied_with_best).length;
    const note = ties
      ? `${plural(ties, "rival")} of ${all.length - 1} cannot be told from the best`
      : all.length > 1
      ? `told apart from all ${plural(all.length - 1, "rival")}`
      : "no rival";
    return panelBlock(names.benchmark(benchmark), note, contenders(all, width, names, narrow), 1);
  });
  const clear = suites.filter(([, all]) => all.length > 1 && !all.some((row) => row.place > 1 && row.tied_with_best));
  return frame({
    name: names.figure("winners"),
    title: suites.length
      ? `${
        someOf(clear.length, suites.length, "suite has", "suites have")
      } a winner that stands apart from every rival, for these runs`
      : "The best configs of each suite",
    subtitle:
      `The best ${PLACES} configs of each suite. Fisher's exact test of each against the best, Holm over all its rivals.`,
    description: suites.map(([benchmark, all]) => {
      const best = all.find((row) => row.place === 1);
      const ties = all.filter((row) => row.place > 1 && row.tied_with_best).length;
      return best
        ? `${names.benchmark(benchmark)}: ${names.config(best.config)} ${pct(best.rate)}, ${plural(ties, "tie")}.`
        : "";
    }).join(" ") || "No config has enough sessions.",
    legend: [
      { mark: "dot", color: VERDICT_COLORS.solved, label: "best, or not told from it" },
      { mark: "ring", color: INK.faint, label: "distinguishably worse" },
      { mark: "whisker", color: INK.text, label: WILSON_LABEL },
    ],
    width: context.width,
    body: [
      panels.length
        ? gridBlock(panels, narrow ? 1 : 2, GAP)
        : emptyBlock(`No config has ${MIN_WINNER_N} scored sessions on a benchmark.`, full),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(rows.reduce((sum, row) => sum + row.n, 0), "scored session")}.`,
      `Configs of ${MIN_WINNER_N} sessions and more on the suite; level 5% after correction within the suite.`,
      "For the runs that there are: where a config has one run of a suite, what another would give is not known.",
      ...leftOutWords(context),
    ],
  });
}

function contenders(all: readonly ContenderRow[], width: number, names: Naming, narrow: boolean): Block {
  const rows = all.filter((row) => row.place <= PLACES).toSorted((a, b) => a.place - b.place);
  const equals = rows.filter((row) => row.rate === rows[0]?.rate).length > 1;
  const standing = (row: ContenderRow) =>
    row.place === 1
      ? equals ? "first of equals" : "best"
      : row.tied_with_best
      ? `tie, ${pValue(row.p_holm)}`
      : pValue(row.p_holm);
  const color = (row: ContenderRow) => row.tied_with_best || row.place === 1 ? VERDICT_COLORS.solved : INK.faint;
  const title = (row: ContenderRow) => `${rateTitle(names.config(row.config), row)}\n${standing(row)}`;
  const side = { y: "config", frameAnchor: "right", fontVariant: "tabular-nums", title } as const;
  return plotBlock({
    width,
    height: rows.length * (narrow ? ABOVE.rowHeight : 23) + 24,
    marginTop: 2,
    marginBottom: 22,
    marginLeft: narrow ? ABOVE.marginLeft : LABEL + 10,
    marginRight: narrow ? ABOVE.marginRight : 134,
    x: { domain: [0, 1] },
    y: { domain: rows.map((row) => row.config), axis: null, ...bandPadding(narrow, 0.2) },
    marks: [
      ...valueAxisX([0, 0.5, 1], pct),
      ...bandWords(rows, {
        narrow,
        width,
        band: (row) => row.config,
        label: (row) => names.config(row.config),
        value: (row) => `${pct(row.rate)} ${standing(row)}`,
        title,
        left: (config: string) => fitName(names.config(config), LABEL, FONT_SIZE.body),
      }),
      ...whiskerX(rows, { band: (row) => row.config, lo: (row) => row.lo, hi: (row) => row.hi, inset: narrow ? 3 : 6 }),
      Plot.dot(rows, {
        x: "rate",
        y: "config",
        r: 4.5,
        fill: (row) => row.tied_with_best || row.place === 1 ? VERDICT_COLORS.solved : INK.ground,
        stroke: color,
        strokeWidth: 1.5,
        title,
      }),
      ...narrow ? [] : [
        Plot.text(rows, { ...side, textAnchor: "end", dx: 45, text: (row) => pct(row.rate), fill: INK.text }),
        Plot.text(rows, { ...side, textAnchor: "start", dx: 53, text: standing, fill: INK.muted }),
      ],
    ],
  });
}
