import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { AskError } from "../../lib/judge/endpoint/ask.ts";
import { redactSecrets } from "../../lib/traces/mod.ts";
import { openAiAsk } from "../../lib/judge/endpoint/client.ts";
import { answer, type Behaviour, type SeenRequest, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";

const KEY = "sk-test-0123456789abcdefghijklmnop";
const request = {
  model: "m",
  messages: [{ role: "user" as const, content: redactSecrets("judge this").text }],
  maxOutputTokens: 50,
};

async function withServer<T>(
  behave: (seen: SeenRequest) => Behaviour,
  use: (ask: ReturnType<typeof openAiAsk>, requests: SeenRequest[]) => Promise<T>,
): Promise<T> {
  const server = startLlmServer(behave);
  try {
    return await use(openAiAsk({ apiKey: KEY, baseUrl: server.url, timeoutMs: 300 }), server.requests);
  } finally {
    await server.close();
  }
}

const faultOf = (behaviour: Behaviour) =>
  withServer(() => behaviour, async (ask, requests) => {
    const error = await ask(request).then(() => null, (error) => error);
    ok(error instanceof AskError, String(error));
    ok(!error.message.includes("sk-test"), error.message);
    equal(requests.length, 1);
    return error;
  });

needs(
  ["net", "env", "read", "sys"],
  "a reply comes with its text, model and tokens, asked for under a strict schema",
  async () => {
    await withServer(
      () => ({ text: answer(1), usage: { prompt_tokens: 7, completion_tokens: 3 } }),
      async (ask, requests) => {
        const reply = await ask(request);
        deepEqual([reply.text, reply.refusal, reply.model, reply.inputTokens, reply.outputTokens], [
          answer(1),
          null,
          "m",
          7,
          3,
        ]);
        const { body, authorization } = requests[0]!;
        equal(authorization, `Bearer ${KEY}`);
        equal((body.response_format as { json_schema: { strict: boolean } }).json_schema.strict, true);
        deepEqual([body.temperature, body.max_completion_tokens], [0, 50]);
      },
    );
  },
);

const faults: [string, Behaviour, AskError["fault"]][] = [
  ["429", { status: 429, headers: { "retry-after": "3" } }, "rate limit"],
  ["429 for want of credit", { status: 429, error: { message: "no credit", code: "insufficient_quota" } }, "account"],
  ["500", { status: 500 }, "server"],
  ["503 as HTML", { status: 503, html: true }, "server"],
  ["401", { status: 401, error: { message: `Incorrect API key provided: ${KEY}` } }, "account"],
  ["404", { status: 404, error: { message: "no such model" } }, "account"],
  [
    "a prompt that is too long",
    { status: 400, error: { message: "maximum context length is 8", code: "x" } },
    "request",
  ],
  ["no answer", "silent", "timeout"],
  ["a body that never ends", "stall", "timeout"],
  ["a dropped connection", "drop", "connection"],
  ["a body that is cut off", "truncated body", "connection"],
  ["a page instead of a completion", { status: 200, html: true }, "server"],
];

for (const [what, behaviour, fault] of faults) {
  needs(["net", "env", "read", "sys"], `${what} is a fault of the kind "${fault}"`, async () => {
    equal((await faultOf(behaviour)).fault, fault);
  });
}

needs(["net", "env", "read", "sys"], "Retry-After is understood in seconds, milliseconds and as a date", async () => {
  equal((await faultOf({ status: 429, headers: { "retry-after": "3" } })).retryAfterMs, 3000);
  equal((await faultOf({ status: 429, headers: { "retry-after-ms": "250" } })).retryAfterMs, 250);
  const date = new Date(Date.now() + 60_000).toUTCString();
  const ms = (await faultOf({ status: 429, headers: { "retry-after": date } })).retryAfterMs!;
  ok(ms > 50_000 && ms <= 60_000, `${ms}`);
  equal((await faultOf({ status: 429 })).retryAfterMs, null);
});

needs(["net", "env", "read", "sys"], "a refusal and a content filter come as refusals", async () => {
  await withServer(
    () => ({ refusal: "I will not." }),
    async (ask) => equal((await ask(request)).refusal, "I will not."),
  );
  await withServer(() => ({ text: "", finish: "content_filter" }), async (ask) => {
    match((await ask(request)).refusal!, /content filter/);
  });
});

needs(
  ["net", "env", "read", "sys"],
  "an endpoint that knows neither schema, temperature nor the newer limit is asked simply",
  async () => {
    const behave = ({ body }: SeenRequest): Behaviour => {
      const format = (body.response_format as { type: string } | undefined)?.type;
      if (format) {
        return {
          status: 400,
          error: { message: `response_format ${format} is not supported`, param: "response_format" },
        };
      }
      if ("temperature" in body) {
        return {
          status: 400,
          error: { message: "temperature must be 1", param: "temperature" },
        };
      }
      if ("max_completion_tokens" in body) {
        return {
          status: 400,
          error: { message: "unknown field max_completion_tokens" },
        };
      }
      return { text: answer(0) };
    };
    await withServer(behave, async (ask, requests) => {
      equal((await ask(request)).text, answer(0));
      equal(requests.length, 6);
      await ask(request);
      equal(requests.length, 7, "what was refused once is tried again");
      equal(requests[6]!.body.max_tokens, 50);
    });
  },
);

needs(["net", "env", "read", "sys"], "an endpoint that is not there is a connection fault", async () => {
  const server = startLlmServer(() => ({ text: "" }));
  await server.close();
  const ask = openAiAsk({ apiKey: KEY, baseUrl: server.url, timeoutMs: 300 });
  await rejects(ask(request), (error) => error instanceof AskError && error.fault === "connection");
});
