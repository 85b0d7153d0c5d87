/**
 * ClickHouse servers on the loopback for the tests: each in a folder of its own, without root and without the machine's
 * service, all in one cluster named `two`. Debian's packages `clickhouse-server clickhouse-client` bring it.
 *
 * @module
 */
import { needs } from "./needs.ts";
import { startZooKeeper, ZOOKEEPER_PACKAGES, zooKeeperIsHere } from "./zookeeper.ts";

/** One server. */
export interface ClickHouseNode {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  /** `https://127.0.0.1:PORT`, where the servers were started with a certificate. */
  httpsUrl: string;
  start(): Promise<void>;
  /** The process while it runs. */
  pid(): number | null;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
  /** Runs SQL and returns the answer's text. */
  sql(query: string): Promise<string>;
}

/** The servers of a test. */
export interface ClickHouseCluster {
  nodes: ClickHouseNode[];
  close(): Promise<void>;
}

/** What the servers let in. */
export const ACCESS = { user: "analyst", password: "a 'secret' <pass>", timeoutS: 60, caFile: null };

const PROGRAM = "clickhouse-server";

/** Whether the program can be started here. */
export function clickHouseIsHere(): boolean {
  try {
    new Deno.Command(PROGRAM, { args: ["--help"], stdout: "null", stderr: "null" }).outputSync();
    return true;
  } catch {
    return false;
  }
}

/** Declares a test that starts ClickHouse; where it is not installed the test is skipped under a name that says so. */
export function onClickHouse(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  declare(name, fn, clickHouseIsHere, PROGRAM);
}

/**
 * The same for a test that starts ZooKeeper and four servers. These take minutes of two cores, and their time is that of
 * timeouts, so they run only where they are asked for: `TEST_REPLICAS=1 deno test -A tests/sources/engines`.
 */
export function onReplicas(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  const may = Deno.permissions.querySync({ name: "env" }).state === "granted";
  if (may && Deno.env.get("TEST_REPLICAS") !== "1") {
    Deno.test({ name: `${name} (skipped: runs with TEST_REPLICAS=1, and alone)`, ignore: true, fn });
  } else declare(name, fn, () => clickHouseIsHere() && zooKeeperIsHere(), `${PROGRAM} ${ZOOKEEPER_PACKAGES}`);
}

function declare(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
  isHere: () => boolean,
  packages: string,
): void {
  const mayLook = (["run", "read"] as const).every((need) =>
    Deno.permissions.querySync({ name: need }).state === "granted"
  );
  if (!mayLook || isHere()) return needs(["read", "write", "net", "env", "run", "ffi", "sys"], name, fn);
  Deno.test({ name: `${name} (skipped: not installed; apt-get install ${packages})`, ignore: true, fn });
}

/** Files of a certificate that the servers show on their https port. */
export interface Certificate {
  certificate: string;
  key: string;
}

/** Starts `count` servers that are the shards of the cluster `two`. */
export function startClickHouse(count: number, tls?: Certificate): Promise<ClickHouseCluster> {
  return start(count, 1, tls === undefined ? {} : { tls });
}

/** Starts `shards` x `replicas` servers, the replicas of a shard one after the other, and a ZooKeeper. */
export function startReplicas(shards: number, replicas: number): Promise<ClickHouseCluster> {
  return start(shards, replicas, { zooKeeper: true });
}

