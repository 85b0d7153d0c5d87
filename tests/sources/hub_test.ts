import { parquetWriteBuffer } from "hyparquet-writer";
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { pathInFolder } from "../../lib/io/cache.ts";
import { hubEnvironment, type HubOptions, listAddress, openHub, parseHubSpec } from "../../lib/sources/hub/hub.ts";
import { parseMapping } from "../../lib/sources/mapping/load.ts";
import { readSessions } from "../../lib/sources/parquet/sessions.ts";
import { recordedSessions } from "../../lib/sources/recorded.ts";
import { type Fault, type Files, type HttpServer, serve } from "../support/http_server.ts";
import { needs } from "../support/needs.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

const REVISION = "70036b93a04e61b0ea2706a68b962f4f26774587";
const REPO = "Someone/traces";
const SPEC = `hub:${REPO}@${REVISION}`;
const big = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) >> 3);
const FILES: Files = {
  "README.md": new TextEncoder().encode("hello"),
  "data/b.parquet": big.slice(0, 5000),
  "data/a.parquet": big,
};

interface Place {
  server: HttpServer;
  options: HubOptions;
  folder: string;
}

function onHub(
  name: string,
  settings: { faults?: Fault[]; token?: string; pageSize?: number },
  test: (place: Place) => Promise<void>,
): void {
  needs(["read", "write", "net"], name, async () => {
    const datasets = [{ repo: REPO, revision: REVISION, files: FILES }];
    await using server = serve({ datasets, ...settings });
    const folder = await Deno.makeTempDir();
    const options = { endpoint: server.endpoint, minDelayMs: 1, stallMs: 300, sleep: () => Promise.resolve() };
    try {
      await test({ server, options, folder });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

onHub(
  "a dataset's Parquet files come in the order of their paths, over pages of the listing",
  { pageSize: 1 },
  async ({ server, options }) => {
    const { name, sha256, shards } = await openHub(SPEC, options);
    assert.equal(name, SPEC);
    assert.deepEqual(shards.map(({ path, size }) => [path, size]), [["data/a.parquet", 300_000], [
      "data/b.parquet",
      5000,
    ]]);
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.equal((await openHub(SPEC, options)).sha256, sha256);
    assert.equal(server.seen.filter((r) => r.path.includes("resolve")).length, 0, "opening reads no shard");
  },
);

const mended: [name: string, faults: Fault[]][] = [
  ["no fault", []],
  ["a 429 of the listing", [{ on: "/api/", kind: "status", status: 429, retryAfter: "3" }]],
  ["a listing that ends early", [{ on: "/api/", kind: "truncate", bytes: 40 }]],
  ["a 429 of the Hub", [{ on: "resolve", kind: "status", status: 429, retryAfter: "3" }]],
  ["a 503 of the storage", [{ on: "signature", kind: "status", status: 503 }]],
  ["a truncated body", [{ on: "signature", kind: "truncate", bytes: 100 }]],
  ["a dropped connection", [{ on: "signature", kind: "drop", bytes: 100 }]],
  ["a connection that stalls", [{ on: "signature", kind: "stall", bytes: 100 }]],
  ["a server that ignores the range", [{ on: "signature", kind: "ignore range" }]],
  ["a range that is not the one asked for", [{ on: "signature", kind: "wrong range" }]],
];
for (const [name, faults] of mended) {
  onHub(`a range of a shard is right after ${name}`, { faults }, async ({ options, server }) => {
    const { shards: [shard] } = await openHub(SPEC, options);
    const { buffer } = shard!;
    assert.deepEqual(new Uint8Array(await buffer.slice(1000, 51_000)), big.slice(1000, 51_000));
    assert.equal(server.faults.length, 0, "the fault happened");
  });
}

onHub("only the bytes asked for are read, and they are counted", {}, async ({ server, options }) => {
  const { shards: [shard] } = await openHub(SPEC, options);
  await shard!.buffer.slice(10, 110);
  await shard!.buffer.slice(500, 1500);
  assert.equal(shard!.buffer.bytesRead, 1100);
  assert.deepEqual(server.seen.filter((r) => r.range).map((r) => r.range).at(-1), "bytes=500-1499");
});

onHub("the end of a file is read once, for the footer and its length", {}, async ({ server, options }) => {
  const { shards: [shard] } = await openHub(SPEC, options);
  const { buffer } = shard!;
  assert.deepEqual(new Uint8Array(await buffer.slice(299_992, 300_000)), big.slice(299_992));
  assert.deepEqual(new Uint8Array(await buffer.slice(299_000)), big.slice(299_000));
  assert.equal(server.seen.filter((r) => r.path.includes("signature")).length, 1);
});

onHub(
  "a redirect is followed once; its target serves the further reads until it refuses",
  {},
  async ({ server, options }) => {
    const { shards: [shard] } = await openHub(SPEC, options);
    const before = server.seen.length;
    for (const at of [0, 100, 200]) await shard!.buffer.slice(at, at + 50);
    assert.deepEqual(server.seen.slice(before).map((r) => r.path.includes("signature")), [false, true, true, true]);
    server.faults.push({ on: "signature", kind: "status", status: 403 });
    assert.deepEqual(new Uint8Array(await shard!.buffer.slice(300, 350)), big.slice(300, 350));
  },
);

onHub(
  "a token goes to the Hub and never to where it redirects",
  { token: "hf_secret" },
  async ({ server, options }) => {
    await assert.rejects(openHub(SPEC, options), /401.*set HF_TOKEN/);
    const { shards: [shard] } = await openHub(SPEC, { ...options, token: "hf_secret" });
    await shard!.buffer.slice(0, 50);
    await shard!.buffer.slice(50, 100);
    const stored = server.seen.filter((r) => r.path.includes("signature"));
    assert.deepEqual(stored.map((r) => r.authorization), [null, null]);
    assert.equal(server.seen.filter((r) => r.authorization === "Bearer hf_secret").length, 2);
  },
);

onHub("a copy in the cache or a mirror is read in place of the Hub", {}, async ({ server, options, folder }) => {
  const { shards } = await openHub(SPEC, options);
  const path = pathInFolder(folder, shards[0]!.url);
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, big);
  const requests = server.seen.length;
  const again = await openHub(SPEC, { ...options, cacheDir: `${folder}/none`, mirrors: [folder] });
  assert.deepEqual(new Uint8Array(await again.shards[0]!.buffer.slice(5, 25)), big.slice(5, 25));
  assert.equal(server.seen.length, requests + 1, "the listing only");
  again.shards[0]!.buffer.close();
  await Deno.truncate(path, 10);
  const cut = await openHub(SPEC, { ...options, cacheDir: folder });
  assert.equal((await cut.shards[0]!.buffer.slice(5, 25)).byteLength, 20, "a copy of the wrong size is not used");
});

onHub(
  "a listing in the cache spares the request when the revision is a commit",
  {},
  async ({ server, options, folder }) => {
    const path = pathInFolder(folder, listAddress(parseHubSpec(SPEC), options));
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, JSON.stringify([{ type: "file", path: "x.parquet", size: 12, oid: "ab" }]));
    const { shards } = await openHub(SPEC, { ...options, cacheDir: folder });
    assert.deepEqual(shards.map((shard) => shard.path), ["x.parquet"]);
    assert.equal(server.seen.length, 0);
  },
);

onHub("a revision that is not there is an error that says so", {}, async ({ options }) => {
  await assert.rejects(openHub(`hub:${REPO}@main`, options), /tree\/main.*404.*no such file or revision/);
});

for (const spec of ["hub:name@main", "hub:owner/name", "hub:owner/name@", "hub:", "hub:a/b/c@d"]) {
  Deno.test(`"${spec}" is not a Hub dataset, and the error says what is`, () => {
    assert.throws(() => parseHubSpec(spec), /expected hub:OWNER\/NAME@REVISION/);
  });
}

Deno.test("HF_ENDPOINT and HF_TOKEN are honoured; empty ones count as absent", () => {
  const env = (values: Record<string, string>) => (name: string) => values[name];
  assert.deepEqual(hubEnvironment(env({ HF_ENDPOINT: "https://hub.local", HF_TOKEN: "t" })), {
    endpoint: "https://hub.local",
    token: "t",
  });
  assert.deepEqual(hubEnvironment(env({ HF_TOKEN: "" })), {});
});

onHub("bytes that are not Parquet are an error that names the dataset and the shard", {}, async ({ options }) => {
  await assert.rejects(
    recordedSessions(SPEC, options),
    /hub:Someone\/traces@\w+\/data\/\w\.parquet.*not a Parquet file/,
  );
});

onRecorded(
  "traces/real-sessions/data",
  "104 recorded sessions read from the Hub, with faults, equal those read from files",
  async () => {
    const paths = ["data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet"];
    const files = Object.fromEntries(paths.map((path) => [path, sharedPath(`traces/real-sessions/${path}`)]));
    const faults: Fault[] = [
      { on: "/api/", kind: "status", status: 429, retryAfter: "1" },
      { on: "signature", kind: "truncate", bytes: 10 },
      { on: "signature", kind: "drop", bytes: 10 },
      { on: "signature", kind: "status", status: 503 },
    ];
    await using server = serve({ datasets: [{ repo: REPO, revision: REVISION, files }], faults });
    const pauses: number[] = [];
    const sleep = (ms: number) => (pauses.push(ms), Promise.resolve());
    const hub = await recordedSessions(SPEC, { endpoint: server.endpoint, minDelayMs: 1, sleep });
    const local = await recordedSessions(sharedPath("traces/real-sessions"));
    assert.equal(hub.sessions.length, 104);
    assert.equal(hub.sessions.reduce((calls, session) => calls + session.calls, 0), 1479);
    assert.deepEqual(hub.sessions, local.sessions);
    assert.equal(pauses.filter((ms) => ms >= 1000).length, 1);
    assert.equal(server.faults.length, 0);
  },
);

onRecorded(
  "traces/real-sessions/data",
  "tokens and times of a shard on the Hub are read without its texts",
  async () => {
    const path = "data/train-00000-of-00002.parquet";
    const files = { [path]: sharedPath(`traces/real-sessions/${path}`) };
    await using server = serve({ datasets: [{ repo: REPO, revision: REVISION, files }] });
    const { shards: [shard] } = await openHub(SPEC, { endpoint: server.endpoint });
    await readSessions(shard!.buffer, path);
    assert.ok(shard!.buffer.bytesRead < 0.1 * shard!.size, `${shard!.buffer.bytesRead} of ${shard!.size} bytes`);
  },
);

needs(
  ["read", "write", "net"],
  "tables of sessions are read from the Hub as from files, with a mapping too",
  async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: "session_id", data: ["a", "b"], type: "STRING" },
        { name: "calls", data: [1, 2], type: "INT32" },
        { name: "success", data: ["yes", "no"], type: "STRING" },
      ],
    });
    const datasets = [{ repo: REPO, revision: REVISION, files: { "data/a.parquet": new Uint8Array(bytes) } }];
    await using server = serve({ datasets });
    const options = { endpoint: server.endpoint, minDelayMs: 1, stallMs: 300, sleep: () => Promise.resolve() };
    const columns = { harness: { constant: "bot" }, total_tokens: "calls" };
    const mapping = parseMapping(JSON.stringify({ name: "own", form: "table", columns }), "own.json");
    const told = [];
    for (const chosen of [{}, { mapping }]) {
      const { info, sessions } = await recordedSessions(SPEC, { ...options, ...chosen });
      assert.match(info.sentence, /^2 sessions of the table hub:/);
      told.push(sessions.map((s) => [s.sessionId, s.harness, s.success, s.totalTokens]));
    }
    assert.deepEqual(told, [
      [["a", "unspecified", 1, null], ["b", "unspecified", 0, null]],
      [["a", "bot", 1, 1], ["b", "bot", 0, 2]],
    ]);
  },
);
