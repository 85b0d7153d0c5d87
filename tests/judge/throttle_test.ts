import { equal } from "node:assert/strict";
import { createThrottle } from "../../lib/judge/run/throttle.ts";
import { manualClock } from "../support/clock.ts";

Deno.test("no more than the limit are in flight at once", async () => {
  const throttle = createThrottle(3, manualClock());
  let [inside, most] = [0, 0];
  await Promise.all(Array.from({ length: 20 }, async () => {
    await throttle.acquire();
    most = Math.max(most, ++inside);
    await Promise.resolve();
    inside--;
    throttle.release();
  }));
  equal(most, 3);
  equal(throttle.inFlight(), 0);
});

Deno.test("a burst of rate limits halves the limit once, and answers raise it again to the maximum", async () => {
  const clock = manualClock();
  const throttle = createThrottle(16, clock);
  const begun = clock.now();
  await clock.sleep(100);
  for (let i = 0; i < 10; i++) throttle.limited(begun, null);
  equal(throttle.limit(), 8);
  await clock.sleep(100);
  throttle.limited(clock.now(), null);
  equal(throttle.limit(), 4);
  for (let i = 0; i < 1000; i++) throttle.answered();
  equal(throttle.limit(), 16);
});

Deno.test("the limit never falls below one", async () => {
  const clock = manualClock();
  const throttle = createThrottle(4, clock);
  for (let i = 0; i < 10; i++) {
    await clock.sleep(1);
    throttle.limited(clock.now(), null);
  }
  equal(throttle.limit(), 1);
});

Deno.test("nothing begins before the time that Retry-After names", async () => {
  const clock = manualClock();
  const throttle = createThrottle(4, clock);
  throttle.limited(clock.now(), 5_000);
  const at = clock.now();
  await throttle.acquire();
  equal(clock.now() - at, 5_000);
});
