import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Topics } from "../../lib/analysis/topics/mod.ts";
import { needs } from "../support/needs.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
import { existsSync } from "node:fs";
import { atl } from "../support/atl.ts";
import { inFolder } from "../support/folder.ts";

const KEY = "sk-test-0123456789abcdefghijklmnop";

const topics = (args: string[], env: Record<string, string> = {}) =>
  atl(["topics", ...args], { env: { TRACES_MIRROR: sharedPath("mirror"), ...env } });

needs(
  ["read", "run", "env"],
  "on the replica the topics task says that there are no reasons, and is no failure",
  async () => {
    const { code, out } = await topics(["--source", "replica"]);
    equal(code, 0);
    match(out, /^No topics: of 640 failed sessions .* none has a text/);
  },
);

needs(
  ["read", "write", "run", "env"],
  "topics offers no file where there is no candidate, and names a missing one",
  () =>
    inFolder(async (folder) => {
      const none = await topics(["--source", "replica", "--offer", `${folder}/seeds.json`]);
      equal(none.code, 0, none.err);
      match(none.out, /no candidate seeds: .*seeds\.json is not written/);
      equal(existsSync(`${folder}/seeds.json`), false);
      const missing = await topics(["--source", "replica", "--seeds", `${folder}/nowhere.json`]);
      deepEqual([missing.code, /nowhere\.json: there is no such file of seeds/.test(missing.err)], [1, true]);
    }),
);

needs(["read", "run", "env"], "a wrong option of the topics task is one line", async () => {
  const { code, err } = await topics(["--source", "replica", "--runs", "many"]);
  deepEqual([code, err], [2, 'topics: --runs: Expected a valid integer, but got "many". See atl topics --help\n']);
});

onRecorded(
  "traces/real-sessions",
  "final messages of failed sessions are sorted too, by grades of a file",
  async () => {
    const folder = sharedPath("traces/real-sessions");
    const { code, out, err } = await topics(
      ["--final-messages", `${folder}/data/*.parquet`, "--grades", `${folder}/rewards.csv`, "--runs", "2"],
    );
    equal(code, 0, err);
    match(out, /texts of \d+ failed sessions/);
    match(out, /Of 104 sessions: 0 unreadable or there before, 0 of unknown outcome, \d+ without a final message/);
  },
);

onRecorded(
  "mirror",
  "embeddings and names come from an endpoint, and a model that fails leaves the words",
  async () => {
    let [embedded, named] = [0, 0];
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
      const body = await request.json();
      equal(request.headers.get("authorization"), `Bearer ${KEY}`);
      if (request.url.endsWith("/embeddings")) {
        embedded += body.input.length;
        const data = body.input.map((text: string, index: number) => ({ index, embedding: hashed(text) }));
        return Response.json({ object: "list", data, usage: { prompt_tokens: 1, total_tokens: 1 } });
      }
      equal(body.response_format, undefined, "a name is asked for in words");
      if (++named >= 2) return Response.json({ error: { message: "bad request" } }, { status: 400 });
      return Response.json({ choices: [{ message: { role: "assistant", content: `Name ${named}` } }] });
    });
    const folder = await Deno.makeTempDir();
    try {
      const { code, err } = await topics(
        [
          "--source",
          "judged",
          "--embed",
          "e",
          "--name",
          "n",
          "--seeds",
          "none",
          "--runs",
          "0",
          "--out",
          `${folder}/topics.json`,
        ],
        { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1` },
      );
      equal(code, 0, err);
      equal(embedded, 640);
      const found = JSON.parse(await Deno.readTextFile(`${folder}/topics.json`)) as Topics;
      deepEqual([found.embedding.kind, found.embedding.dimensions], ["given", 64]);
      ok(found.topics.length >= 2, `${found.topics.length} topics`);
      deepEqual(found.topics.slice(0, 2).map(({ named_by }) => named_by), ["model", "terms"]);
      match(err, /topic 2 keeps its words as name: .*bad request/);
    } finally {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** Words counted in 64 places: texts of the same words come near each other. */
function hashed(text: string): number[] {
  const vector = Array<number>(64).fill(0);
  for (const word of text.toLowerCase().match(/[a-z]{5,}/g) ?? []) {
    let at = 7;
    for (const letter of word) at = (at * 31 + letter.charCodeAt(0)) % 64;
    vector[at]!++;
  }
  return vector;
}
