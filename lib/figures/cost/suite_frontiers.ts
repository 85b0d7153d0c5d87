import type { SuiteFrontier } from "../../analysis/mod.ts";
import { MIN_FRONTIER_N } from "../../analysis/cut_offs.ts";
import type { Figure, OfficialContext } from "../kit/figure.ts";
import { int, pct, plural, usd } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { officialWords } from "../kit/official.ts";
import { panelBlock } from "../kit/panel.ts";
import { unnamedSentence } from "../kit/scatter_labels.ts";
import { INK } from "../kit/theme.ts";
import { plane, WEIGHTS, weightsOf } from "./cost_quality_frontier.ts";

const GAP = 24;
/** Pixels above the panels in which names of configs near 100% may stand. */
const ABOVE = 52;
const NEAR_THE_TOP = 0.9;

/** Cost and quality within each benchmark, by the verdicts or by official grades: one panel a suite, with its own frontier. */
export function drawSuiteFrontiers(
  all: readonly SuiteFrontier[],
  by: "judged" | "official",
  context: OfficialContext,
): Figure {
  const names = naming(context), full = bodyWidth(context), narrow = isNarrow(full);
  const width = narrow ? full : (full - GAP) / 2;
  const suites = names.groups("benchmark", new Map(all.map((one) => [one.benchmark, one[by]])))
    .filter(([, rows]) => rows.length > 1);
  const rows = suites.flatMap(([, own]) => own);
  const most = Math.max(1, ...rows.map((row) => row.n));
  const fronts = suites.map(([benchmark, own]) => ({
    benchmark,
    front: own.filter((row) => row.on_frontier).toSorted((a, b) => a.usd_per_task - b.usd_per_task),
  }));
  const cheapest = fronts.filter(({ front }) => front.length === 1).length;
  const columns = narrow ? 1 : 2;
  const panels = suites.map(([benchmark, own], i) => {
    // Panels beside each other have their axes at one height.
    const beside = suites.slice(i - i % columns, i - i % columns + columns).flatMap(([, its]) => its);
    const above = beside.some((row) => row.macro > NEAR_THE_TOP) ? ABOVE : 0;
    const front = fronts.find((one) => one.benchmark === benchmark)?.front ?? [];
    const size = { width, height: 280 + above, largest: 13, above };
    const { block, unnamed } = plane(own, front, most, names, size, ` on ${names.benchmark(benchmark)}`);
    return { panel: panelBlock(names.benchmark(benchmark), "", block), unnamed };
  });
  return frame({
    name: `${names.figure("suite-frontiers")}${by === "official" ? "-official" : ""}`,
    alternative: by,
    title: `${by === "judged" ? "As judged" : "As officially graded"}, the cheapest config is also the best on ${
      cheapest ? `${int(cheapest)} of ${plural(suites.length, "suite")}` : "no suite"
    }`,
    subtitle: "Success of each config within one suite against its mean cost per task there, logarithmic.",
    description: fronts.map(({ benchmark, front }) =>
      `${names.benchmark(benchmark)}: ${
        front.map((row) => `${names.config(row.config)} ${usd(row.usd_per_task)}, ${pct(row.macro)}`).join("; ")
      }.`
    ).join(" ") || "No suite has two configs to compare.",
    legend: [
      ...Object.values(WEIGHTS).filter((kind) =>
        rows.some((row) => weightsOf(row) === kind)
      )
        .map(({ label, color }) => ({ mark: "dot" as const, color, label })),
      { mark: "line", color: INK.accent, label: "Pareto frontier" },
    ],
    width: context.width,
    body: [
      panels.length
        ? gridBlock(panels.map(({ panel }) => panel), columns, GAP)
        : emptyBlock("No suite has two configs to compare.", full),
    ],
    caption: [
      `Source: ${context.source}${by === "official" ? officialWords(context) : ""}.`,
      `Configs of ${MIN_FRONTIER_N} scored sessions and more on the suite, with a price; area = ${
        by === "judged" ? "scored" : "graded"
      } sessions.`,
      by === "official" ? "Costs are of the sessions here, success is of the grades." : "",
      ...unnamedSentence(panels.reduce((sum, { unnamed }) => sum + unnamed, 0), (n) => plural(n, "dot")),
    ].filter(Boolean),
  });
}
