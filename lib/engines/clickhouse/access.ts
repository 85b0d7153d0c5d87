/** Who asks, and how long it waits; never part of a spec, a message or an output. */
export interface ClickHouseAccess {
  /** The server's user. */
  user: string;
  /** The user's password; empty where there is none. */
  password: string;
  /** Seconds until a request is given up. */
  timeoutS: number;
  /** File of the authority that signed the server's certificate, where the machine does not know it. */
  caFile: string | null;
}

/** Reads `CLICKHOUSE_USER`, `CLICKHOUSE_PASSWORD`, `CLICKHOUSE_TIMEOUT_S`, `CLICKHOUSE_CA_FILE`. @throws {TypeError} */
export function clickHouseAccess(env: (name: string) => string | undefined): ClickHouseAccess {
  const timeout = env("CLICKHOUSE_TIMEOUT_S") || "300";
  if (!(Number(timeout) > 0)) throw new TypeError(`CLICKHOUSE_TIMEOUT_S: expected seconds, found "${timeout}"`);
  return {
    user: env("CLICKHOUSE_USER") || "default",
    password: env("CLICKHOUSE_PASSWORD") ?? "",
    timeoutS: Number(timeout),
    caFile: env("CLICKHOUSE_CA_FILE") || null,
  };
}
