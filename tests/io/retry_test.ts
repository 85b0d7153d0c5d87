import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import {
  backoffMs,
  type Clock,
  DEFAULT_RETRIES,
  patiently,
  RetriesUsedUp,
  retryAfterMs,
  retryAfterOf,
  retryBudget,
  type RetryFault,
  systemClock,
  waitText,
  WaitTooLong,
} from "../../lib/io/mod.ts";

/** A clock on which sleeping takes no time, and that says how long it was told to. */
function fakeClock(): Clock & { slept: number[] } {
  const slept: number[] = [];
  return { slept, now: () => 0, sleep: (ms) => (slept.push(ms), Promise.resolve()) };
}

const NOW = Date.UTC(2026, 10, 22, 12);

/** Fails with each of these in turn, then answers with the number of the try. */
function failing(faults: RetryFault[]) {
  let at = 0;
  const faultOf = (error: unknown) => (error as { cause: RetryFault }).cause;
  const attempt = (n: number) => {
    const fault = faults[at++];
    return fault ? Promise.reject(new Error(`fault ${n}`, { cause: fault })) : Promise.resolve(n);
  };
  return { attempt, faultOf, tries: () => at };
}

const fault = (retryAfterMs: number | null = null): RetryFault => ({ kind: "fault", retryAfterMs });
const limit = (retryAfterMs: number | null = null): RetryFault => ({ kind: "rate limit", retryAfterMs });

async function trying(faults: RetryFault[], over: Partial<typeof DEFAULT_RETRIES> = {}, budget?: number) {
  const clock = fakeClock();
  const { attempt, faultOf, tries } = failing(faults);
  const answer = await patiently(attempt, {
    policy: { ...DEFAULT_RETRIES, ...over },
    clock,
    random: () => 0.5,
    faultOf,
    ...(budget === undefined ? {} : { budget: retryBudget(budget) }),
  }).catch((error: Error) => error);
  return { answer, slept: clock.slept, tries: tries() };
}

Deno.test("a fault that may pass is tried again with growing waits", async () => {
  const { answer, slept } = await trying([fault(), fault(), fault()]);
  equal(answer, 4);
  deepEqual(slept, [500, 1000, 2000]);
});

Deno.test("a fault that will not pass is thrown as it came, at once", async () => {
  const { answer, slept } = await trying([{ kind: "final", retryAfterMs: null }]);
  equal((answer as Error).message, "fault 1");
  deepEqual(slept, []);
});

Deno.test("tries end with the policy's: more for rate limits than for faults", async () => {
  const many = <T>(one: T) => Array.from({ length: 100 }, () => one);
  equal((await trying(many(fault()), { maxAttempts: 3, maxRateLimits: 7 })).tries, 3);
  equal((await trying(many(limit()), { maxAttempts: 3, maxRateLimits: 7 })).tries, 7);
});

Deno.test("a run's budget of tries ends them too, and says so with the last fault", async () => {
  const { answer, tries } = await trying([fault(), fault(), fault(), fault()], {}, 2);
  ok(answer instanceof RetriesUsedUp);
  match(answer.message, /the run's tries are used up; run again later; the last fault was: fault 3/);
  equal(tries, 3);
});

Deno.test("a service that asks to wait two days and seven hours is not waited for, and that is said", async () => {
  const { answer, slept } = await trying([limit(198_300_000)]);
  ok(answer instanceof WaitTooLong);
  match(answer.message, /^the service asks to wait 2 d 7 h: stopped; run again then \(fault 1\)$/);
  deepEqual(slept, []);
});

Deno.test("an asked wait within the cap is waited for, with up to a tenth on top", async () => {
  const { slept } = await trying([limit(3000)]);
  deepEqual(slept, [3150]);
});

Deno.test("waits stay between what is asked and what the policy allows, whatever is asked", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 2000 }),
    fc.constantFrom("fault" as const, "rate limit" as const),
    fc.option(fc.double({ min: 0, max: DEFAULT_RETRIES.maxWaitMs, noNaN: true }), { nil: null }),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    (attempt, kind, asked, random) => {
      const ms = backoffMs(attempt, kind, asked, DEFAULT_RETRIES, () => random);
      ok(ms >= (asked ?? 0) && ms <= Math.max(DEFAULT_RETRIES.capMs, 1.1 * (asked ?? 0)), `${ms}`);
    },
  ));
});

for (
  const [header, expected] of [
    ["3", 3000],
    [" 198300 ", 198_300_000],
    ["0.5", 500],
    ["5000000", 5e9],
    ["Sun, 22 Nov 2026 12:00:03 GMT", 3000],
    ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
    ["soon", null],
    ["-5", null],
    ["", null],
    ["NaN", null],
    ["1e999", null],
  ] as const
) {
  Deno.test(`Retry-After: ${header || "(empty)"} is ${expected} ms`, () => equal(retryAfterMs(header, NOW), expected));
}

Deno.test("retry-after-ms comes before Retry-After, where it can be read", () => {
  equal(retryAfterOf(new Headers({ "retry-after": "3", "retry-after-ms": "250" }), NOW), 250);
  equal(retryAfterOf(new Headers({ "retry-after": "3", "retry-after-ms": "-1" }), NOW), 3000);
  equal(retryAfterOf(new Headers(), NOW), null);
});

Deno.test("waits are said in their two largest units", () => {
  const said = [400, 9000, 61_000, 3_600_000, 198_300_000, 5e9].map(waitText);
  deepEqual(said, ["0.4 s", "9 s", "1 min 1 s", "1 h", "2 d 7 h", "57 d 20 h"]);
});

Deno.test("a wait longer than a timer can count does not end at once, and an abort ends it", async () => {
  const stop = new AbortController();
  let ended = false;
  const sleeping = systemClock.sleep(5e9, stop.signal).then(() => ended = true);
  await systemClock.sleep(20);
  equal(ended, false);
  stop.abort();
  await sleeping;
  equal(ended, true);
});

Deno.test("an abort during a wait throws the last fault", async () => {
  const stop = new AbortController();
  const { attempt, faultOf, tries } = failing([fault(), fault()]);
  const clock: Clock = { now: () => 0, sleep: () => Promise.resolve(stop.abort()) };
  const policy = DEFAULT_RETRIES;
  await rejects(patiently(attempt, { policy, clock, random: () => 0, faultOf, signal: stop.signal }), /fault 1/);
  equal(tries(), 1);
});
