import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { DEFAULT_RETRIES } from "../../lib/io/mod.ts";
import { AskError } from "../../lib/judge/endpoint/ask.ts";
import { redactSecrets } from "../../lib/traces/mod.ts";
import { openAiEmbed } from "../../lib/judge/endpoint/client.ts";
import { type Embed, embedAll } from "../../lib/judge/endpoint/embed.ts";
import { needs } from "../support/needs.ts";

const KEY = "sk-test-0123456789abcdefghijklmnop";
const RETRIES = { ...DEFAULT_RETRIES, maxAttempts: 3, maxRateLimits: 5 };

function options(embed: Embed) {
  const slept: number[] = [];
  const clock = { now: () => 0, sleep: (ms: number) => (slept.push(ms), Promise.resolve()) };
  return { slept, given: { embed, model: "m", retries: RETRIES, clock, random: () => 0.5, batch: 2 } };
}

const lengths: Embed = ({ texts }) =>
  Promise.resolve({ vectors: texts.map((text) => [text.length, 1]), inputTokens: texts.length });

Deno.test("texts are embedded a batch at a time, in their order, an empty one as a space", async () => {
  const batches: number[] = [];
  const { given } = options((request) => (batches.push(request.texts.length), lengths(request)));
  const { vectors, inputTokens } = await embedAll(["aaa", "", "bb", "c", "dddd"], given);
  deepEqual(vectors.map(([length]) => length), [3, 1, 2, 1, 4]);
  deepEqual([batches, inputTokens], [[2, 2, 1], 5]);
});

Deno.test("tokens are unknown when one batch does not say", async () => {
  let n = 0;
  const { given } = options(async (request) => ({ ...await lengths(request), inputTokens: n++ ? null : 4 }));
  equal((await embedAll(["a", "b", "c"], given)).inputTokens, null);
});

Deno.test("faults that may pass are tried again, rate limits as long as they ask", async () => {
  const faults = [new AskError("rate limit", "slow down", 7000), new AskError("server", "oops")];
  const { given, slept } = options((request) => faults.length ? Promise.reject(faults.shift()) : lengths(request));
  equal((await embedAll(["a"], given)).vectors.length, 1);
  ok(slept[0]! >= 7000 && slept[1]! <= 1000, slept.join());
});

Deno.test("a batch that keeps failing ends it, naming its texts", async () => {
  const { given } = options(({ texts }) =>
    texts.some((text) => text === "c") ? Promise.reject(new AskError("server", "oops")) : lengths({ model: "m", texts })
  );
  await rejects(embedAll(["a", "b", "c"], given), /texts 3 to 3 could not be embedded: oops/);
});

Deno.test("a wrong key is not tried again", async () => {
  let calls = 0;
  const { given } = options(() => (calls++, Promise.reject(new AskError("account", "no such key"))));
  await rejects(embedAll(["a"], given), AskError);
  equal(calls, 1);
});

async function against(answer: (body: Record<string, unknown>) => Response | Promise<Response>, timeoutMs = 2000) {
  const seen: { body: Record<string, unknown>; path: string; authorization: string | null }[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const body = await request.json();
    seen.push({ body, path: new URL(request.url).pathname, authorization: request.headers.get("authorization") });
    return await answer(body);
  });
  const embed = openAiEmbed({ apiKey: KEY, baseUrl: `http://127.0.0.1:${server.addr.port}/v1`, timeoutMs });
  try {
    const result = await embed({ model: "m", texts: ["one", "two"].map((text) => redactSecrets(text).text) }).catch((
      error,
    ) => error);
    return { result, seen };
  } finally {
    await server.shutdown();
  }
}

const row = (index: number) => ({ object: "embedding", index, embedding: [index, 0.5] });
const PERMISSIONS = ["net", "env", "read", "sys"] as const;

needs([...PERMISSIONS], "embeddings come in the order of the texts, whatever the endpoint's", async () => {
  const { result, seen } = await against(() =>
    Response.json({ object: "list", data: [row(1), row(0)], model: "m", usage: { prompt_tokens: 2, total_tokens: 2 } })
  );
  deepEqual(result, { vectors: [[0, 0.5], [1, 0.5]], inputTokens: 2 });
  const [{ body, path, authorization }] = seen as [typeof seen[number]];
  deepEqual([path, authorization, body.input, body.encoding_format], [
    "/v1/embeddings",
    `Bearer ${KEY}`,
    ["one", "two"],
    "float",
  ]);
});

for (
  const [name, answer, fault] of [
    ["too few embeddings", () => Response.json({ object: "list", data: [row(0)] }), "server"],
    ["no list at all", () => Response.json({ hello: "there" }), "server"],
    ["HTML", () => new Response("<html>", { headers: { "content-type": "text/html" } }), "server"],
    [
      "a wrong key",
      () => Response.json({ error: { message: `Incorrect API key ${KEY}` } }, { status: 401 }),
      "account",
    ],
    ["too many requests", () => Response.json({ error: { message: "slow" } }, { status: 429 }), "rate limit"],
    ["silence", () => new Promise<Response>((done) => setTimeout(() => done(new Response("")), 700)), "timeout"],
  ] as const
) {
  needs([...PERMISSIONS], `${name} from an embeddings endpoint is a ${fault} fault without the key`, async () => {
    const { result } = await against(answer, fault === "timeout" ? 200 : 2000);
    ok(result instanceof AskError, String(result));
    equal(result.fault, fault);
    ok(!result.message.includes(KEY));
    match(result.message, /\S/);
  });
}
