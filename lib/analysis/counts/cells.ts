import { type Cell, compareCells, type Dataset, type Session, type Verdict } from "../../model/mod.ts";

/** One level of the index: by benchmark, harness, deployment, model, and at the bottom run. */
type Level = Map<string, Level | Leaf>;

/** The cells of one benchmark, harness, deployment, model and run, by verdict. */
interface Leaf extends Pick<Session, "benchmark" | "harness" | "deployment" | "model"> {
  cells: [failed: Cell | null, solved: Cell | null, unscored: Cell | null];
}

/**
 * Counts sessions: one {@link Cell} per benchmark x harness x deployment x run x verdict, with sums of tokens, calls,
 * seconds and USD. A sum is over the sessions that know the value, and beside it stands how many do. Cells come sorted by their names, so the order of sessions changes nothing but the last bits of
 * sums of seconds. One pass, no intermediate table. Of a dataset, the cells that it has.
 */
export function cellsOf(of: Dataset | readonly Session[]): Cell[] {
  return "cells" in of ? of.cells : counted(of);
}

function counted(sessions: readonly Session[]): Cell[] {
  const root: Level = new Map();
  // A run is mostly of one benchmark, harness and model: where it is the same as last time, one look-up does for five.
  const recent = new Map<string, Leaf>();
  const cells: Cell[] = [];
  for (const session of sessions) {
    let leaf = recent.get(session.run);
    if (leaf === undefined || !isOf(leaf, session)) {
      leaf = leafOf(root, session);
      recent.set(session.run, leaf);
    }
    const slot = session.success === null ? 2 : session.success;
    const cell = leaf.cells[slot];
    if (cell === null) {
      const fresh = open(session, session.success);
      leaf.cells[slot] = fresh;
      cells.push(fresh);
    } else {
      add(cell, session);
    }
  }
  return cells.sort(compareCells);
}

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
  const leaf: Leaf = { benchmark, harness, deployment: s.deployment, model: family, cells: [null, null, null] };
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

function open(s: Session, verdict: Verdict): Cell {
  return {
    benchmark: s.benchmark,
    harness: s.harness,
    deployment: s.deployment,
    model: s.model,
    run: s.run,
    verdict,
    sessions: 1,
    tokens: s.totalTokens,
    tokensKnown: one(s.totalTokens),
    inputTokens: s.inputTokens,
    inputTokensKnown: one(s.inputTokens),
    cachedTokens: s.cachedTokens,
    cachedTokensKnown: one(s.cachedTokens),
    cacheWriteTokens: s.cacheWriteTokens,
    cacheWriteTokensKnown: one(s.cacheWriteTokens),
    outputTokens: s.outputTokens,
    outputTokensKnown: one(s.outputTokens),
    reasoningTokens: s.reasoningTokens,
    reasoningTokensKnown: one(s.reasoningTokens),
    calls: s.calls,
    durationS: s.durationS,
    durationKnown: one(s.durationS),
    recordedUsd: s.recordedUsd,
    recordedUsdKnown: one(s.recordedUsd),
  };
}

function add(cell: Cell, s: Session): void {
  cell.sessions += 1;
  cell.tokens = sum(cell.tokens, s.totalTokens);
  cell.tokensKnown += one(s.totalTokens);
  cell.inputTokens = sum(cell.inputTokens, s.inputTokens);
  cell.inputTokensKnown += one(s.inputTokens);
  cell.cachedTokens = sum(cell.cachedTokens, s.cachedTokens);
  cell.cachedTokensKnown += one(s.cachedTokens);
  cell.cacheWriteTokens = sum(cell.cacheWriteTokens, s.cacheWriteTokens);
  cell.cacheWriteTokensKnown += one(s.cacheWriteTokens);
  cell.outputTokens = sum(cell.outputTokens, s.outputTokens);
  cell.outputTokensKnown += one(s.outputTokens);
  cell.reasoningTokens = sum(cell.reasoningTokens, s.reasoningTokens);
  cell.reasoningTokensKnown += one(s.reasoningTokens);
  cell.calls += s.calls;
  cell.durationS = sum(cell.durationS, s.durationS);
  cell.durationKnown += one(s.durationS);
  cell.recordedUsd = sum(cell.recordedUsd, s.recordedUsd);
  cell.recordedUsdKnown += one(s.recordedUsd);
}

const one = (value: number | null) => value === null ? 0 : 1;

const sum = (a: number | null, b: number | null) => a === null ? b : b === null ? a : a + b;
