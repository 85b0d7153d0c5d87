/** Tables of sessions in DuckDB and ClickHouse: counted where they are, and written to. @module */
export { type ClickHouseAccess, clickHouseAccess } from "./clickhouse/access.ts";
export { ChangedError, ConnectionLost, type Engine, EngineError } from "./engine.ts";
export { answerOf, cellsFrom, type Limits } from "./counted.ts";
export { DEFAULT_LIMITS, engineDataset, limitsFrom } from "./dataset.ts";
export { type EngineOptions, loadEngine, openEngine } from "./open.ts";
export { type EngineSpan, SCHEMA_VERSION } from "./schema.ts";
export { type EngineSink, isEngine, openSink } from "./sink.ts";
