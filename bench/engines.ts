/**
 * `deno task bench engines`: sessions to cells, and all that an analysis asks of an engine, for 10^4 to 10^7 generated
 * sessions in memory, in DuckDB, and in ClickHouse on one and on two servers of this machine. Every measurement runs in a
 * process of its own; tables are made inside the engines.
 *
 * @module
 */
import { openSink } from "../lib/engines/mod.ts";
import { ACCESS, type ClickHouseCluster, clickHouseIsHere, startClickHouse } from "../tests/support/clickhouse.ts";
import { duckDb, generatedQuery } from "../tests/support/engines.ts";
import { CLICKHOUSE_ROWS, tableColumns } from "../tests/support/generated.ts";
import { bytesRead } from "./engines/work.ts";
import { inProcess, type Measured } from "./measure.ts";
import { table } from "./table.ts";
import { optionsOf, resultsFile } from "./options.ts";

const HELP =
  `deno task bench engines [--sizes 10000,100000,1000000,10000000] [--memory-up-to 10000000] [--runs 3] [--out FILE]

Prints a table and writes it as JSON (bench/results/engines.json). The largest size takes 3 GB of disk for a while, and 4 GB of memory.`;

/** One row of the results: medians over the runs, in milliseconds, megabytes. */
interface Row {
  engine: string;
  sessions: number;
  cells: number;
  cellsMs: number;
  /** Cells, thresholds, failure modes, boxes, checks; null in memory, where it is other code. */
  allMs: number | null;
  /** Peak of the process that asks. */
  clientPeakMB: number | null;
  /** Sum of the servers' peaks; null without servers. */
  serverPeakMB: number | null;
  /** From files, compressed, for both; null in memory. */
  readMB: number | null;
}

/** Ten million sessions do not fit into the heap that V8 takes by itself. */
const HEAP = ["--max-old-space-size=8000"];

const WORK = new URL("engines/work.ts", import.meta.url);

/** Runs the benchmark. */
export async function run(args: string[]): Promise<number> {
  const values = optionsOf(args, HELP, {
    sizes: "10000,100000,1000000,10000000",
    "memory-up-to": "10000000",
    runs: "3",
    out: resultsFile("engines"),
  });
  if (!values) return 0;
  const sizes = values.sizes.split(",").map(Number);
  const runs = Number(values.runs);
  const rows: Row[] = [];
  const folder = await Deno.makeTempDir({ prefix: "bench-engines-" });
  try {
    for (const size of sizes) {
      if (size <= Number(values["memory-up-to"])) rows.push(await measure("memory", size, runs, ["memory", `${size}`]));
      const path = `${folder}/${size}.duckdb`;
      await duckDb(path, `CREATE TABLE sessions AS ${generatedQuery(size)}`);
      rows.push(await measure("DuckDB", size, runs, ["engine", `duckdb:${path}`]));
      await Deno.remove(path);
      console.error(`${size}: memory and DuckDB done`);
    }
    if (!clickHouseIsHere()) console.error("ClickHouse is not installed: left out");
    else for (const shards of [1, 2]) rows.push(...await onClickHouse(shards, sizes, runs));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const machine = { cores: navigator.hardwareConcurrency, deno: Deno.version.deno, loadAverage: Deno.loadavg()[0] };
  const results = { machine, date: new Date().toISOString().slice(0, 10), runs, rows };
  await Deno.writeTextFile(values.out, `${JSON.stringify(results, null, 2)}\n`);
  console.log(printed(rows));
  return 0;
}

async function onClickHouse(shards: number, sizes: readonly number[], runs: number): Promise<Row[]> {
  const cluster = await startClickHouse(shards);
  const rows: Row[] = [];
  try {
    const nodes = cluster.nodes.map((node) => node.url);
    for (const size of sizes) {
      const database = `g${size}`;
      const spec = `clickhouse:${nodes[0]}/${database}?cluster=two&nodes=${nodes.join(",")}`;
      await (await openSink(spec, { access: ACCESS })).close();
      await fill(cluster, database, size);
      const name = `ClickHouse, ${shards} server${shards > 1 ? "s" : ""}`;
      rows.push(await measure(name, size, runs, ["engine", spec], cluster));
      for (const node of cluster.nodes) await node.sql(`DROP DATABASE ${database}`);
      console.error(`${size}: ${name} done`);
    }
  } finally {
    await cluster.close();
  }
  return rows;
}

async function fill({ nodes }: ClickHouseCluster, database: string, count: number): Promise<void> {
  const columns = tableColumns(CLICKHOUSE_ROWS);
  for (const [shard, node] of nodes.entries()) {
    await node.sql(
      `INSERT INTO ${database}.sessions_shard (${columns.map(({ name }) => name).join(", ")}) ` +
        `SELECT ${columns.map(({ expression }) => expression).join(", ")} FROM numbers(${count}) ` +
        `WHERE number % ${nodes.length} = ${shard}`,
    );
  }
}

async function measure(
  engine: string,
  sessions: number,
  runs: number,
  args: string[],
  cluster?: ClickHouseCluster,
): Promise<Row> {
  const pids = cluster?.nodes.map((node) => node.pid()!) ?? [];
  const found: (Measured & { serverPeakMB: number; serverBytes: number })[] = [];
  for (let i = 0; i < runs; i++) {
    for (const pid of pids) await Deno.writeTextFile(`/proc/${pid}/clear_refs`, "5");
    const before = pids.reduce((sum, pid) => sum + bytesRead(pid), 0);
    const measured = await inProcess(WORK, args, engine === "memory" ? HEAP : []);
    const serverBytes = pids.reduce((sum, pid) => sum + bytesRead(pid), 0) - before;
    found.push({ ...measured, serverPeakMB: pids.reduce((sum, pid) => sum + peakMB(pid), 0), serverBytes });
  }
  const middle = (value: (one: typeof found[number]) => number) =>
    found.map(value).sort((a, b) => a - b)[found.length >> 1]!;
  const inMemory = engine === "memory";
  return {
    engine,
    sessions,
    cells: found[0]!.counts["cells"]!,
    cellsMs: middle((m) => m.counts["cellsMs"]!),
    allMs: inMemory ? null : middle((m) => m.counts["allMs"]!),
    clientPeakMB: found.some((m) => m.peakMB === null) ? null : middle((m) => m.peakMB!),
    serverPeakMB: cluster ? middle((m) => m.serverPeakMB) : null,
    readMB: inMemory ? null : middle((m) => cluster ? m.serverBytes : m.counts["bytes"]!) / 1e6,
  };
}

function peakMB(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1] ?? NaN) / 1024;
}

function printed(rows: readonly Row[]): string {
  const n = (value: number | null, digits = 0) =>
    value === null ? "-" : value.toLocaleString("en", { maximumFractionDigits: digits });
  return table(
    ["engine", "sessions", "cells", "cells ms", "all ms", "client MB", "servers MB", "read MB"],
    rows.map((r) => [
      r.engine,
      n(r.sessions),
      n(r.cells),
      n(r.cellsMs),
      n(r.allMs),
      n(r.clientPeakMB),
      n(r.serverPeakMB),
      n(r.readMB, 1),
    ]),
  );
}
