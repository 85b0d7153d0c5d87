/**
 * A ZooKeeper on the loopback for tests of replicated tables: run from Debian's jars, in a folder of its own, without
 * root and without the machine's service.
 *
 * @module
 */

/** A ZooKeeper that runs. */
export interface ZooKeeper {
  port: number;
  close(): Promise<void>;
}

/** What brings ZooKeeper on Debian. */
export const ZOOKEEPER_PACKAGES = "zookeeper default-jre-headless";

/** Debian's jar; its manifest names the other jars that it needs. */
const JAR = "/usr/share/java/zookeeper.jar";

/** Whether ZooKeeper can be started here. */
export function zooKeeperIsHere(): boolean {
  try {
    Deno.statSync(JAR);
    new Deno.Command("java", { args: ["-version"], stdout: "null", stderr: "null" }).outputSync();
    return true;
  } catch {
    return false;
  }
}

/** Starts a ZooKeeper of one server that notices within some seconds when a client has died. */
export async function startZooKeeper(folder: string, port: number): Promise<ZooKeeper> {
  await Deno.mkdir(`${folder}/data`, { recursive: true });
  const settings = {
    tickTime: 500,
    dataDir: `${folder}/data`,
    clientPort: port,
    clientPortAddress: "127.0.0.1",
    "admin.enableServer": false,
    "4lw.commands.whitelist": "srvr",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  await Deno.writeTextFile(`${folder}/zoo.cfg`, lines.join("\n"));
  const process = new Deno.Command("java", {
    args: ["-Xmx128m", "-cp", JAR, "org.apache.zookeeper.server.quorum.QuorumPeerMain", `${folder}/zoo.cfg`],
    cwd: folder,
    stdout: "null",
    stderr: "null",
  }).spawn();
  const close = async () => {
    try {
      process.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
    await process.status;
  };
  for (let waited = 0; waited < 20_000; waited += 100) {
    if (await serves(port)) return { port, close };
    await new Promise((done) => setTimeout(done, 100));
  }
  await close();
  throw new Error(`ZooKeeper did not start within 20 s; run java -cp ${JAR} with the same settings to see why`);
}

/**
 * Whether it says that it serves. Asked too early it takes connections and drops them, and ClickHouse 18.16 then ends with
 * a segmentation fault.
 */
async function serves(port: number): Promise<boolean> {
  try {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode("srvr"));
    return (await new Response(connection.readable).text()).includes("Mode: standalone");
  } catch {
    return false;
  }
}
