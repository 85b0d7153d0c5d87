import * as Plot from "@observablehq/plot";
import type { CoefficientRow, Coefficients } from "../../analysis/mod.ts";
import type { Block, Figure, OfficialContext } from "../kit/figure.ts";
import { int, plural, points } from "../kit/format.ts";
import { frame } from "../kit/frame.ts";
import { ABOVE, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { type Naming, naming } from "../kit/names.ts";
import { officialWords } from "../kit/official.ts";
import { plotBlock } from "../kit/plot.ts";
import { pointsAxisX, pointsDomain } from "../kit/points_axis.ts";
import { fitName, widest } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";

/** The judge's in blues, the grades' in browns; within each, darker on the cells that both have. */
const SETS: readonly { verdicts: CoefficientRow["verdicts"]; color: string }[] = [
  { verdicts: "judged, all cells", color: "#5b9bd0" },
  { verdicts: "judged, shared cells", color: "#0b4f8a" },
  { verdicts: "official, shared cells", color: "#8c2d19" },
  { verdicts: "official, active cells", color: "#d98a54" },
];

const ENDS = ["these_cells", "new_cells"] as const;
const BAND = 22;
const LABEL_MAX = 130;
const VALUE_WIDTH = 148;

/** What each harness adds to success over the reference, by whose verdicts, on all suites and on comparable ones. */
export function drawCoefficients(found: Coefficients, context: OfficialContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const { rows, suites } = found;
  const ends = rows.flatMap((row) => [row.estimate, ...ENDS.flatMap((of) => row[of] ? [row[of].lo, row[of].hi] : [])]);
  const domain = pointsDomain(ends);
  const harnesses = names.order("harness", rows.map((row) => row.harness));
  const choices = [...new Set(rows.map((row) => row.suites))];
  const apart = suites.filter((s) => !s.comparable).map((s) => names.benchmark(s.benchmark));
  return frame({
    name: names.figure("coefficients"),
    title: titleOf(found, names),
    subtitle: `Success over ${
      names.harness(found.reference)
    } in points, with benchmark and model held fixed (linear regression), by whose verdicts.`,
    description: rows.map((row) =>
      `${names.harness(row.harness)}, ${row.verdicts}, ${row.suites}: ${points(row.estimate)}.`
    ).join(" "),
    legend: [
      ...SETS.map(({ verdicts, color }) => ({ mark: "dot" as const, color, label: verdicts })),
      { mark: "line", color: INK.text, label: "95%, these cells" },
      { mark: "whisker", color: INK.text, label: "95%, new cells" },
    ],
    width: context.width,
    body: choices.flatMap((choice) =>
      panel(rows.filter((row) => row.suites === choice), { choice, harnesses, apart, domain, names, width })
    ),
    caption: [
      `Source: ${context.source}${officialWords(context)}, rows that repeat another harness left out.`,
      "These cells: their sessions could have been others (HC1). New cells of the same levels: clustered by cell (CR2); " +
      "withheld where a harness, or the one that it is compared with, has fewer than five.",
      apart.length
        ? `Comparable: mean calls of judged sessions within 0.8 to 1.25 of the graded ones' in every shared cell, which ${
          apart.join(" and ")
        } ${apart.length === 1 ? "is" : "are"} not.`
        : "In every suite judged sessions take about as many calls as graded ones.",
      `Active cells: agents of more than 0.6 steps a session. ${turned(found)}`,
    ],
  });
}

function titleOf({ rows, turns, reference }: Coefficients, names: Naming): string {
  const widestTurn = turns.filter((t) => t.suites === "all suites" && (t.these_cells?.p_holm ?? 1) < 0.05)
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
  const of = (verdicts: CoefficientRow["verdicts"]) =>
    rows.find((r) => r.harness === widestTurn?.harness && r.suites === "all suites" && r.verdicts === verdicts);
  const [judged, graded, active] = [
    of("judged, all cells"),
    of("official, shared cells"),
    of("official, active cells"),
  ];
  if (!widestTurn || !judged || !graded || !active) {
    return `What each harness adds over ${names.harness(reference)}, by whose verdicts`;
  }
  return `${names.harness(widestTurn.harness)} over ${names.harness(reference)}: ${
    points(judged.estimate)
  } as judged; ` +
    `as graded ${points(graded.estimate)} on the shared cells, ${points(active.estimate)} on all active ones`;
}

function turned({ turns }: Coefficients): string {
  const asked = turns.filter((t) => t.suites === "all suites" && t.these_cells);
  const apart = asked.filter((t) => (t.these_cells?.p_holm ?? 1) < 0.05);
  const anew = apart.filter((t) => (t.new_cells?.p_holm ?? 1) < 0.05);
  return `On shared cells judged and official coefficients of ${int(apart.length)} of ${
    plural(asked.length, "harness", "harnesses")
  } differ for these cells, of ${int(anew.length)} for new cells (p < 0.05, Holm).`;
}

interface PanelOptions {
  choice: CoefficientRow["suites"];
  harnesses: readonly string[];
  apart: readonly string[];
  domain: [number, number];
  names: Naming;
  width: number;
}

function panel(
  rows: readonly CoefficientRow[],
  { choice, harnesses, apart, domain, names, width }: PanelOptions,
): Block[] {
  if (!rows.length) return [];
  const narrow = isNarrow(width);
  const here = harnesses.filter((harness) => rows.some((row) => row.harness === harness));
  const label = (harness: string) => fitName(names.harness(harness), LABEL_MAX, FONT_SIZE.body);
  const color = (row: CoefficientRow) => SETS.find(({ verdicts }) => verdicts === row.verdicts)?.color ?? INK.text;
  const these = rows.flatMap((row) => row.these_cells ? [{ row, ...row.these_cells }] : []);
  const fresh = rows.flatMap((row) => row.new_cells ? [{ row, ...row.new_cells }] : []);
  const place = {
    fy: (d: { row: CoefficientRow }) => d.row.harness,
    y: (d: { row: CoefficientRow }) => d.row.verdicts,
  };
  const interval = ({ lo, hi }: { lo: number; hi: number }) =>
    `${points(lo).replace(" pp", "")} to ${points(hi).replace(" pp", "")}`;
  const heading = choice === "all suites" || !apart.length ? choice : `${choice}: without ${apart.join(", ")}`;
  const values = (row: CoefficientRow) => {
    const of = row.new_cells ?? row.these_cells;
    return `${points(row.estimate)}${of ? ` (${interval(of)}${row.new_cells ? "" : ", these cells"})` : ""}`;
  };
  return [plotBlock({
    width,
    height: here.length * (SETS.length * BAND + (narrow ? 34 : 10)) + 62,
    marginTop: 30,
    marginBottom: 30,
    marginLeft: narrow ? ABOVE.marginLeft : widest(harnesses.map(label), FONT_SIZE.body) + 16,
    marginRight: narrow ? ABOVE.marginRight : VALUE_WIDTH + 62,
    x: { domain },
    y: { domain: SETS.map(({ verdicts }) => verdicts), axis: null, padding: 0.2 },
    fy: { domain: here, axis: null, padding: narrow ? 0.22 : 0.06 },
    marks: [
      ...pointsAxisX(domain, width, narrow ? 4 : 8),
      narrow
        ? Plot.text(here, {
          fy: (harness) => harness,
          frameAnchor: "top-left",
          textAnchor: "start",
          dy: -12,
          text: (harness: string) => fitName(names.harness(harness), width - 20, FONT_SIZE.body, 600),
          fontWeight: 600,
        })
        : Plot.axisFy({ anchor: "left", label: null, tickSize: 0, tickFormat: label }),
      Plot.text([heading], {
        frameAnchor: "top-left",
        dy: narrow ? -28 : -24,
        textAnchor: "start",
        text: (d) => d,
        fontWeight: 600,
        fy: here.slice(0, 1),
      }),
      Plot.ruleX([0], { stroke: INK.text, strokeDasharray: "4,3" }),
      Plot.ruleY(fresh, { ...place, x1: "lo", x2: "hi", stroke: (d) => color(d.row), strokeWidth: 1.2 }),
      ...(["lo", "hi"] as const).map((end) =>
        Plot.tickX(fresh, {
          ...place,
          x: end,
          stroke: (d) => color(d.row),
          strokeWidth: 1.2,
          insetTop: 4,
          insetBottom: 4,
        })
      ),
      Plot.ruleY(these, { ...place, x1: "lo", x2: "hi", stroke: (d) => color(d.row), strokeWidth: 4 }),
      Plot.dot([...rows], {
        fy: "harness",
        y: "verdicts",
        x: "estimate",
        r: 4.5,
        fill: color,
        stroke: INK.ground,
        title: (row: CoefficientRow) =>
          [
            `${names.harness(row.harness)}, ${row.verdicts}, ${row.suites}: ${points(row.estimate, 1)}`,
            row.these_cells ? `these cells ${interval(row.these_cells)}` : "",
            row.new_cells ? `new cells ${interval(row.new_cells)}` : "new cells: too few to say",
            `${plural(row.n, "session")} in ${plural(row.cells, "cell")}`,
          ].filter(Boolean).join("\n"),
      }),
      ...narrow ? [] : [Plot.text([...rows], {
        fy: "harness",
        y: "verdicts",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 12,
        text: values,
        fontVariant: "tabular-nums",
      })],
    ],
  })];
}
