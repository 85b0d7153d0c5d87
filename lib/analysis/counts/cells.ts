import { type Cell, CELL_SUMS, type CellTotal, type Dataset, type Session } from "../../model/mod.ts";
import { compareCells } from "../../model/cell_query.ts";

/** One level of the index: by benchmark, harness, deployment, model, and at the bottom run. */
type Level = Map<string, Level | Leaf>;

/** The cells of one benchmark, harness, deployment, model and run, by verdict: their numbers, -1 where there is none. */
interface Leaf extends Pick<Session, "benchmark" | "harness" | "deployment" | "model"> {
  cells: [failed: number, solved: number, unscored: number];
}

/**
 * Counts sessions: one {@link Cell} per benchmark x harness x deployment x run x verdict, with sums of tokens, calls,
 * seconds and USD. A sum is over the sessions that know the value, and beside it stands how many do. Cells come sorted by
 * their names, so the order of sessions changes nothing but the last bits of sums of seconds. One pass, no intermediate
 * table. Of a dataset, the cells that it has.
 *
 * @example
 * ```ts
 * import { cellsOf } from "agent-trace-lab/analysis";
 * cellsOf([]).length; // 0
 * ```
 */
export function cellsOf(of: Dataset | readonly Session[]): Cell[] {
  return "cells" in of ? of.cells : counted(of);
}

function counted(sessions: readonly Session[]): Cell[] {
  const root: Level = new Map();
  // A run is mostly of one benchmark, harness and model: where it is the same as last time, one look-up does for five.
  const recent = new Map<string, Leaf>();
  const firsts: Session[] = [];
  const totals = new Totals();
  for (const session of sessions) {
    let leaf = recent.get(session.run);
    if (leaf === undefined || !isOf(leaf, session)) {
      leaf = leafOf(root, session);
      recent.set(session.run, leaf);
    }
    const slot = session.success === null ? 2 : session.success;
    if (leaf.cells[slot] < 0) {
      leaf.cells[slot] = firsts.length;
      firsts.push(session);
    }
    totals.add(leaf.cells[slot], session);
  }
  return firsts.map((first, i) => totals.cell(i, first)).sort(compareCells);
}

/** Sums, and how many sessions know each value, of all cells: side by side in arrays of numbers, which is fast. */
class Totals {
  #sessions = new Float64Array(64);
  #sums = new Float64Array(64 * WIDTH);
  #known = new Float64Array(64 * WIDTH);

  add(cell: number, s: Session): void {
    if (cell >= this.#sessions.length) this.#grow();
    this.#sessions[cell]! += 1;
    const at = cell * WIDTH;
    this.#one(at + TOKENS, s.totalTokens);
    this.#one(at + INPUT, s.inputTokens);
    this.#one(at + CACHED, s.cachedTokens);
    this.#one(at + CACHE_WRITE, s.cacheWriteTokens);
    this.#one(at + OUTPUT, s.outputTokens);
    this.#one(at + REASONING, s.reasoningTokens);
    this.#one(at + CALLS, s.calls);
    this.#one(at + DURATION, s.durationS);
    this.#one(at + USD, s.recordedUsd);
  }

  cell(cell: number, { benchmark, harness, deployment, model, run, success }: Session): Cell {
    const at = cell * WIDTH;
    const sums = CELL_SUMS.flatMap(({ name, known }, i): [string, number | null][] => {
      const n = this.#known[at + i]!;
      const sum = known !== null && n === 0 ? null : this.#sums[at + i]!;
      return known === null ? [[name, sum]] : [[name, sum], [known, n]];
    });
    const names = { benchmark, harness, deployment, model, run, verdict: success };
    return { ...names, sessions: this.#sessions[cell]!, ...Object.fromEntries(sums) } as unknown as Cell;
  }

  #one(at: number, value: number | null): void {
    if (value === null) return;
    this.#sums[at]! += value;
    this.#known[at]! += 1;
  }

  #grow(): void {
    const twice = (from: Float64Array<ArrayBuffer>) => {
      const to = new Float64Array(2 * from.length);
      to.set(from);
      return to;
    };
    [this.#sessions, this.#sums, this.#known] = [twice(this.#sessions), twice(this.#sums), twice(this.#known)];
  }
}

const WIDTH = CELL_SUMS.length;
const place = (of: CellTotal["of"]) => CELL_SUMS.findIndex((sum) => sum.of === of);
const TOKENS = place("totalTokens");
const INPUT = place("inputTokens");
const CACHED = place("cachedTokens");
const CACHE_WRITE = place("cacheWriteTokens");
const OUTPUT = place("outputTokens");
const REASONING = place("reasoningTokens");
const CALLS = place("calls");
const DURATION = place("durationS");
const USD = place("recordedUsd");

function isOf(leaf: Leaf, s: Session): boolean {
  return leaf.benchmark === s.benchmark && leaf.harness === s.harness && leaf.deployment === s.deployment &&
    leaf.model === s.model;
}

function leafOf(root: Level, s: Session): Leaf {
  const deployment = level(level(level(root, s.benchmark), s.harness), s.deployment);
  const model = level(deployment, s.model);
  const found = model.get(s.run);
  if (found !== undefined) return found as Leaf;
  const { benchmark, harness, model: family } = s;
  const leaf: Leaf = { benchmark, harness, deployment: s.deployment, model: family, cells: [-1, -1, -1] };
  model.set(s.run, leaf);
  return leaf;
}

function level(parent: Level, key: string): Level {
  const found = parent.get(key);
  if (found !== undefined) return found as Level;
  const fresh: Level = new Map();
  parent.set(key, fresh);
  return fresh;
}
