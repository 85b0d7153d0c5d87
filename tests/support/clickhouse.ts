/**
 * ClickHouse servers on the loopback for the tests: each in a folder of its own, without root and without the machine's
 * service, all shards of one cluster named `two`. Debian's packages `clickhouse-server clickhouse-client` bring it.
 *
 * @module
 */
import { needs } from "./needs.ts";

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
  const mayRun = Deno.permissions.querySync({ name: "run" }).state === "granted";
  if (!mayRun || clickHouseIsHere()) needs(["read", "write", "net", "env", "run", "ffi", "sys"], name, fn);
  else {Deno.test({
      name: `${name} (skipped: ${PROGRAM} is not installed; apt-get install ${PROGRAM})`,
      ignore: true,
      fn,
    });}
}

/** Files of a certificate that the servers show on their https port. */
export interface Certificate {
  certificate: string;
  key: string;
}

/** Starts `count` servers that are the shards of the cluster `two`. */
export async function startClickHouse(count: number, tls?: Certificate): Promise<ClickHouseCluster> {
  const folder = await Deno.makeTempDir({ prefix: "clickhouse" });
  const ports = freePorts(3 * count);
  const places = Array.from({ length: count }, (_, i) => ports.slice(3 * i, 3 * i + 3) as Ports);
  const nodes = await Promise.all(
    places.map((place, i) => node(`${folder}/${i}`, place, places.map(([, tcp]) => tcp), tls)),
  );
  const close = async () => {
    await Promise.all(nodes.map((one) => one.kill()));
    await Deno.remove(folder, { recursive: true });
  };
  try {
    await Promise.all(nodes.map((one) => one.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes, close };
}

async function node(
  folder: string,
  [http, tcp, https]: Ports,
  shards: readonly number[],
  tls: Certificate | undefined,
): Promise<ClickHouseNode> {
  await Deno.mkdir(`${folder}/tmp`, { recursive: true });
  await Deno.writeTextFile(`${folder}/config.xml`, config(folder, [http, tcp, https], shards, tls));
  await Deno.writeTextFile(`${folder}/users.xml`, users());
  const url = `http://127.0.0.1:${http}`;
  let process: Deno.ChildProcess | null = null;
  const sql = async (query: string) => {
    const headers = { "x-clickhouse-user": ACCESS.user, "x-clickhouse-key": ACCESS.password };
    const answer = await fetch(url, { method: "POST", headers, body: query });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`ClickHouse in a test: ${text}`);
    return text.trim();
  };
  return {
    url,
    httpsUrl: `https://127.0.0.1:${https}`,
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

type Ports = [http: number, tcp: number, https: number];

function config(folder: string, [http, tcp, https]: Ports, shards: readonly number[], tls?: Certificate): string {
  const shard = (port: number) =>
    `<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>${port}</port>` +
    `<user>${ACCESS.user}</user><password>${escaped(ACCESS.password)}</password></replica></shard>`;
  const secure = tls === undefined ? "" : `<https_port>${https}</https_port><openSSL><server>` +
    `<certificateFile>${tls.certificate}</certificateFile><privateKeyFile>${tls.key}</privateKeyFile>` +
    "<verificationMode>none</verificationMode><loadDefaultCAFile>false</loadDefaultCAFile></server></openSSL>";
  return `<yandex>
<logger><level>warning</level><log>${folder}/server.log</log><errorlog>${folder}/error.log</errorlog></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port>${secure}<listen_host>127.0.0.1</listen_host>
<path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><users_config>${folder}/users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database>
<mark_cache_size>268435456</mark_cache_size>
<remote_servers><two>${shards.map(shard).join("")}</two></remote_servers>
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
