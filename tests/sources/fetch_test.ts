import assert from "node:assert/strict";
import { join } from "node:path";
import { fileSize } from "../../lib/io/cache.ts";
import { HashError } from "../../lib/io/download.ts";
import { downloadHub, type HubDownloadOptions } from "../../lib/sources/hub/download.ts";
import { openHub } from "../../lib/sources/hub/hub.ts";
import { LITELLM_COMMIT, litellmTable, litellmUrl } from "../../lib/sources/litellm_table.ts";
import { sha256 } from "../../lib/io/sha256.ts";
import { type Fault, type Files, type HttpServer, serve } from "../support/http_server.ts";
import { needs } from "../support/needs.ts";

const REVISION = "4b8ad4ab198438e5a170f9171c19c6a2cf7c1814";
const REPO = "Someone/traces";
const SPEC = `hub:${REPO}@${REVISION}`;
const bytes = (n: number) => Uint8Array.from({ length: n }, (_, i) => (i * 31) >> 2);
const shards: Files = { "data/a.parquet": bytes(30_000), "data/b.parquet": bytes(20_000), "README.md": bytes(9) };
const prices = new TextEncoder().encode('{"gpt-4.1":{"input_cost_per_token":2e-6,"output_cost_per_token":8e-6}}');

interface Place {
  server: HttpServer;
  folder: string;
  options: HubDownloadOptions;
}

function onServer(name: string, faults: Fault[], test: (place: Place) => Promise<void>): void {
  needs(["read", "write", "net"], name, async () => {
    const files: Files = { [`at/${LITELLM_COMMIT}/prices.json`]: prices, "at/main/prices.json": prices };
    await using server = serve({ files, datasets: [{ repo: REPO, revision: REVISION, files: shards }], faults });
    const folder = await Deno.makeTempDir();
    const options = { endpoint: server.endpoint, cacheDir: folder, mirrors: [], minDelayMs: 1, stallMs: 300 };
    try {
      await test({ server, folder, options });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

onServer("a dataset fetched into the cache is opened without a further request", [
  { on: "signature", kind: "drop", bytes: 100 },
], async ({ server, options }) => {
  const progress: [number, number | null][] = [];
  const files = await downloadHub(SPEC, { ...options, onProgress: (done, total) => progress.push([done, total]) });
  assert.deepEqual(files.map((file) => file.from), ["network", "network"]);
  assert.deepEqual(progress.at(-1), [50_000, 50_000]);
  const before = server.seen.length;
  const opened = await openHub(SPEC, options);
  assert.deepEqual(new Uint8Array(await opened.shards[1]!.buffer.slice(5, 500)), bytes(20_000).slice(5, 500));
  assert.equal(server.seen.length, before);
  opened.shards.forEach((shard) => shard.buffer.close());
  assert.deepEqual((await downloadHub(SPEC, options)).map((file) => file.from), ["cache", "cache"]);
  assert.equal(server.seen.length, before);
});

onServer(
  "part of a dataset is fetched when asked for; a name that fits nothing is an error",
  [],
  async ({ options }) => {
    const files = await downloadHub(SPEC, { ...options, only: "b.parquet" });
    assert.equal(files.length, 1);
    await assert.rejects(downloadHub(SPEC, { ...options, only: "zz" }), /no Parquet file whose path contains "zz"/);
  },
);

onServer("a shard whose hash is not the listed one is an error that names both, and is not kept", [
  { on: "a.parquet?signature", kind: "corrupt" },
], async ({ options, folder, server }) => {
  const expected = await sha256(bytes(30_000));
  await assert.rejects(downloadHub(SPEC, options), (e) => e instanceof HashError && e.message.includes(expected));
  const { host } = new URL(server.endpoint);
  assert.equal(await fileSize(join(folder, host, "datasets", REPO, "resolve", REVISION, "data/a.parquet")), null);
});

onServer("a branch is not fetched into the cache: what it holds changes", [], async ({ options }) => {
  await assert.rejects(downloadHub(`hub:${REPO}@main`, options), /expected a commit .* found "main"/);
});

onServer("prices without a hash: the one found is written beside, and later fetches are checked", [], async (place) => {
  const { server, options } = place;
  const url = `${server.endpoint}/at/${LITELLM_COMMIT}/prices.json`;
  const allowed = { ...options, allowNetwork: true };
  const first = await litellmTable({ url }, allowed);
  assert.equal(first.checked, "nothing");
  assert.deepEqual(Object.keys(first.json as object), ["gpt-4.1"]);
  assert.equal(await Deno.readTextFile(`${first.path}.sha256`), `${await sha256(prices)}  prices.json\n`);
  assert.equal((await litellmTable({ url }, options)).checked, "the sha256 found at the first download");
  await Deno.writeTextFile(first.path, "{}");
  await assert.rejects(litellmTable({ url }, options), HashError);
  assert.equal((await litellmTable({ url, sha256: await sha256(prices) }, allowed)).checked, "the sha256 given");
});

onServer("prices at a branch are fetched anew each time, and never unasked", [], async ({ server, options }) => {
  const url = `${server.endpoint}/at/main/prices.json`;
  const allowed = { ...options, allowNetwork: true };
  await litellmTable({ url }, allowed);
  await litellmTable({ url }, allowed);
  assert.equal(server.seen.length, 2);
  await assert.rejects(
    litellmTable({ url }, options),
    /read from the network alone; fetch it by `deno task fetch prices`/,
  );
});

onServer("prices that are not JSON are an error that names the address", [], async ({ server, options }) => {
  const broken = serve({ files: { "main/prices.json": bytes(100) } });
  await using _ = broken;
  const url = `${broken.endpoint}/main/prices.json`;
  await assert.rejects(litellmTable({ url }, { ...options, allowNetwork: true }), /main\/prices\.json: expected JSON/);
  assert.equal(server.seen.length, 0);
});

Deno.test("the default price table is pinned to a commit", () => {
  assert.match(litellmUrl(LITELLM_COMMIT), /BerriAI\/litellm\/[0-9a-f]{40}\/model_prices_and_context_window\.json$/);
});
