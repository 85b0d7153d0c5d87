import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import {
  braintrustClient,
  braintrustEnvironment,
  BraintrustError,
  cellsFromBraintrust,
  projectNamed,
} from "../../lib/braintrust/mod.ts";
import { perMinuteLimit } from "../../lib/io/clock.ts";
import { WaitTooLong } from "../../lib/io/mod.ts";
import { fakeClock, PROJECT, withServer } from "./given.ts";

const oneLine = (fault: string, says: RegExp) => (error: unknown) => {
  ok(error instanceof BraintrustError, String(error));
  equal(error.fault, fault);
  match(error.message, says);
  ok(!error.message.includes("\n"), "the message is one line");
  return true;
};

withServer("a wrong key is said to be refused, and is not repeated in the message", {}, async ({ server }) => {
  const client = braintrustClient({ apiKey: "sk-very-secret-key", apiUrl: server.url });
  await rejects(projectNamed(client, PROJECT), (error) => {
    ok(!String(error).includes("very-secret"));
    return oneLine("key", /BRAINTRUST_API_KEY was refused \(401: invalid key\)/)(error);
  });
});

withServer("a project that is not there is said to be so, by name", {}, async ({ client, server }) => {
  await rejects(projectNamed(client, "nowhere"), oneLine("missing", /no project "nowhere".*--create-project/));
  equal((await projectNamed(client, "nowhere", { create: true })).name, "nowhere");
  equal(server.logs("nowhere").size, 0);
});

withServer("no network is told from a refusal, after all attempts", {}, async ({ server, clock }) => {
  const { url } = server;
  await server[Symbol.asyncDispose]();
  const client = braintrustClient({ apiKey: "k", apiUrl: url, clock, attempts: 3 });
  await rejects(
    projectNamed(client, PROJECT),
    oneLine("network", /cannot be reached .*BRAINTRUST_API_URL \(3 attempts\)/),
  );
  equal(clock.slept.length, 2);
});

for (const status of [200, 404]) {
  withServer(`a server that answers HTML with ${status} is not taken for the API`, {
    faults: [{ on: "/btql", status, html: true }],
  }, async ({ client, project }) => {
    await rejects(
      cellsFromBraintrust(client, project),
      oneLine("not the API", /found a web page; is BRAINTRUST_API_URL/),
    );
  });
}

withServer("a rate limit is waited out, at least as long as it asks", {}, async ({ server, client, clock }) => {
  server.faults.push(...Array.from({ length: 2 }, () => ({ on: "/v1/project", status: 429, retryAfter: "7" })));
  equal((await projectNamed(client, PROJECT)).name, PROJECT);
  deepEqual(clock.slept, [7350, 7350]);
});

withServer(
  "a server that fails is tried again, longer and longer, and then given up",
  {},
  async ({ server, clock }) => {
    server.faults.push(...Array.from({ length: 5 }, () => ({ on: "/v1/project", status: 503 })));
    const client = braintrustClient({ apiKey: server.key, apiUrl: server.url, clock, attempts: 4, random: () => 1 });
    await rejects(
      projectNamed(client, PROJECT),
      oneLine("server", /the server fails \(503: scripted 503\) \(4 attempts\)/),
    );
    deepEqual(clock.slept, [1000, 2000, 4000]);
  },
);

withServer(
  "a rate limit that says no time is waited out: all attempts together take longer than a minute",
  {},
  async (given) => {
    given.server.faults.push(...Array.from({ length: 7 }, () => ({ on: "/v1/project", status: 429 })));
    const client = braintrustClient({
      apiKey: given.server.key,
      apiUrl: given.server.url,
      clock: given.clock,
      random: () => 0,
    });
    equal((await projectNamed(client, PROJECT)).name, PROJECT);
    equal(given.clock.slept.length, 7);
    const total = given.clock.slept.reduce((sum, ms) => sum + ms, 0);
    ok(total > 60_000, `${total} ms`);
  },
);

withServer("a service that asks to wait for two days is not waited for, and that is said", {}, async (given) => {
  const { server, client, clock } = given;
  for (const retryAfter of ["198300", "5000000"]) {
    server.faults.push({ on: "/v1/project", status: 429, retryAfter });
    await rejects(projectNamed(client, PROJECT), (error) => {
      ok(error instanceof WaitTooLong);
      match(error.message, /^the service asks to wait (2 d 7 h|57 d 20 h): stopped; run again then/);
      return true;
    });
  }
  deepEqual(clock.slept, []);
});

withServer("an answer without end is given up at a size", {}, async ({ server, client }) => {
  server.faults.push({ on: "/v1/project", status: 200, endless: true });
  await rejects(projectNamed(client, PROJECT), oneLine("not the API", /larger than 128 MB/));
});

withServer("a refused request is not tried again", {}, async ({ server, client, clock }) => {
  server.faults.push({ on: "/v1/project", status: 400 });
  await rejects(projectNamed(client, PROJECT), oneLine("request", /refused \(400: scripted 400\)/));
  deepEqual(clock.slept, []);
});

Deno.test("without a key nothing is tried, and the message says which variable is missing", () => {
  throws(() => braintrustEnvironment(() => undefined), oneLine("key", /BRAINTRUST_API_KEY is not set/));
});

Deno.test("the environment names key and address; a slash at its end does no harm", () => {
  const env: Record<string, string> = { BRAINTRUST_API_KEY: "k", BRAINTRUST_API_URL: "http://here:1/" };
  deepEqual(braintrustEnvironment((name) => env[name]), { apiKey: "k", apiUrl: "http://here:1" });
  equal(braintrustEnvironment((name) => name === "BRAINTRUST_API_KEY" ? "k" : "").apiUrl, "https://api.braintrust.dev");
});

Deno.test("no minute holds more calls than the limit", async () => {
  const clock = fakeClock();
  const turn = perMinuteLimit(20, clock);
  const at: number[] = [];
  await Promise.all(Array.from({ length: 65 }, () => turn().then(() => at.push(clock.now()))));
  for (const begin of at) {
    const inMinute = at.filter((time) => time >= begin && time < begin + 60_000).length;
    ok(inMinute <= 20, `${inMinute} calls in the minute after ${begin}`);
  }
  equal(at.at(-1)! - at[0]!, 180_000);
});
