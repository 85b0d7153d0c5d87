import { MIN_TERM_FAILURES } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { JudgeTermRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { fixed, int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { byName, distinct, groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitText } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";

/** Terms drawn of each harness. */
const TERMS = 7;

/** A term tells harnesses apart when its log odds are so many standard deviations from 0. */
const CLEAR_Z = 1.96;

const GAP = 26;
const LABEL = 104;

/**
 * Words that tell one harness's failure reasons from the others', within one benchmark: one panel a harness.
 * `benchmark` picks the one drawn; the one with most failures where it is not given.
 */
export function drawJudgeTerms(rows: readonly JudgeTermRow[], context: FigureContext, benchmark?: string): Figure {
  const names = naming(context), full = bodyWidth(context);
  const chosen = benchmark ?? mostFailures(rows);
  const own = rows.filter((row) => row.benchmark === chosen);
  const panels = [...groupBy(own, (row) => row.harness)].sort(([a], [b]) => byName(a, b)).map(([harness, all]) => ({
    harness,
    failures: all[0]?.failures ?? 0,
    terms: all.toSorted((a, b) => b.z - a.z || byName(a.term, b.term)).slice(0, TERMS).filter((row) =>
      row.log_odds > 0
    ),
  }));
  const top = Math.max(1, ...panels.flatMap((panel) => panel.terms.map((row) => row.z)));
  const columns = isNarrow(full) ? 1 : 3, width = (full - (columns - 1) * GAP) / columns;
  const others = distinct(rows, (row) => row.benchmark).filter((name) => name !== chosen).map(names.benchmark);
  return frame({
    name: names.figure("judge-terms"),
    title: panels.length
      ? finding(names.benchmark(chosen), panels.length, panels.filter(({ terms }) => terms.some(isClear)).length)
      : "Words that tell one harness's failures from another's",
    subtitle:
      "Log odds of a word in a harness's failure reasons over the others', in standard deviations (Dirichlet prior).",
    description: panels.map(({ harness, terms }) =>
      `${names.harness(harness)}: ${
        terms.map((row) => row.term).join(", ") || "none"
      }.`
    )
      .join(" ") || "No benchmark has reasons under two harnesses.",
    legend: [
      { mark: "square", color: VERDICT_COLORS.solved, label: `${CLEAR_Z} standard deviations and more` },
      { mark: "square", color: INK.weak, label: "less" },
    ],
    width: context.width,
    body: [
      panels.length
        ? gridBlock(
          panels.map(({ harness, failures, terms }) =>
            panelBlock(
              names.harness(harness),
              plural(failures, "failure"),
              terms.length ? bars(terms, width, top) : emptyBlock("no word is typical", width),
            )
          ),
          columns,
          GAP,
        )
        : emptyBlock("No benchmark has reasons under two harnesses.", full),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(panels.reduce((sum, panel) => sum + panel.failures, 0), "failed session")} on ${
        names.benchmark(chosen)
      }.`,
      `The ${TERMS} most typical words of each harness; at the right, share of reasons with the word.`,
      `Harnesses of ${MIN_TERM_FAILURES} failures and more there; words such as "the" and "which" left out.`,
      others.length ? `Not drawn: ${others.join(", ")}.` : "",
    ].filter(Boolean),
  });
}

const isClear = ({ z }: JudgeTermRow) => z >= CLEAR_Z;

/** How many of the harnesses drawn have a word that is clearly theirs. */
function finding(benchmark: string, harnesses: number, clear: number): string {
  if (clear === harnesses) return `On ${benchmark}, the judge blames each harness in words of its own`;
  if (clear === 0) return `On ${benchmark}, no word of the judge tells one harness from the others`;
  return `On ${benchmark}, the judge blames ${clear} of ${
    plural(harnesses, "harness", "harnesses")
  } in words of their own`;
}

function mostFailures(rows: readonly JudgeTermRow[]): string {
  const sizes = distinct(rows, (row) => row.benchmark).map((benchmark) => {
    const first = rows.find((row) => row.benchmark === benchmark);
    return { benchmark, failures: first ? first.failures + first.failures_elsewhere : 0 };
  });
  return sizes.toSorted((a, b) => b.failures - a.failures)[0]?.benchmark ?? "";
}

function bars(rows: readonly JudgeTermRow[], width: number, top: number): Block {
  const title = (row: JudgeTermRow) =>
    `"${row.term}": log odds ${fixed(row.log_odds, 2)}, z ${fixed(row.z, 2)}\nin ${int(row.reasons)} of ${
      int(row.failures)
    } reasons here, ${int(row.reasons_elsewhere)} of ${int(row.failures_elsewhere)} elsewhere`;
  const share = (row: JudgeTermRow) =>
    `${pct(row.reasons / row.failures)} / ${pct(row.reasons_elsewhere / Math.max(1, row.failures_elsewhere))}`;
  return plotBlock({
    width,
    height: rows.length * 21 + 40,
    marginTop: 18,
    marginBottom: 22,
    marginLeft: LABEL + 8,
    marginRight: 80,
    x: { domain: [0, top] },
    y: { domain: rows.map((row) => row.term), axis: null, padding: 0.22 },
    marks: [
      Plot.gridX({ ticks: 3, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.axisX({ ticks: 3, tickSize: 0, label: null, fill: INK.muted }),
      Plot.axisY({
        anchor: "left",
        tickSize: 0,
        label: null,
        tickFormat: (term: string) => fitText(term, LABEL, FONT_SIZE.body),
      }),
      Plot.barX(rows, {
        x: "z",
        y: "term",
        fill: (row) => isClear(row) ? VERDICT_COLORS.solved : INK.weak,
        title,
      }),
      Plot.ruleX([0], { stroke: INK.faint }),
      Plot.text(["here / others"], {
        frameAnchor: "top-right",
        textAnchor: "start",
        dx: 8,
        dy: -14,
        fontSize: FONT_SIZE.small,
        fill: INK.muted,
      }),
      Plot.text(rows, {
        y: "term",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        text: share,
        fontSize: FONT_SIZE.small,
        fill: INK.muted,
        title,
      }),
    ],
  });
}
