import type { Dataset } from "../model/mod.ts";
import { type ClickHouseAccess, clickHouseAccess } from "./clickhouse/access.ts";
import type { Limits } from "./counted.ts";
import { engineDataset, limitsFrom } from "./dataset.ts";
import { type Engine, EngineError } from "./engine.ts";

/** Settings of {@link loadEngine}; what is not given is read from the environment. */
export interface EngineOptions {
  env?: (name: string) => string | undefined;
  access?: ClickHouseAccess;
  limits?: Partial<Limits>;
}

/** Opens `duckdb:PATH` or `clickhouse:URL` for reading. @throws {EngineError} when it is not there */
export async function openEngine(spec: string, options: EngineOptions = {}): Promise<Engine> {
  const { env = (name: string) => Deno.env.get(name) } = options;
  // Clients are loaded when they are needed: one of them is a native library, and both take permissions.
  if (spec.startsWith("duckdb:")) {
    const { openDuckDb } = await import("./duckdb/duckdb.ts");
    return await openDuckDb(spec.slice("duckdb:".length));
  }
  if (spec.startsWith("clickhouse:")) {
    const { openClickHouse } = await import("./clickhouse/clickhouse.ts");
    return await openClickHouse(spec, options.access ?? clickHouseAccess(env));
  }
  throw new EngineError(spec, "expected duckdb:PATH or clickhouse:http://HOST:PORT/DATABASE");
}

/** The dataset of an engine: it is asked for everything here, and let go. @throws {EngineError} {@link RowError} */
export async function loadEngine(spec: string, options: EngineOptions = {}): Promise<Dataset> {
  const { env = (name: string) => Deno.env.get(name) } = options;
  const limits = { ...limitsFrom(env), ...options.limits };
  const engine = await openEngine(spec, options);
  try {
    return await engineDataset(engine, limits);
  } finally {
    await engine.close();
  }
}
