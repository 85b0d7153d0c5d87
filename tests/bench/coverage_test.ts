import { deepEqual, equal, ok } from "node:assert/strict";
import { coveragePage } from "../../bench/coverage/report.ts";
import { coverageIn, type Trial, type World } from "../../bench/coverage/trial.ts";
import { seededRandom } from "../../lib/stats/mod.ts";

/** An interval that holds the truth in a share of samples, and gives none in another. */
const world = (held: number, none = 0): World => ({
  name: "a made-up world",
  sample: (random): Trial[] => {
    const [off, missing] = [random() < held ? 0 : 1, random() < none];
    return [{
      interval: "x",
      about: "y",
      estimate: off,
      lo: missing ? null : off - 0.5,
      hi: missing ? null : off + 0.5,
      truth: 0,
    }];
  },
});

Deno.test("coverage counts the intervals that hold the truth among those that were given, with width and bias", () => {
  const [row] = coverageIn(world(0.8, 0.25), seededRandom(1), 4000);
  ok(Math.abs(row!.covered - 0.8) < 0.03 && Math.abs(row!.given - 0.75) < 0.03);
  deepEqual([row!.simulations, row!.width], [4000, 1]);
  ok(Math.abs(row!.bias - 0.2) < 0.03);
});

Deno.test("a world that takes long draws its share, and the page marks what is short of its promise", () => {
  const rows = [
    ...coverageIn({ ...world(0.5), share: 0.1 }, seededRandom(1), 1000),
    ...coverageIn({ ...world(1), name: "another" }, seededRandom(1), 10),
  ];
  equal(rows[0]!.simulations, 100);
  const page = coveragePage(rows, 1000);
  ok(page.includes("1 of 2 rows are short") && page.includes("## A made-up world"));
  equal(page.match(/\*\*short\*\*/g)!.length, 2); // the row, and the word explained
});
