/** Who speaks: 200 system prompts in five languages, labelled when they were written, and more that were written later. @module */
import { deepEqual, equal, ok } from "node:assert/strict";
import { callRoles } from "../../lib/judge/roles/call_rules.ts";
import { CALL_ROLES, type CallRole, guessRole, SURE } from "../../lib/judge/roles/roles.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import { wilson } from "../../lib/stats/mod.ts";
import { says, session, smallSession, span } from "../support/sessions.ts";

interface Labelled {
  role: CallRole;
  system: string;
}

const LANGUAGES = ["en", "de", "fr", "es", "zh"];

async function labelled(names: readonly string[]): Promise<Labelled[]> {
  const files = await Promise.all(
    names.map(async (name) =>
      JSON.parse(await Deno.readTextFile(new URL(`roles/${name}.json`, import.meta.url))) as Labelled[]
    ),
  );
  return files.flat();
}

/** By the text alone: no tools and no other calls help. */
const roleOf = (system: string): CallRole => {
  const { role, probability } = guessRole({ system, user: "", model: "", tools: false });
  return probability >= SURE ? role : "agent";
};

/** Label by role told. */
function confusion(prompts: readonly Labelled[]) {
  const told = prompts.map(({ role, system }) => [role, roleOf(system)] as const);
  const count = (label: CallRole, role: CallRole) => told.filter(([a, b]) => a === label && b === role).length;
  return { count, others: told.filter(([label]) => label !== "customer").length };
}

function figure(prompts: readonly Labelled[], what: string): { falseCustomers: number; others: number; found: number } {
  const { count, others } = confusion(prompts);
  const falseCustomers = CALL_ROLES.filter((role) => role !== "customer")
    .reduce((sum, role) => sum + count(role, "customer"), 0);
  const { hi } = wilson(falseCustomers, others);
  const customers = prompts.length - others;
  const found = count("customer", "customer");
  console.log(
    `${what}: false "customer" ${falseCustomers} of ${others} (${
      (100 * falseCustomers / others).toFixed(1)
    }%, at most ${(100 * hi).toFixed(1)}%); of ${customers} simulated customers ${found} told, graders ${
      count("grader", "grader")
    }, sub-prompts ${count("harness", "harness")}`,
  );
  return { falseCustomers, others, found: found / customers };
}

Deno.test('of 200 labelled system prompts in five languages less than 1% are falsely told to be a "customer"', async () => {
  const prompts = await labelled(LANGUAGES);
  equal(prompts.length, 200);
  const { falseCustomers, others, found } = figure(prompts, "200 prompts");
  ok(falseCustomers / others < 0.01);
  ok(found > 0.95);
});

for (const language of LANGUAGES) {
  Deno.test(`agents, simulated customers, graders and sub-prompts are told apart in ${language}`, async () => {
    const { count } = confusion(await labelled([language]));
    equal(count("agent", "agent"), 18);
    equal(count("customer", "customer"), 10);
    ok(count("grader", "grader") >= 4);
    ok(count("harness", "harness") >= 6);
  });
}

Deno.test('prompts that were written later, to be mistaken, hold less than 1% false "customers" too', async () => {
  const { falseCustomers, others, found } = figure(await labelled(["later"]), "later prompts");
  ok(falseCustomers / others < 0.01);
  ok(found > 0.85);
});

Deno.test("a customer service agent that helps the user is an agent, with or without tools", () => {
  const system = "You are a customer service agent that helps the user";
  equal(roleOf(system), "agent");
  for (const tools of [true, false]) ok(guessRole({ system, user: "", model: "", tools }).role === "agent");
});

const call = (over: Partial<Parameters<typeof guessRole>[0]>) =>
  guessRole({ system: "", user: "", model: "", tools: false, ...over });

Deno.test("tools speak against a customer, and being answered as a user by calls with tools for one", () => {
  const system = "You are a subscriber whose line is slow.";
  const alone = call({ system }).probability;
  ok(alone < SURE);
  ok(call({ system, tools: true }).role === "agent");
  const mirrored = call({ system, mirrored: true, othersHaveTools: true });
  ok(mirrored.role === "customer" && mirrored.probability >= SURE);
});

Deno.test("probabilities of a role grow with each sign and stay between 0 and 1", () => {
  const texts = [
    "Be nice.",
    "You are a patient.",
    "You are a patient. Stay in character.",
    "You are a customer. Stay in character.",
  ];
  const likely = texts.map((system) => {
    const { role, probability } = call({ system });
    return role === "customer" ? probability : 1 - probability;
  });
  deepEqual(likely, [...likely].sort((a, b) => a - b));
  ok(likely.every((p) => p > 0 && p < 1));
});

Deno.test("a call that may be a customer's stays the agent's, and that is said with its probability", () => {
  const system = says("system", "You are a subscriber whose line is slow. Stay in character.");
  const row = session([
    span(1, [system, says("user", "Hello, how can I help?")], [says("assistant", "My line is slow.")], {
      toolDefinitions: null,
    }),
  ]);
  const { roles, uncertain, view } = transcriptOf(row);
  deepEqual([roles.map(({ role }) => role), view], [["agent"], "agent"]);
  deepEqual(uncertain.map(({ role, calls }) => [role, calls]), [["customer", 1]]);
  const [least] = uncertain[0]!.probability;
  ok(least > 0.3 && least < SURE, `${least}`);
});

Deno.test("who answers whom tells a customer whose text alone would not", () => {
  const customer = says("system", "Notes: your line is slow, your name is Ada. Never give away everything at once.");
  const agent = says("system", "Follow the policy.");
  const [hello, wish, ask] = ["Hello, how can I help?", "My line is slow today.", "Is the router on at the moment?"];
  const row = session([
    span(1, [customer, says("user", hello)], [says("assistant", wish)], { toolDefinitions: null }),
    span(2, [agent, says("user", wish)], [says("assistant", ask)]),
    span(3, [customer, says("user", hello), says("assistant", wish), says("user", ask)], [says("assistant", "Yes.")], {
      toolDefinitions: null,
    }),
  ]);
  const { roles, items } = transcriptOf(row);
  deepEqual(roles.map(({ role, calls }) => [role, calls]), [["customer", 2], ["agent", 1]]);
  deepEqual(items.map(({ call }) => call), [2, 2, 2]);
});

Deno.test("one's own rule is sure, and comes before all that we tell a role from", () => {
  const rule = { role: "agent" as const, where: "system" as const, pattern: "customer who", why: "ours" };
  const customer = smallSession(1);
  const told = callRoles([rule])({ system: "You are a customer who is angry.", user: "", model: "", tools: false });
  deepEqual(told, { role: "agent", probability: 1, why: "ours" });
  equal(transcriptOf(customer, callRoles([rule])).uncertain.length, 0);
});

Deno.test("a text of a megabyte is read in no time that grows with its square", () => {
  const system = `${"You are the customer's helper, and you are a part of it, and then ".repeat(16_000)}`;
  equal(call({ system }).role, "agent");
});
