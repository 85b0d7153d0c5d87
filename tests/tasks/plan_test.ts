import { equal, match } from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { atl } from "../support/atl.ts";

const plan = (...args: string[]) => atl(["plan", "--source", "replica", ...args]);

needs(["read", "run", "env"], "deno task plan says how many tasks an answer takes, as text and as JSON", async () => {
  const [text, json] = await Promise.all([plan("--points", "10"), plan("--points", "10", "--json")]);
  equal(text.code, 0, text.err);
  match(text.out, /apart by 10 points \(both near \d+%, power 80%\): [\d,]+ tasks each/);
  equal(JSON.parse(json.out).difference, 0.1);
});

needs(["read", "run", "env"], "deno task plan refuses what it cannot plan, and says what there is", async () => {
  const [unknown, half, points] = await Promise.all([
    plan("--first", "a", "--second", "b"),
    plan("--first", "a"),
    plan("--points", "90"),
  ]);
  equal(unknown.code, 1);
  match(unknown.err, /^plan: "a" has no scored session; there are /);
  match(half.err, /name both configs, or neither/);
  match(points.err, /--points: expected a number between 0 and 50, found 90/);
});
