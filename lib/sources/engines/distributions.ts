import {
  type Cell,
  type Distributions,
  FAILURE_MODES,
  type FailureMode,
  type FailureThresholds,
  type Verdict,
} from "../../model/mod.ts";
import { ChangedError, type Engine, EngineError } from "./engine.ts";
import { boxesOf, type Group, quantilesOf } from "./quantiles.ts";
import { FAILED, failureModesSql, judgeSql, knownToolErrorsSql, nameIs, SCORED } from "./sql.ts";

/**
 * What needs each session, worked out inside the engine: thresholds, failure modes, boxes of failed sessions, what the
 * judge said. All of it is exact.
 *
 * @param cells of the same table: they say how many sessions each group has
 * @throws {ChangedError} when a query counts other sessions than the cells do
 * @throws {EngineError} for a failure mode that nobody knows
 */
export async function distributionsOf(engine: Engine, cells: readonly Cell[]): Promise<Distributions> {
  const failed = cells.filter((c) => c.verdict === 0);
  const scored = count(cells.filter((c) => c.verdict !== null));
  const thresholds = scored === 0 ? null : await thresholdsOf(engine, scored);
  const modes = thresholds === null ? [] : await engine.rows(failureModesSql(engine, thresholds));
  const judge = await engine.rows(judgeSql(engine));
  agree(engine, "failure modes", modes, count(failed));
  agree(engine, "what the judge said", judge, count(cells));
  const { dialect } = engine;
  const tokensOf = (harness: string, benchmark: string | null, n: number): Group => ({
    column: "totalTokens",
    where: `${FAILED} AND ${nameIs(dialect, "harness", harness)}`,
    condition: benchmark === null ? null : nameIs(dialect, "benchmark", benchmark),
    n,
  });
  const byHarness = [...Map.groupBy(failed, (c) => c.harness)].map(([harness, of]) => ({ harness, n: count(of) }));
  const byCell = [...Map.groupBy(failed, (c) => JSON.stringify([c.benchmark, c.harness])).values()]
    .flatMap((of) => of[0] ? [{ benchmark: of[0].benchmark, harness: of[0].harness, n: count(of) }] : []);
  const tokens = await boxesOf(engine, [
    ...byHarness.map(({ harness, n }) => tokensOf(harness, null, n)),
    ...byCell.map(({ benchmark, harness, n }) => tokensOf(harness, benchmark, n)),
  ]);
  return {
    thresholds,
    failureModes: modes.map((row) => ({
      benchmark: String(row["by_benchmark"]),
      harness: String(row["by_harness"]),
      mode: modeOf(engine, row["by_mode"]),
      n: Number(row["n"]),
    })),
    toolErrorsUnknown: modes.reduce((sum, row) => sum + Number(row["n_unknown"]), 0),
    failedTokensByHarness: byHarness.map(({ harness }, i) => ({ harness, ...tokens[i]! })),
    failedTokensByCell: byCell.map(({ benchmark, harness }, i) => ({
      benchmark,
      harness,
      ...tokens[byHarness.length + i]!,
    })),
    toolErrorsByHarness: await toolErrors(engine),
    judge: judge.map((row) => ({
      benchmark: String(row["by_0"]),
      judgeModel: row["by_1"] as string | null ?? null,
      confidence: row["by_2"] as string | null ?? null,
      verdict: (row["by_3"] ?? null) === null ? null : Number(row["by_3"]) as Verdict,
      n: Number(row["n"]),
    })),
  };
}

async function thresholdsOf(engine: Engine, n: number): Promise<FailureThresholds> {
  const groups = (["totalTokens", "calls"] as const).map((column) => ({ column, where: SCORED, condition: null, n }));
  const [[tokensP90], [callsP90]] = await quantilesOf(engine, groups, [0.9]) as [[number], [number]];
  return { tokensP90, callsP90 };
}

async function toolErrors(engine: Engine): Promise<Distributions["toolErrorsByHarness"]> {
  const known = (await engine.rows(knownToolErrorsSql(engine)))
    .map((row) => ({ harness: String(row["by_harness"]), n: Number(row["n"]) }));
  const boxes = await boxesOf(
    engine,
    known.map(({ harness, n }): Group => ({
      column: "toolErrors",
      where: `${FAILED} AND "toolErrors" IS NOT NULL AND ${nameIs(engine.dialect, "harness", harness)}`,
      condition: null,
      n,
    })),
  );
  return known.map(({ harness }, i) => ({ harness, ...boxes[i]! }));
}

function modeOf({ name }: Engine, found: unknown): FailureMode {
  const mode = FAILURE_MODES.find((known) => known === found);
  if (mode !== undefined) return mode;
  const expected = FAILURE_MODES.map((known) => `"${known}"`).join(", ");
  throw new EngineError(name, `column "failureMode": expected ${expected} or null, found ${JSON.stringify(found)}`);
}

const count = (cells: readonly Cell[]) => cells.reduce((sum, c) => sum + c.sessions, 0);

function agree(engine: Engine, what: string, rows: readonly Record<string, unknown>[], expected: number): void {
  const found = rows.reduce((sum, row) => sum + Number(row["n"]), 0);
  if (found !== expected) {
    throw new ChangedError(engine.name, `${what}: ${found} sessions, where the cells count ${expected}`);
  }
}