async function start(
  shards: number,
  replicas: number,
  options: { tls?: Certificate; zooKeeper?: boolean },
): Promise<ClickHouseCluster> {
  const folder = await Deno.makeTempDir({ prefix: "clickhouse" });
  const [keeperPort = 0, ...ports] = freePorts(1 + 4 * shards * replicas);
  const places = Array.from({ length: shards * replicas }, (_, i): Place => {
    const [http = 0, tcp = 0, https = 0, interserver = 0] = ports.slice(4 * i);
    return { http, tcp, https, interserver, shard: Math.floor(i / replicas), replica: i % replicas };
  });
  const nodes: ClickHouseNode[] = [];
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    await Promise.all(nodes.map((one) => one.kill()));
    for (const end of closing) await end();
    await Deno.remove(folder, { recursive: true });
  };
  try {
    if (options.zooKeeper) closing.push((await startZooKeeper(`${folder}/zookeeper`, keeperPort)).close);
    const settings = { places, tls: options.tls, keeperPort: options.zooKeeper ? keeperPort : undefined };
    for (const [i, place] of places.entries()) nodes.push(await node(`${folder}/${i}`, place, settings));
    await Promise.all(nodes.map((one) => one.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes, close };
}

/** Where a server listens, and its place in the cluster. */
interface Place {
  http: number;
  tcp: number;
  https: number;
  interserver: number;
  shard: number;
  replica: number;
}

/** What all servers have in common. */
interface Shared {
  places: readonly Place[];
  tls: Certificate | undefined;
  /** ZooKeeper's port, where there is one. */
  keeperPort: number | undefined;
}

async function node(folder: string, place: Place, shared: Shared): Promise<ClickHouseNode> {
  await Deno.mkdir(`${folder}/tmp`, { recursive: true });
  await Deno.writeTextFile(`${folder}/config.xml`, config(folder, place, shared));
  await Deno.writeTextFile(`${folder}/users.xml`, users());
  const url = `http://127.0.0.1:${place.http}`;
  let process: Deno.ChildProcess | null = null;
  const sql = async (query: string) => {
    const headers = { "x-clickhouse-user": ACCESS.user, "x-clickhouse-key": ACCESS.password };
    const answer = await fetch(url, { method: "POST", headers, body: query, signal: AbortSignal.timeout(120_000) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`ClickHouse in a test: ${text}`);
    return text.trim();
  };
  return {
    url,
    httpsUrl: `https://127.0.0.1:${place.https}`,
    sql,
    pid: () => process?.pid ?? null,
    start: async () => {
      const args = [`--config-file=${folder}/config.xml`];
      process = new Deno.Command(PROGRAM, { args, cwd: folder, stdout: "null", stderr: "null" }).spawn();
      for (let waited = 0; waited < 20_000; waited += 100) {
        const answers = await fetch(`${url}/ping`).then(async (r) => (await r.text()).startsWith("Ok")).catch(() =>
          false
        );
        if (answers) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      const log = await Deno.readTextFile(`${folder}/error.log`).catch(() => "no log");
      throw new Error(`${PROGRAM} did not start within 20 s: ${log.slice(-2000)}`);
    },
    kill: async () => {
      if (!process) return;
      try {
        process.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
      await process.status;
      process = null;
    },
  };
}

function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  listeners.forEach((listener) => listener.close());
  return ports;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function config(folder: string, place: Place, { places, tls, keeperPort }: Shared): string {
  const replica = ({ tcp }: Place) =>
    `<replica><host>127.0.0.1</host><port>${tcp}</port>` +
    `<user>${ACCESS.user}</user><password>${escaped(ACCESS.password)}</password></replica>`;
  const shards = [...Map.groupBy(places, (one) => one.shard).values()].map((replicas) =>
    `<shard><internal_replication>true</internal_replication>${replicas.map(replica).join("")}</shard>`
  );
  const secure = tls === undefined ? "" : `<https_port>${place.https}</https_port><openSSL><server>` +
    `<certificateFile>${tls.certificate}</certificateFile><privateKeyFile>${tls.key}</privateKeyFile>` +
    "<verificationMode>none</verificationMode><loadDefaultCAFile>false</loadDefaultCAFile></server></openSSL>";
  const replicated = keeperPort === undefined
    ? ""
    : `<zookeeper><node><host>127.0.0.1</host><port>${keeperPort}</port></node>` +
      "<session_timeout_ms>3000</session_timeout_ms></zookeeper>" +
      `<interserver_http_port>${place.interserver}</interserver_http_port>` +
      "<interserver_http_host>127.0.0.1</interserver_http_host>" +
      `<macros><shard>${place.shard + 1}</shard><replica>r${place.replica + 1}</replica></macros>` +
      "<distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>";
  return `<yandex>
<logger><level>warning</level><log>${folder}/server.log</log><errorlog>${folder}/error.log</errorlog></logger>
<http_port>${place.http}</http_port><tcp_port>${place.tcp}</tcp_port>${secure}<listen_host>127.0.0.1</listen_host>
<path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><users_config>${folder}/users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database>
<mark_cache_size>268435456</mark_cache_size>
<remote_servers><two>${shards.join("")}</two></remote_servers>${replicated}
</yandex>`;
}

function users(): string {
  const user = (name: string, password: string, profile: string) =>
    `<${name}><password>${escaped(password)}</password><networks><ip>127.0.0.1</ip></networks>` +
    `<profile>${profile}</profile><quota>default</quota></${name}>`;
  return `<yandex>
<profiles>
<default><max_memory_usage>4000000000</max_memory_usage></default>
<careless><skip_unavailable_shards>1</skip_unavailable_shards></careless>
<bound><readonly>1</readonly></bound>
<hopeless><skip_unavailable_shards>1</skip_unavailable_shards><readonly>1</readonly></hopeless>
</profiles>
<users>
${user(ACCESS.user, ACCESS.password, "default")}
${["careless", "bound", "hopeless"].map((name) => user(name, ACCESS.password, name)).join("\n")}
</users>
<quotas><default></default></quotas>
</yandex>`;
}
