import { readFileSync } from "node:fs";
import { ClickHouseError, type ClickHouseSettings, createClient } from "@clickhouse/client";
import type { ClickHouseAccess } from "./access.ts";
import { systemClock } from "../../io/clock.ts";
import { patiently, type RetryPolicy } from "../../io/retry.ts";
import { ConnectionLost, EngineError, type EngineRow, ServerError } from "../engine.ts";

/** One server, asked over HTTP. */
export interface ClickHouseServer {
  /** `18.16.1`, as numbers. */
  version: number[];
  /** The rows of an answer, in pieces as they arrive. */
  stream(sql: string, settings?: ClickHouseSettings): AsyncGenerator<EngineRow[]>;
  /** All rows of an answer. */
  rows(sql: string, settings?: ClickHouseSettings): Promise<EngineRow[]>;
  /** Runs what has no answer. */
  command(sql: string, settings?: ClickHouseSettings): Promise<void>;
  /** Writes rows into a table. */
  insert(table: string, rows: readonly object[], settings?: ClickHouseSettings): Promise<void>;
  /** Lets go of the connections. */
  close(): Promise<void>;
}

/** Asked again after a pause: the connection broke, or the server had too much to do. */
const RETRIES: RetryPolicy = { maxAttempts: 3, maxRateLimits: 3, baseMs: 400, capMs: 2000, maxWaitMs: 0 };
const BUSY = ["202"];

/**
 * Connects to a server. Answers are whole or an error: the server keeps each back until it is complete, and never leaves out
 * a shard that does not answer.
 *
 * @throws {EngineError} when it does not answer, refuses the user, or would leave out shards and cannot be told not to
 */
export async function connectClickHouse(
  name: string,
  origin: string,
  database: string,
  access: ClickHouseAccess,
): Promise<ClickHouseServer> {
  const base = {
    url: origin,
    username: access.user,
    password: access.password,
    request_timeout: access.timeoutS * 1000,
    application: "agent-trace-lab",
    log: { level: 127 as const },
    ...(access.caFile === null ? {} : { tls: { ca_cert: readFileSync(access.caFile) } }),
  };
  const failed = (error: unknown) => explained(name, origin, error, access);
  const limited = <T>(work: (abort_signal: AbortSignal) => Promise<T>) => within(access.timeoutS + 1, work);
  const first = createClient(base);
  const found = await attempt(async () =>
    await (await limited((abort_signal) =>
      first.query({
        query: "SELECT name, value, version() AS version FROM system.settings " +
          "WHERE name IN ('readonly', 'skip_unavailable_shards')",
        format: "JSONEachRow",
        abort_signal,
      })
    )).json<{ name: string; value: string; version: string }>()
  ).catch((error) => {
    throw failed(error);
  }).finally(() => first.close());
  const value = (setting: string) => found.find((row) => row.name === setting)?.value;
  const settable = value("readonly") !== "1";
  if (!settable && value("skip_unavailable_shards") === "1") {
    throw new EngineError(
      name,
      "this user has skip_unavailable_shards = 1 and may not change it: sums would lack the shards that do not answer, " +
        "without a word; set it to 0 for this user",
    );
  }
  const client = createClient({
    ...base,
    database,
    // A user who may only read may not set compression either.
    compression: { response: settable, request: false },
  });
  const always: ClickHouseSettings = settable
    ? {
      wait_end_of_query: 1,
      skip_unavailable_shards: 0,
      max_query_size: "67108864",
      // Of replicas always the same one answers, as long as it lives, and none that lacks the writes of a while.
      load_balancing: "in_order",
      max_replica_delay_for_distributed_queries: "30",
      fallback_to_stale_replicas_for_distributed_queries: 0,
    }
    : { wait_end_of_query: 1 };

  async function* stream(sql: string, settings: ClickHouseSettings = {}): AsyncGenerator<EngineRow[]> {
    try {
      const clickhouse_settings = { ...always, ...settings };
      const result = await attempt(() =>
        limited((abort_signal) =>
          client.query({ query: sql, format: "JSONEachRow", clickhouse_settings, abort_signal })
        )
      );
      for await (const rows of result.stream<EngineRow>()) yield rows.map((row) => row.json());
    } catch (error) {
      throw failed(error);
    }
  }
  return {
    version: (found[0]?.version ?? "0").split(".").map(Number),
    stream,
    rows: async (sql, settings) => (await Array.fromAsync(stream(sql, settings))).flat(),
    command: async (sql, settings = {}) => {
      const clickhouse_settings = { ...always, ...settings };
      await limited((abort_signal) => client.command({ query: sql, clickhouse_settings, abort_signal })).catch(
        (error) => {
          throw failed(error);
        },
      );
    },
    insert: async (table, rows, settings = {}) => {
      const clickhouse_settings = { ...always, ...settings };
      await limited((abort_signal) =>
        client.insert({ table, values: rows, format: "JSONEachRow", clickhouse_settings, abort_signal })
      ).catch((error) => {
        throw failed(error);
      });
    },
    close: () => client.close(),
  };
}

