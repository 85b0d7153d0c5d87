import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { pathInFolder } from "../../lib/io/cache.ts";
import { cachedDownload, type DownloadOptions, HashError } from "../../lib/io/download.ts";
import { sha256 } from "../../lib/io/sha256.ts";
import { type Fault, type HttpServer, serve } from "../support/http_server.ts";
import { needs } from "../support/needs.ts";

const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) >> 3);
const right = await sha256(bytes);
const wrong = await sha256("something else");

interface Place {
  server: HttpServer;
  url: string;
  /** Where the download lands. */
  path: string;
  cacheDir: string;
  mirror: string;
  options: DownloadOptions;
  /** Pauses that were asked for by Retry-After, ms. */
  pauses: number[];
}

function onServer(name: string, faults: Fault[], test: (place: Place) => Promise<void>): void {
  needs(["read", "write", "net"], name, async () => {
    await using server = serve({ files: { "data/table.bin": bytes }, faults });
    const folder = await Deno.makeTempDir();
    const pauses: number[] = [];
    const cacheDir = join(folder, "cache");
    const mirror = join(folder, "mirror");
    const url = `${server.endpoint}/data/table.bin`;
    const options: DownloadOptions = {
      cacheDir,
      mirrors: [mirror],
      allowNetwork: true,
      command: "deno task fetch table",
      minDelayMs: 1,
      stallMs: 300,
      sleep: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
      now: () => Date.parse("2026-01-01T00:00:00Z"),
    };
    try {
      await test({ server, url, path: pathInFolder(cacheDir, url), cacheDir, mirror, options, pauses });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

async function put(path: string, content: Uint8Array | string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name).sort();
}

const mended: [name: string, faults: Fault[], requests: number][] = [
  ["no fault", [], 1],
  ["a 429 with Retry-After in seconds", [{ kind: "status", status: 429, retryAfter: "7" }], 2],
  [
    "a 429 with Retry-After as a date",
    [{ kind: "status", status: 429, retryAfter: "Thu, 01 Jan 2026 00:00:09 GMT" }],
    2,
  ],
  ["500, 502, 503 and 504", [500, 502, 503, 504].map((status) => ({ kind: "status", status })), 5],
  ["a dropped connection", [{ kind: "drop", bytes: 30_000 }], 2],
  ["two dropped connections", [{ kind: "drop", bytes: 30_000 }, { kind: "drop", bytes: 10_000 }], 3],
  ["a connection that stalls", [{ kind: "stall", bytes: 30_000 }], 2],
  ["a resumed body that ends early", [{ kind: "drop", bytes: 500 }, { kind: "truncate", bytes: 700 }], 3],
  ["a server that ignores the range", [{ kind: "drop", bytes: 30_000 }, { kind: "ignore range" }], 2],
  ["a range that is not the one asked for", [{ kind: "drop", bytes: 30_000 }, { kind: "wrong range" }], 3],
];
for (const [name, faults, requests] of mended) {
  onServer(`a download is whole after ${name}`, faults, async ({ server, url, path, options }) => {
    const seenBytes: number[] = [];
    const found = await cachedDownload({ url, sha256: right, bytes: bytes.length }, {
      ...options,
      onProgress: (done) => seenBytes.push(done),
    });
    assert.deepEqual(found, { path, sha256: right, from: "network" });
    assert.deepEqual(await Deno.readFile(path), bytes);
    assert.equal(server.seen.length, requests);
    assert.equal(seenBytes.at(-1), bytes.length);
    assert.deepEqual(await names(dirname(path)), ["table.bin"], "nothing but the file is left");
  });
}

onServer("Retry-After is honoured, in seconds and as a date", [
  { kind: "status", status: 429, retryAfter: "7" },
  { kind: "status", status: 503, retryAfter: "Thu, 01 Jan 2026 00:00:09 GMT" },
], async ({ url, options, pauses }) => {
  await cachedDownload({ url, sha256: right }, { ...options, random: () => 0 });
  assert.deepEqual(pauses, [7000, 9000]);
});

onServer("a Retry-After of an hour ends the attempts and says so", [
  { kind: "status", status: 429, retryAfter: "3600" },
], async ({ server, url, options }) => {
  await assert.rejects(
    cachedDownload({ url, sha256: right }, options),
    /the service asks to wait 1 h: stopped; run again then \(.*429/,
  );
  assert.equal(server.seen.length, 1);
});

onServer(
  "an interrupted download goes on where it ended, with If-Range",
  [],
  async ({ server, url, path, options }) => {
    await put(`${path}.part`, bytes.slice(0, 40_000));
    const etag = (await fetch(url, { method: "GET" }).then(async (r) => (await r.bytes(), r))).headers.get("etag")!;
    await put(`${path}.part.etag`, etag);
    await cachedDownload({ url, sha256: right }, options);
    assert.deepEqual([server.seen[1]!.range, server.seen[1]!.ifRange], ["bytes=40000-", etag]);
    assert.deepEqual(await Deno.readFile(path), bytes);
  },
);

onServer("a part of a file that has changed since is fetched anew", [], async ({ server, url, path, options }) => {
  await put(`${path}.part`, new Uint8Array(40_000));
  await put(`${path}.part.etag`, '"of-before"');
  await cachedDownload({ url, sha256: right }, options);
  assert.equal(server.seen.length, 1);
  assert.deepEqual(await Deno.readFile(path), bytes);
});

onServer("a part that turns out wrong is fetched anew once", [], async ({ server, url, path, options }) => {
  await put(`${path}.part`, new Uint8Array(40_000));
  await cachedDownload({ url, sha256: right }, options);
  assert.deepEqual(server.seen.map((r) => r.range), ["bytes=40000-", null]);
});

onServer("a part that is whole is not fetched again (416)", [], async ({ server, url, path, options }) => {
  await put(`${path}.part`, bytes);
  await cachedDownload({ url, sha256: right }, options);
  assert.deepEqual(server.seen.map((r) => r.range), [`bytes=${bytes.length}-`]);
});

onServer("a part longer than the file is fetched anew (416)", [], async ({ server, url, path, options }) => {
  await put(`${path}.part`, new Uint8Array(bytes.length + 5));
  await cachedDownload({ url, sha256: right }, options);
  assert.equal(server.seen.length, 2);
});

onServer("a wrong hash names both hashes and keeps the old file", [], async ({ url, path, options }) => {
  await put(path, "the old file");
  await assert.rejects(
    cachedDownload({ url, sha256: wrong }, options),
    (error) => error instanceof HashError && error.message.includes(right) && error.message.includes(wrong),
  );
  assert.equal(await Deno.readTextFile(path), "the old file");
  assert.deepEqual(await names(dirname(path)), ["table.bin"]);
});

onServer("bytes that were changed on the way are an error, not a file", [{ kind: "corrupt" }], async (place) => {
  await assert.rejects(cachedDownload({ url: place.url, sha256: right }, place.options), HashError);
  assert.deepEqual(await names(dirname(place.path)), []);
});

onServer("a damaged file in the cache is replaced when the network is allowed", [], async ({ url, path, options }) => {
  await put(path, "damaged");
  assert.equal((await cachedDownload({ url, sha256: right }, options)).from, "network");
  assert.deepEqual(await Deno.readFile(path), bytes);
});

onServer("a damaged file in the cache is an error when it is not", [], async ({ server, url, path, options }) => {
  await put(path, "damaged");
  await assert.rejects(
    cachedDownload({ url, sha256: right }, { ...options, allowNetwork: false }),
    (error) => error instanceof HashError && error.message.includes("deno task fetch table"),
  );
  assert.equal(server.seen.length, 0);
});

onServer(
  "the cache comes before a mirror, a mirror before the network",
  [],
  async ({ server, url, path, mirror, options }) => {
    const inMirror = pathInFolder(mirror, url);
    await put(inMirror, bytes);
    assert.deepEqual(await cachedDownload({ url, sha256: right }, options), {
      path: inMirror,
      sha256: right,
      from: "mirror",
    });
    await put(path, bytes);
    assert.equal((await cachedDownload({ url, sha256: right }, options)).from, "cache");
    assert.equal(server.seen.length, 0);
  },
);

onServer(
  "nothing goes to the network unasked, and the error says what to run",
  [],
  async ({ server, url, options }) => {
    await assert.rejects(
      cachedDownload({ url, sha256: right }, { ...options, allowNetwork: false }),
      /is not on this machine \(looked in .*cache, .*mirror\); fetch it by `deno task fetch table`/,
    );
    assert.equal(server.seen.length, 0);
  },
);

onServer("a file without a pinned hash comes with the hash found", [], async ({ url, options }) => {
  assert.equal((await cachedDownload({ url, sha256: null }, options)).sha256, right);
});

const refused: [status: number, message: RegExp][] = [
  [401, /401.*set HF_TOKEN/],
  [403, /403.*may not read it/],
  [404, /404.*no such file or revision/],
];
for (const [status, message] of refused) {
  onServer(`status ${status} is not repeated`, [{ kind: "status", status }], async ({ server, url, options }) => {
    await assert.rejects(cachedDownload({ url, sha256: right }, options), message);
    assert.equal(server.seen.length, 1);
  });
}

const down: Fault[] = Array.from({ length: 3 }, () => ({ kind: "status", status: 503 }));
onServer(
  "a server that stays down is given up after the attempts told, and counted",
  down,
  async ({ url, options }) => {
    await assert.rejects(cachedDownload({ url, sha256: right }, { ...options, retries: 2 }), /503.*after 3 attempts/);
  },
);

needs(["read", "write", "net"], "nobody listening is an error that names the URL", async () => {
  const cacheDir = await Deno.makeTempDir();
  const options = { cacheDir, mirrors: [], allowNetwork: true, command: "x", retries: 1, minDelayMs: 1 };
  await assert.rejects(
    cachedDownload({ url: "http://127.0.0.1:9/x", sha256: right }, options),
    /http:\/\/127\.0\.0\.1:9\/x: the connection failed.*after 2 attempts/,
  );
  await Deno.remove(cacheDir, { recursive: true });
});
