/**
 * Whatever holds sessions and counts them: memory, DuckDB, ClickHouse and Braintrust behind one interface; the dataset of any
 * source; and the tables that rows are written to.
 *
 * @module
 */

export {
  type Answer,
  ChangedError,
  ConnectionLost,
  type Dialect,
  type Engine,
  EngineError,
  type EngineRow,
  type GroupQuery,
  type Limits,
  type SqlEngine,
} from "./engine.ts";
export { engineDataset, limitsFrom } from "./dataset.ts";
export { loadDataset, type LoadOptions, sourceHelp } from "./load.ts";
export { loadPrices } from "./load_prices.ts";
export { memoryEngine } from "./memory.ts";
export {
  DEFAULT_LIMITS,
  type EngineKind,
  type EngineOptions,
  ENGINES,
  openEngine,
  openSink,
  openSqlEngine,
} from "./openers.ts";
export { type EngineSpan, SCHEMA_VERSION, type TableName } from "./schema.ts";
export type { EngineSink } from "./sink.ts";
export type { Browsed } from "./duckdb/browse.ts";
export {
  type Around,
  type Bin,
  type GroupCount,
  SESSION_LINE,
  type SessionBrowser,
  type SessionLine,
  type Sort,
} from "./session_browser.ts";
export { openBrowser } from "./browser.ts";
export type { Stated } from "../analysis/counts/distributions.ts";
export type { ClickHouseAccess } from "./clickhouse/access.ts";
