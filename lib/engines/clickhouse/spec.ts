import { EngineError } from "../engine.ts";

/** Where a table of sessions is, or is to be made, on ClickHouse. */
export interface ClickHouseSpec {
  /** The spec as given; it has no secrets in it. */
  name: string;
  /** `http://HOST:PORT`, or https. */
  origin: string;
  /** The database in which the tables are. */
  database: string;
  /** Name of the cluster whose shards hold the rows, as the servers' `remote_servers` has it; null for one server. */
  cluster: string | null;
  /** Further servers on which to make tables, where the cluster has no ZooKeeper for `ON CLUSTER`. */
  nodes: string[];
  /** Whether the shards' tables are replicated (the servers' macros `shard` and `replica` say which is which). */
  replicated: boolean;
}

const HELP = "expected clickhouse:http://HOST:PORT/DATABASE[?cluster=NAME[&nodes=URL,URL][&replicated]]";

/**
 * Reads `clickhouse:http://HOST:PORT/DATABASE?cluster=NAME&nodes=URL,URL&replicated`. Only the part before `?` is needed for
 * reading; the rest says how tables are made.
 *
 * @throws {EngineError} for anything else; a user or password in it is refused, and not repeated
 */
export function parseClickHouse(spec: string): ClickHouseSpec {
  const text = spec.replace(/^clickhouse:/, "");
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.username || url.password)) {
    throw new EngineError(
      `clickhouse:${url.protocol}//${url.host}`,
      "a source has no user and password in it; set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD",
    );
  }
  const [database = "default", ...more] = url?.pathname.split("/").filter(Boolean).map(decodeURIComponent) ?? [];
  if (!url || !/^https?:$/.test(url.protocol) || more.length || !/^\w+$/.test(database)) throw wrong(spec);
  const cluster = url.searchParams.get("cluster");
  const nodes = url.searchParams.get("nodes")?.split(",").filter(Boolean) ?? [];
  const unknown = [...url.searchParams.keys()].filter((key) => !["cluster", "nodes", "replicated"].includes(key));
  if (unknown.length || (cluster !== null && !/^[\w-]+$/.test(cluster)) || (cluster === null && nodes.length)) {
    throw wrong(spec);
  }
  return {
    name: spec,
    origin: url.origin,
    database,
    cluster,
    nodes: nodes.map((node) => {
      const parsed = URL.canParse(node) ? new URL(node) : null;
      if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) throw wrong(spec);
      return parsed.origin;
    }),
    replicated: url.searchParams.has("replicated"),
  };
}

/** What stands before an @ may be a password, so then nothing is repeated. */
const wrong = (spec: string) => new EngineError(spec.includes("@") ? "clickhouse:..." : spec, HELP);
