import {
  type Cell,
  type CountedBox,
  type CountedMode,
  type Distributions,
  FAILURE_MODES,
  type FailureThresholds,
  TOLD_MODES,
  type Verdict,
} from "../model/mod.ts";
import { ordered } from "../analysis/counts/mod.ts";
import { ChangedError, type Dialect, EngineError, type EngineRow, type GroupQuery, type SqlEngine } from "./engine.ts";
import type { Group } from "./quantile_groups.ts";
import { boxesOf, quantilesOf, QUARTILES } from "./quantiles.ts";
import {
  failed,
  failureModesQuery,
  hasTokens,
  hasToolErrors,
  judgeQuery,
  knownToolErrorsQuery,
  nameIs,
  scored,
} from "./sql.ts";

/**
 * What needs each session, worked out inside the engine: thresholds, failure modes, boxes of failed sessions, what the
 * judge said. All of it is exact. Words of reasons and repeated recordings are not asked for.
 *
 * @param cells of the same table: they say how many sessions each group has
 * @param given the thresholds of failure modes, where those of a larger table count
 * @throws {ChangedError} when a query counts other sessions than the cells do
 * @throws {EngineError} for a failure mode that nobody knows
 */
export async function distributionsIn(
  engine: SqlEngine,
  cells: readonly Cell[],
  given?: FailureThresholds | null,
): Promise<Distributions> {
  const { dialect } = engine;
  const failures = cells.filter((c) => c.verdict === 0);
  const known = await groups(engine, knownToolErrorsQuery(engine));
  const withTokens = (of: readonly Cell[]) => of.reduce((sum, c) => sum + c.tokensKnown, 0);
  const byHarness = [...Map.groupBy(failures, (c) => c.harness)]
    .map(([harness, of]) => ({ harness, n: withTokens(of) })).filter(({ n }) => n > 0);
  const byCell = [...Map.groupBy(failures, (c) => JSON.stringify([c.benchmark, c.harness])).values()]
    .flatMap((of) => of[0] ? [{ benchmark: of[0].benchmark, harness: of[0].harness, n: withTokens(of) }] : [])
    .filter(({ n }) => n > 0);
  const withErrors = known.map((row) => ({ harness: String(row["by_harness"]), n: Number(row["n"]) }));
  const boxed = [
    ...byHarness.map((of) => tokensOf(dialect, of)),
    ...byCell.map((of) => tokensOf(dialect, of)),
    ...withErrors.map((of) => toolErrorsOf(dialect, of)),
  ];
  // Thresholds and boxes together: an engine that finds quantiles by counting asks for them all at once.
  const tops = given === undefined ? topsOf(dialect, cells) : [];
  const found = await quantilesOf(engine, [...tops, ...boxed]);
  const quartiles = found.slice(tops.length);
  const thresholds = given === undefined ? toldBy(found.slice(0, tops.length)) : given;
  const modes = thresholds === null ? [] : await groups(engine, failureModesQuery(engine, thresholds));
  const judge = await groups(engine, judgeQuery(engine));
  agree(engine, "failure modes", modes, count(failures));
  agree(engine, "what the judge said", judge, count(cells));
  const boxes = await boxesOf(engine, boxed, quartiles);
  const part = <T extends object>(of: readonly T[], from: number): (T & CountedBox)[] =>
    of.map((one, i) => ({ ...one, ...boxes[from + i]! }));
  return ordered({
    stated: [],
    thresholds,
    failureModes: modes.flatMap((row) => modesOf(engine, row)),
    toolErrorsUnknown: modes.flatMap((row) => {
      const n = Number(row["n_unknown"]);
      return n === 0 ? [] : [{ benchmark: String(row["by_benchmark"]), harness: String(row["by_harness"]), n }];
    }),
    failedTokensByHarness: part(byHarness, 0),
    failedTokensByCell: part(byCell, byHarness.length),
    mostTokens: [...Map.groupBy(judge, (row) => String(row["by_0"]))].flatMap(([benchmark, rows]) => {
      const known = rows.flatMap((row) => mostOf(row) ?? []);
      return known.length === 0 ? [] : [{ benchmark, tokens: Math.max(...known) }];
    }),
    mostFailedTokens: modes.flatMap((row) => {
      const tokens = mostOf(row);
      return tokens === null
        ? []
        : [{ benchmark: String(row["by_benchmark"]), harness: String(row["by_harness"]), tokens }];
    }),
    toolErrorsByHarness: part(withErrors, byHarness.length + byCell.length),
    judge: judge.map((row) => ({
      benchmark: String(row["by_0"]),
      judgeModel: row["by_1"] as string | null ?? null,
      confidence: row["by_2"] as string | null ?? null,
      verdict: (row["by_3"] ?? null) === null ? null : Number(row["by_3"]) as Verdict,
      n: Number(row["n"]),
    })),
    termCounts: null,
    duplicates: null,
  });
}