/**
 * Breaks off what has no answer after so many seconds. When a connection is cut under Deno, the client at times notices
 * neither its own limit nor that it was told to abort: so nothing waits for it to say so.
 */
async function within<T>(seconds: number, work: (abort_signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new Error(`Timeout: no answer in ${seconds} s`);
    late.reject(error);
    controller.abort(error);
  }, seconds * 1000);
  try {
    return await Promise.race([work(controller.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function attempt<T>(work: () => Promise<T>): Promise<T> {
  return patiently(work, {
    policy: RETRIES,
    clock: systemClock,
    random: Math.random,
    faultOf: (error) => {
      const code = codeOf(error);
      const mayPass = code === null ? !isTimeout(error) && !isCertificate(error) : BUSY.includes(code);
      return { kind: mayPass ? "fault" : "final", retryAfterMs: null };
    },
  });
}

/** The server's own code of an error, which old servers put into the text in a way that the client does not read. */
function codeOf(error: unknown): string | null {
  return error instanceof ClickHouseError ? error.code : /^Code: (\d+)[,.]/.exec((error as Error).message)?.[1] ?? null;
}

const isCertificate = (error: unknown) => /certificate/i.test((error as Error).message);
const isTimeout = (error: unknown) => /timeout/i.test((error as Error).message);

/** An error of the client in words that say what to do. */
function explained(name: string, origin: string, error: unknown, { user, password }: ClickHouseAccess): EngineError {
  if (error instanceof EngineError) return error;
  const text = (error as Error).message || String((error as { code?: string }).code ?? error);
  const [line = ""] = (password ? text.replaceAll(password, "***") : text).split("\n");
  const short = line.length > 300 ? `${line.slice(0, 300)}...` : line;
  const code = codeOf(error);
  if (code === null) {
    const why = isCertificate(error)
      ? `the certificate of ${origin} is not known here; CLICKHOUSE_CA_FILE names the authority that signed it`
      : isTimeout(error)
      ? `no answer from ${origin} in time; CLICKHOUSE_TIMEOUT_S sets how long to wait`
      : `no answer from ${origin}; is the server there?`;
    return new ConnectionLost(name, `${why} (${short})`);
  }
  const because = (why: string) => new ServerError(name, `${why} (${short})`, code);
  if (/DDL background thread|zookeeper/i.test(text)) {
    return because("the cluster has no ZooKeeper to make tables everywhere; name its other servers in nodes=URL,URL");
  }
  switch (code) {
    case "192":
    case "193":
    case "194":
    case "516":
      return because(`the server refuses the user "${user}"; set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD`);
    case "209":
    case "210":
    case "279":
      return because("a shard of the cluster does not answer, so nothing was computed; start it and ask again");
    case "369":
      return because("all replicas of a shard lack what was written of late; ask again when one has caught up");
    case "60":
    case "81":
      return because("no such table or database; load one by `deno task import SOURCE --to clickhouse:...`");
    case "241":
      return because("the query needs more memory than the server gives this user; raise max_memory_usage");
    default:
      return because(`the server answers with error ${code}`);
  }
}
