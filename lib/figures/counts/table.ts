import type { UltimateRow } from "../../analysis/mod.ts";
import type { FigureContext, HtmlTable } from "../kit/figure.ts";
import { int, pct, plural, tokens } from "../kit/format.ts";
import { escapeHtml, tableShell } from "../kit/html.ts";
import { type Naming, naming } from "../kit/names.ts";
import { byName, groupBy } from "../kit/order.ts";

/** What {@link printedTable} needs beside its rows. */
export interface PrintedTableContext extends FigureContext {
  /** The interval of k successes out of n, such as `wilson`. */
  interval: (k: number, n: number) => { lo: number; hi: number };
}

/** Sessions that a cell must have to be printed. */
export const MIN_PRINTED = 10;

/** Classes of a value that is the best of its benchmark. */
const BEST = "num best";

const COLUMNS = [
  { label: "n", better: null, value: (row: UltimateRow) => row.n, text: int },
  { label: "calls", better: "low", value: (row: UltimateRow) => row.calls, text: (v: number) => v.toFixed(1) },
  { label: "tokens", better: "low", value: (row: UltimateRow) => row.tokens, text: tokens },
  { label: "seconds", better: "low", value: (row: UltimateRow) => row.duration_s, text: int },
  {
    label: "success",
    better: "high",
    value: (row: UltimateRow) => row.scored > 0 ? row.k / row.scored : null,
    text: (v: number) => pct(v),
  },
] as const;

type Column = typeof COLUMNS[number];

/** The printed table: benchmark x harness x deployment cells, best first within each benchmark, best values marked. */
export function printedTable(rows: readonly UltimateRow[], context: PrintedTableContext): HtmlTable {
  const names = naming(context);
  const name = names.figure("table");
  const shown = rows.filter((row) => row.n >= MIN_PRINTED);
  const groups = names.groups("benchmark", groupBy(shown, (row) => row.benchmark));
  const heads = ["harness", "deployment"].map((label) => `<th scope="col">${label}</th>`)
    .concat(COLUMNS.map(({ label }) => `<th scope="col" class="num">${label}</th>`), `<th scope="col">95%</th>`);
  const bodies = groups.map(([benchmark, group]) => {
    const best = new Map(COLUMNS.map((column) => [column.label, bestOf(column, group)]));
    const sorted = group.toSorted((a, b) =>
      rateOf(b) - rateOf(a) || b.n - a.n || byName(a.harness + a.deployment, b.harness + b.deployment)
    );
    const lines = sorted.map((row) => tableRow(row, best, context, names));
    const head = `<tr class="group"><th colspan="${heads.length}" scope="rowgroup">${
      escapeHtml(names.benchmark(benchmark))
    }</th></tr>`;
    return `<tbody>${head}${lines.join("")}</tbody>`;
  });
  const sessions = shown.reduce((sum, row) => sum + row.n, 0);
  return {
    name,
    html: tableShell({
      kind: name,
      title: "Success and use by benchmark, harness and deployment",
      html: shown.length === 0
        ? `<p>No cell has ${MIN_PRINTED} sessions.</p>`
        : `<table><thead><tr>${heads.join("")}</tr></thead>${bodies.join("")}</table>`,
      foot:
        `Source: ${context.source}. ${plural(shown.length, "cell")} of ${MIN_PRINTED} sessions and more, n = ${
          int(sessions)
        } sessions${
          rows.length > shown.length ? `; ${plural(rows.length - shown.length, "smaller cell")} left out` : ""
        }. Means per session over all sessions; ` +
        `success over scored ones with its 95% interval.${
          bodies.some((body) => body.includes(BEST)) ? " Shaded: the best of the benchmark." : ""
        }`,
    }),
  };
}

const rateOf = (row: UltimateRow) => row.scored > 0 ? row.k / row.scored : -1;

function bestOf({ better, value }: Column, rows: readonly UltimateRow[]): number | null {
  const known = rows.map(value).filter((v): v is number => v !== null);
  if (!better || known.length < 2) return null;
  return better === "low" ? Math.min(...known) : Math.max(...known);
}

function tableRow(
  row: UltimateRow,
  best: ReadonlyMap<string, number | null>,
  context: PrintedTableContext,
  names: Naming,
): string {
  const cells = COLUMNS.map(({ label, value, text }) => {
    const v = value(row);
    const marked = v !== null && v === best.get(label);
    return `<td class="${marked ? BEST : "num"}">${v === null ? "n/a" : escapeHtml(text(v))}</td>`;
  });
  const { lo, hi } = row.scored > 0 ? context.interval(row.k, row.scored) : { lo: null, hi: null };
  const interval = lo === null ? "n/a" : `${pct(lo)} – ${pct(hi)}`;
  return `<tr><td>${escapeHtml(names.harness(row.harness))}</td><td>${escapeHtml(row.deployment)}</td>${
    cells.join("")
  }<td>${interval}</td></tr>`;
}
