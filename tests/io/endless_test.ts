import assert from "node:assert/strict";
import { dirname } from "node:path";
import { pathInFolder } from "../../lib/io/cache.ts";
import { cachedDownload } from "../../lib/io/download.ts";
import { bodyText, readBody } from "../../lib/io/http.ts";
import { needs } from "../support/needs.ts";

const URL_OF_IT = "https://files.example/endless.bin";

/** A body of pieces of 1 MB that has no end, and how many were taken. */
function endless(): { body: ReadableStream<Uint8Array>; taken: () => number } {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken++;
      controller.enqueue(new Uint8Array(1e6).fill(32));
    },
  });
  return { body, taken: () => taken };
}

Deno.test("a body without end is read to its bound, and the error names address and size", async () => {
  const { body, taken } = endless();
  const read = Array.fromAsync(readBody(new Response(body), URL_OF_IT, { maxBytes: 5e6 }));
  await assert.rejects(read, { name: "BodyTooLarge", message: /endless\.bin: the answer is larger than 5 MB/ });
  assert.ok(taken() <= 8, `${taken()} MB taken`);
});

Deno.test("a list without end is refused", async () => {
  const { body, taken } = endless();
  await assert.rejects(bodyText(new Response(body), URL_OF_IT), { name: "BodyTooLarge" });
  assert.ok(taken() < 300, `${taken()} MB taken`);
});

for (
  const [name, headers, message] of [
    ["whose length nobody states", {}, /larger than 3 MB/],
    ["that is longer than announced", { "content-length": "2000000" }, /more than the 2000000 bytes/],
  ] as const
) {
  needs(["read", "write"], `a download ${name} ends, and leaves nothing behind`, async () => {
    const cacheDir = await Deno.makeTempDir();
    const { body, taken } = endless();
    const path = pathInFolder(cacheDir, URL_OF_IT);
    const download = cachedDownload({ url: URL_OF_IT, sha256: null }, {
      cacheDir,
      mirrors: [],
      allowNetwork: true,
      command: "deno task fetch endless",
      retries: 0,
      maxBytes: 3e6,
      fetch: () => Promise.resolve(new Response(body, { headers })),
    });
    await assert.rejects(download, { message });
    assert.ok(taken() < 8, `${taken()} MB taken`);
    const left = (await Array.fromAsync(Deno.readDir(dirname(path)))).map((entry) => entry.name);
    assert.deepEqual(left.filter((file) => !file.endsWith(".lock")), []);
    await Deno.remove(cacheDir, { recursive: true });
  });
}
