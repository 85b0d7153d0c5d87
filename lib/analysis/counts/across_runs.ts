import { type Cell, CELL_SUMS } from "../../model/mod.ts";

/** Fewer cells are added up as fast as they are gathered. */
const MANY = 5_000;

const gathered = new WeakMap<readonly Cell[], readonly Cell[]>();

/**
 * The same sessions in fewer cells, for whoever does not ask for runs: where nothing names runs, each session is one, and
 * there are as many cells as sessions. Gathered once for each list of cells.
 */
export function acrossRuns(cells: readonly Cell[]): readonly Cell[] {
  if (cells.length < MANY) return cells;
  const known = gathered.get(cells);
  if (known) return known;
  const all = new Map<string, Cell>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.benchmark, cell.harness, cell.deployment, cell.model, cell.verdict]);
    const sum = all.get(key);
    if (sum) add(sum, cell);
    else all.set(key, { ...cell });
  }
  const fewer = [...all.values()];
  gathered.set(cells, fewer);
  return fewer;
}

function add(sum: Cell, cell: Cell): void {
  const [to, from] = [
    sum as unknown as Record<string, number | null>,
    cell as unknown as Record<string, number | null>,
  ];
  sum.sessions += cell.sessions;
  for (const { name, known } of CELL_SUMS) {
    const value = from[name]!;
    if (value !== null) to[name] = (to[name] ?? 0) + value;
    if (known !== null) to[known]! += from[known]!;
  }
}