/** The thresholds of failure modes, of a table of which only a slice is looked at. */
export async function thresholdsIn(engine: SqlEngine, cells: readonly Cell[]): Promise<FailureThresholds | null> {
  return toldBy(await quantilesOf(engine, topsOf(engine.dialect, cells)));
}

/** What thresholds are read from: calls, then tokens where they are known; none where nothing is scored. */
function topsOf(dialect: Dialect, cells: readonly Cell[]): Group[] {
  const of = cells.filter((c) => c.verdict !== null);
  const [withVerdict, withTokens] = [count(of), of.reduce((sum, c) => sum + c.tokensKnown, 0)];
  return [
    ...(withVerdict === 0 ? [] : [topOf(dialect, "calls", withVerdict)]),
    ...(withTokens === 0 ? [] : [topOf(dialect, "totalTokens", withTokens)]),
  ];
}

function toldBy([calls, tokens]: readonly (readonly number[])[]): FailureThresholds | null {
  return calls === undefined ? null : { tokensP90: tokens?.[0] ?? null, callsP90: calls[0]! };
}

/** The 90th percentile over all scored sessions that know the value. */
function topOf(dialect: Dialect, column: "totalTokens" | "calls", n: number): Group {
  return {
    column,
    scope: scored(dialect),
    shared: null,
    own: column === "calls" ? null : hasTokens(dialect),
    n,
    qs: [0.9],
  };
}

/** Tokens of failed sessions where they are known. */
function tokensOf(
  dialect: Dialect,
  { harness, benchmark, n }: { harness: string; benchmark?: string; n: number },
): Group {
  return {
    column: "totalTokens",
    scope: failed(dialect),
    shared: `${nameIs(dialect, "harness", harness)} AND ${hasTokens(dialect)}`,
    own: benchmark === undefined ? null : nameIs(dialect, "benchmark", benchmark),
    n,
    qs: QUARTILES,
  };
}

/** Tool errors of failed sessions where they are known. */
function toolErrorsOf(dialect: Dialect, { harness, n }: { harness: string; n: number }): Group {
  const shared = `${nameIs(dialect, "harness", harness)} AND ${hasToolErrors(dialect)}`;
  return { column: "toolErrors", scope: failed(dialect), shared, own: null, n, qs: QUARTILES };
}

/** The most tokens that a session of a group took. */
const mostOf = ({ most_tokens: most }: EngineRow) => (most ?? null) === null ? null : Number(most);

/** All groups of a query. */
async function groups(engine: SqlEngine, query: GroupQuery): Promise<EngineRow[]> {
  return (await Array.fromAsync(engine.groups(query))).flat();
}

/** The modes that failed sessions of a benchmark and harness have. */
function modesOf({ name }: SqlEngine, row: EngineRow): CountedMode[] {
  const odd = row["odd_mode"] ?? null;
  if (odd !== null) {
    const expected = FAILURE_MODES.map((known) => `"${known}"`).join(", ");
    throw new EngineError(name, `column "failureMode": expected ${expected} or null, found ${JSON.stringify(odd)}`);
  }
  return TOLD_MODES.flatMap((mode, i) => {
    const n = Number(row[`n_mode_${i}`]);
    return n === 0 ? [] : [{ benchmark: String(row["by_benchmark"]), harness: String(row["by_harness"]), mode, n }];
  });
}

const count = (cells: readonly Cell[]) => cells.reduce((sum, c) => sum + c.sessions, 0);

function agree(engine: SqlEngine, what: string, rows: readonly Record<string, unknown>[], expected: number): void {
  const found = rows.reduce((sum, row) => sum + Number(row["n"]), 0);
  if (found !== expected) {
    throw new ChangedError(engine.name, `${what}: ${found} sessions, where the cells count ${expected}`);
  }
}
