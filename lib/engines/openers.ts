import type { BraintrustClient } from "../braintrust/mod.ts";
import { type ClickHouseAccess, clickHouseAccess } from "./clickhouse/access.ts";
import { type Engine, EngineError, type Limits, type SqlEngine } from "./engine.ts";
import type { EngineSink } from "./sink.ts";

/** Settings of engines; what is not given is read from the environment. */
export interface EngineOptions {
  /** Reads an environment variable; the process's own unless given. */
  env?: (name: string) => string | undefined;
  /** ClickHouse's user, password and patience. */
  access?: ClickHouseAccess;
  /** Braintrust's, in the place of one made from the environment. */
  client?: BraintrustClient;
  /** How much is taken out; the kind's own where left out. */
  limits?: Partial<Limits>;
}

/** One kind of engine, by the prefix of its specs. */
export interface EngineKind {
  /** What a spec looks like, for help texts. */
  spec: string;
  /** What it is, for help texts. */
  help: string;
  /** What is taken out of it unless told otherwise. */
  limits: Limits;
  /** Opens it for reading. @throws {EngineError} when it is not there */
  open(spec: string, options: EngineOptions): Promise<Engine>;
  /** Opens it for writing; not there where it is not written to. */
  sink?(spec: string, options: EngineOptions): Promise<EngineSink>;
}

/** Sessions in memory, sample and cells, unless told otherwise. */
export const DEFAULT_LIMITS: Limits = { sessions: 200_000, sample: 0, cells: 200_000 };

const environment = ({ env }: EngineOptions) => env ?? ((name: string) => Deno.env.get(name));
const access = (options: EngineOptions) => options.access ?? clickHouseAccess(environment(options));

/**
 * The engines by prefix. Their clients are loaded when they are needed: one of them is a native library, and all take
 * permissions.
 */
export const ENGINES: ReadonlyMap<string, EngineKind> = new Map<string, EngineKind>([
  ["braintrust", {
    spec: "braintrust:PROJECT",
    help: "sessions that `deno task push` put into a Braintrust project, with their verdicts; counted\n" +
      "by the service where they are many; PROJECT@FROM..TO for those that began between two days",
    // The service answers some 20 pages of 1,000 rows a minute, so that many sessions take 2.5 minutes.
    limits: { sessions: 50_000, sample: 0, cells: 50_000 },
    open: async (spec, options) => {
      const { openBraintrust } = await import("./braintrust/braintrust.ts");
      const { client } = options;
      return await openBraintrust(spec, { env: environment(options), ...(client ? { client } : {}) });
    },
  }],
  ["duckdb", {
    spec: "duckdb:PATH",
    help: "a DuckDB database, or Parquet tables of sessions however many, counted by DuckDB",
    limits: DEFAULT_LIMITS,
    open: async (spec) => (await import("./duckdb/duckdb.ts")).openDuckDb(spec.slice("duckdb:".length)),
    sink: async (spec) => (await import("./duckdb/sink.ts")).openDuckDbSink(spec.slice("duckdb:".length)),
  }],
  ["clickhouse", {
    spec: "clickhouse:http://HOST:PORT/DATABASE",
    help: "a table of sessions, counted by ClickHouse (CLICKHOUSE_USER, CLICKHOUSE_PASSWORD)",
    limits: DEFAULT_LIMITS,
    open: async (spec, options) => (await import("./clickhouse/clickhouse.ts")).openClickHouse(spec, access(options)),
    sink: async (spec, options) => (await import("./clickhouse/sink.ts")).openClickHouseSink(spec, access(options)),
  }],
]);

/** The kind of engine that a spec names; null where it names none. */
export function engineKind(spec: string): EngineKind | null {
  return ENGINES.get(/^(\w+):/.exec(spec)?.[1] ?? "") ?? null;
}

/** Whether a spec names an engine that can be written to. */
export function isEngine(spec: string): boolean {
  return engineKind(spec)?.sink !== undefined;
}

/**
 * Opens an engine for reading. @throws {EngineError} when it is not there, or the spec names none
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openEngine } from "agent-trace-lab/engines";
 * const why = await openEngine("postgres:x").catch((error: Error) => error.message);
 * equal(String(why).includes("duckdb"), true); // what there is
 * ```
 */
export async function openEngine(spec: string, options: EngineOptions = {}): Promise<Engine> {
  const kind = engineKind(spec);
  if (kind === null) throw new EngineError(spec, `expected ${specs([...ENGINES.values()])}`);
  return await kind.open(spec, options);
}

/**
 * Opens a database for reading, to be asked by SQL.
 *
 * @throws {EngineError} when it is not there, or the spec names no database
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openSqlEngine } from "agent-trace-lab/engines";
 * const why = await openSqlEngine("duckdb:/nowhere/mine.duckdb").catch((error: Error) => error.message);
 * equal(typeof why, "string");
 * ```
 */
export async function openSqlEngine(spec: string, options: EngineOptions = {}): Promise<Engine & SqlEngine> {
  const engine = await openEngine(spec, options);
  if ("dialect" in engine) return engine as Engine & SqlEngine;
  await engine.close();
  throw new EngineError(spec, "is no database that takes these queries");
}

/**
 * Opens the tables of a database for writing; makes them where there are none.
 *
 * @param spec `duckdb:PATH` or `clickhouse:http://HOST:PORT/DATABASE?cluster=NAME&nodes=URL,URL&replicated`
 * @throws {EngineError} when it cannot be written, or holds tables of another version
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openSink } from "agent-trace-lab/engines";
 * const folder = await Deno.makeTempDir();
 * const sink = await openSink(`duckdb:${folder}/mine.duckdb`);
 * equal(await sink.count("sessions"), 0);
 * await sink.close();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function openSink(spec: string, options: EngineOptions = {}): Promise<EngineSink> {
  const sink = engineKind(spec)?.sink;
  if (!sink) {
    throw new EngineError(spec, `expected ${specs([...ENGINES.values()].filter((kind) => kind.sink))}`);
  }
  return await sink(spec, options);
}

const specs = (kinds: readonly EngineKind[]) => kinds.map(({ spec }) => spec).join(" or ");
