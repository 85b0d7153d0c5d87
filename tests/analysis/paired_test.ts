import { deepEqual, equal, ok } from "node:assert/strict";
import { datasetOf, pairedConfigs, planComparison, repeats, taskItems } from "../../lib/analysis/mod.ts";
import { type Random, seededRandom } from "../../lib/stats/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { aSession } from "../support/a_session.ts";

const INFO = { name: "made up", sha256: "", sessions: 0, sentence: "Made up.", caption: "made up" };

/** Tries of tasks by harnesses of given ability, tasks of evenly spread difficulty. */
function triesOf(random: Random, abilities: Record<string, number>, { tasks = 30, tries = 4 } = {}): Session[] {
  return Object.entries(abilities).flatMap(([harness, ability]) =>
    Array.from({ length: tasks * tries }, (_, i) => {
      const task = Math.floor(i / tries), ease = ability + 4 * (task / (tasks - 1) - 0.5);
      return aSession({
        sessionId: `${harness}_${i}`,
        run: `${harness} ${i % tries}`,
        harness,
        taskId: `t${String(task).padStart(2, "0")}`,
        success: random() < 1 / (1 + Math.exp(-ease)) ? 1 : 0,
      });
    })
  );
}

Deno.test("two configs are compared on the tasks that both tried, the better one first, corrected over all pairs", () => {
  const sessions = triesOf(seededRandom(1), { good: 1.2, fair: 0, alike: 0.05 });
  const rows = pairedConfigs(sessions);
  equal(rows.length, 3);
  const [clear] = rows;
  deepEqual([clear!.first, clear!.tasks], ["good · gpt-4.1", 30]);
  ok(rows.every((r) => r.first_rate >= r.second_rate && r.estimate >= 0 && r.p_holm >= r.p));
  ok(clear!.p_holm < 0.01 && clear!.lo > 0 && clear!.worth! > 2, JSON.stringify(clear));
  const even = rows.find((r) => r.first !== "good · gpt-4.1" && r.second !== "good · gpt-4.1")!;
  ok(even.p_holm > 0.05 && even.lo < 0);
});

Deno.test("sessions without a task, a verdict or a partner say nothing of pairs", () => {
  const sessions = triesOf(seededRandom(2), { a: 0, b: 1 }, { tasks: 4 });
  deepEqual(pairedConfigs(sessions), []); // four tasks are too few
  deepEqual(pairedConfigs(triesOf(seededRandom(2), { a: 0, b: 1 }).map((s) => ({ ...s, taskId: null }))), []);
  deepEqual(pairedConfigs(triesOf(seededRandom(2), { a: 0 })), []);
});

Deno.test("repeats: any of four tries solves more than one, all of them less, and tasks decide most", () => {
  const [row] = repeats(triesOf(seededRandom(3), { a: 0 }));
  deepEqual([row!.tries, row!.tasks, row!.always + row!.sometimes + row!.never], [4, 30, 30]);
  ok(row!.any.rate > row!.once.rate && row!.once.rate > row!.all.rate);
  ok(row!.once.lo! < row!.once.rate && row!.between_tasks! > 0.1);
  deepEqual(repeats(triesOf(seededRandom(3), { a: 0 }, { tries: 1 })), []);
});

Deno.test("tasks as instruments: easy before hard, and none where fewer than three configs tried them", () => {
  const abilities = Object.fromEntries([-1.5, -0.8, -0.2, 0.3, 0.9, 1.6].map((a, i) => [`h${i}`, a]));
  const rows = taskItems(triesOf(seededRandom(4), abilities));
  equal(rows.length, 30);
  const known = rows.filter((r) => r.difficulty !== null);
  const [hard, easy] = [known.slice(0, 8), known.slice(-8)].map((list) =>
    list.reduce((sum, r) => sum + r.difficulty!, 0) / list.length
  );
  ok(hard! > easy! + 1);
  ok(rows.some((r) => r.measures === "ability"));
  deepEqual(taskItems(triesOf(seededRandom(4), { a: 0, b: 1 })), []);
});

Deno.test("a plan pairs where tasks are known: far fewer tasks, fewer still when tried several times", () => {
  const sessions = triesOf(seededRandom(5), { a: 0.2, b: 0 }, { tasks: 60, tries: 4 });
  const plan = planComparison(datasetOf(INFO, sessions), { difference: 0.05 })!;
  deepEqual([plan.tasks, plan.repeated, plan.rows.map((r) => r.tries)], [60, true, [1, 2, 4]]);
  const [once, , four] = plan.rows;
  ok(once!.paired! < 0.8 * once!.unpaired! && four!.paired! < 0.6 * once!.paired!);
  ok(once!.equivalence! > once!.unpaired!);
  ok(
    /apart by 5 points .*: [\d,]+ tasks each, or [\d,]+ that both try, or [\d,]+ that both try 4 times/.test(
      plan.sentence,
    ),
    plan.sentence,
  );
});

Deno.test("a plan from sessions without tasks says that pairing is not known; one config alone has none", () => {
  const sessions = triesOf(seededRandom(6), { a: 0.2, b: 0 }).map((s) => ({ ...s, taskId: null }));
  const plan = planComparison(datasetOf(INFO, sessions), { difference: 0.1 })!;
  deepEqual([plan.tasks, plan.rows.length, plan.rows[0]!.paired], [null, 1, null]);
  ok(plan.sentence.includes("they name no task that both tried"));
  equal(planComparison(datasetOf(INFO, triesOf(seededRandom(6), { a: 0 })), { difference: 0.1 }), null);
});

Deno.test("where runs differ a plan says with how few runs it can be done", () => {
  const random = seededRandom(7);
  const sessions = ["a", "b"].flatMap((harness) =>
    Array.from({ length: 8 }, (_, r) => r).flatMap((r) => {
      const rate = r % 2 ? 0.85 : 0.15;
      return Array.from({ length: 40 }, (_, i) =>
        aSession({
          sessionId: `${harness}${r}_${i}`,
          run: `${harness}${r}`,
          harness,
          success: random() < rate ? 1 : 0,
        }));
    })
  );
  const plan = planComparison(datasetOf(INFO, sessions), { difference: 0.1 })!;
  ok(plan.spread.betweenRuns! > 0.3);
  ok(plan.rows[0]!.runs > 50 && plan.sentence.includes(`in at least ${plan.rows[0]!.runs} runs each`), plan.sentence);
});
