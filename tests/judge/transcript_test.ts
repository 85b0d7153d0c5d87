import { messagesText } from "../../lib/model/mod.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { callRoles } from "../../lib/judge/roles/call_rules.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import { calls, type RecordedMessage, returns, says, session, smallSession, span } from "../support/sessions.ts";

const texts = (row: ReturnType<typeof session>) => transcriptOf(row).items.map(({ kind, text }) => `${kind}: ${text}`);

Deno.test("a history that every call repeats is told once", () => {
  deepEqual(texts(smallSession(3)), [
    "system: You are a librarian.",
    "user: Task 3: find the 3th book and say its title.",
    'call: {"shelf":3}',
    "result: The title is Book 3.",
    "assistant: It is Book 3.",
  ]);
});

Deno.test("results that are the same text are as many as there were", () => {
  const task = says("user", "Like three songs.");
  const turns = [1, 2, 3].flatMap((i) => [calls(`c${i}`, "like", { song: i }), returns(`c${i}`, "Liked.")]);
  const row = session([0, 2, 4, 6].map((n, i) => span(i, [task, ...turns.slice(0, n)], turns.slice(n, n + 1))));
  equal(transcriptOf(row).items.filter((item) => item.text === "Liked.").length, 3);
});

Deno.test("ids and the order of arguments may change between an output and its repetition", () => {
  const task = says("user", "Look.");
  const row = session([
    span(1, [task], [calls("a", "look", { shelf: 1, row: 2 })]),
    span(2, [task, calls("z", "look", { row: 2, shelf: 1 }), returns("z", "dust")], [says("assistant", "Dust.")]),
  ]);
  equal(transcriptOf(row).items.filter((item) => item.kind === "call").length, 1);
});

Deno.test("a context that is rebuilt at each call is told once, with every new line of it", () => {
  const line = (i: number) => `Step ${i}: the tool returned ${"value ".repeat(12)}${i}.`;
  const rules = Array.from({ length: 20 }, (_, i) => `Rule ${i}: ${"be careful ".repeat(5)}`).join("\n");
  const prompt = (n: number) =>
    says("user", `Turn ${n} of many.\n${rules}\nHistory:\n${Array.from({ length: n }, (_, i) => line(i)).join("\n")}`);
  const row = session(
    Array.from({ length: 12 }, (_, n) => span(n, [prompt(n)], [says("assistant", `I do step ${n}.`)])),
  );
  const { items, retention } = transcriptOf(row);
  const all = items.map((item) => item.text).join("\n");
  ok(retention !== null && retention < 0.1, `retention ${retention}`);
  for (let i = 0; i < 11; i++) equal(all.split(line(i)).length - 1, 1, `line ${i}`);
  equal(all.split("Rule 7:").length - 1, 1);
  ok(items.some((item) => item.repeated > 0));
});

Deno.test("a history kept on one line is told once by its common ends", () => {
  const step = (i: number) => `{"step":${i},"result":"${"x".repeat(60)}${i}"}`;
  const prompt = (n: number) =>
    says("user", `{"turn":${n}} ${Array.from({ length: n + 10 }, (_, i) => step(i)).join(",")}`);
  const row = session(
    Array.from({ length: 6 }, (_, n) => span(n, [prompt(0), prompt(n)], [says("assistant", `done ${n}`)])),
  );
  const shown = transcriptOf(row).items.reduce((sum, item) => sum + item.text.length, 0);
  const sent = row.spans.reduce((sum, s) => sum + messagesText(s.inputMessages)!.length, 0);
  ok(shown < sent / 2, `${shown} of ${sent}`);
});

Deno.test("the task is the agent's first user message", () => {
  const { task, items } = transcriptOf(smallSession(5));
  equal(task, "Task 5: find the 5th book and say its title.");
  equal(items.filter((item) => item.task).length, 1);
});

Deno.test("calls of a simulated customer, a grader and the harness are told from the agent's and left out", () => {
  const agentSystem = says("system", "You are a support agent. Follow the policy.");
  const task = says("user", "My line is dead.");
  const row = session([
    span(1, [says("system", "You are a customer contacting support. Your line is dead."), says("user", "Hello?")], [
      task,
    ], {
      toolDefinitions: null,
    }),
    span(2, [says("user", "Which are the top 30 relevant tools? Return only JSON."), task], [says("assistant", "[]")]),
    span(3, [agentSystem, task], [calls("a", "check", {})]),
    span(4, [says("user", "Please write a 5-10 word title for this conversation: line dead")], [
      says("assistant", "Dead line"),
    ], { toolDefinitions: null }),
    span(5, [agentSystem, task, calls("a", "check", {}), returns("a", "dead")], [says("assistant", "It is dead.")]),
    span(6, [says("system", "You are an impartial judge."), says("user", "Judge whether the answer is right.")], [
      says("assistant", "yes"),
    ], { toolDefinitions: null }),
  ]);
  const { roles, items, task: found } = transcriptOf(row);
  const byRole = Object.groupBy(roles, ({ role }) => role);
  deepEqual(
    Object.fromEntries(Object.entries(byRole).map(([role, rs]) => [role, rs.reduce((n, r) => n + r.calls, 0)])),
    {
      customer: 1,
      harness: 2,
      agent: 2,
      grader: 1,
    },
  );
  equal(found, "My line is dead.");
  deepEqual(items.map((item) => item.call), [3, 3, 3, 5, 5]);
});

Deno.test("a call without tools, apart from the conversation, is the harness's where most others have tools", () => {
  const row = smallSession(1);
  const side = span(9, [says("user", "Is `ls -la` safe to run?")], [says("assistant", "yes")], {
    toolDefinitions: null,
  });
  const { roles } = transcriptOf({ ...row, spans: [...row.spans, side] });
  deepEqual(roles.find(({ role }) => role === "harness")?.calls, 1);
});

Deno.test("a last call without tools that continues the conversation stays the agent's", () => {
  const row = smallSession(1);
  const last = row.spans[1]!;
  const { roles, items } = transcriptOf({ ...row, spans: [row.spans[0]!, { ...last, toolDefinitions: null }] });
  deepEqual(roles.map(({ role }) => role), ["agent"]);
  equal(items.at(-1)!.text, "It is Book 1.");
});

Deno.test("one's own rules come before the built-in ones", () => {
  const rule = { role: "grader" as const, where: "system" as const, pattern: "librarian", why: "because I say so" };
  const own = smallSession(1);
  const other = span(5, [says("user", "Another question entirely, please.")], [says("assistant", "Fine.")]);
  const { roles } = transcriptOf({ ...own, spans: [...own.spans, other] }, callRoles([rule]));
  deepEqual(roles.map(({ role, why, calls: n }) => [role, why, n]), [["grader", "because I say so", 2], [
    "agent",
    "nothing says otherwise",
    1,
  ]]);
});

Deno.test("where only a simulated customer's calls are recorded, the conversation is read from its side", () => {
  const persona = says("system", "You are a user interacting with an agent. You want to cancel order 7.");
  const [hello, wish, done] = [
    says("user", "How can I help?"),
    says("assistant", "Cancel order 7."),
    says("user", "Done."),
  ];
  const row = session([
    span(1, [persona, hello], [wish], { toolDefinitions: null }),
    span(2, [persona, hello, wish, done], [says("assistant", "Thanks, bye.")], { toolDefinitions: null }),
  ]);
  const { view, items, task } = transcriptOf(row);
  equal(view, "customer");
  match(task, /order 7/);
  deepEqual(items.map(({ kind }) => kind), ["system", "assistant", "user", "assistant", "user"]);
});

function match(text: string | null, pattern: RegExp): void {
  ok(text !== null && pattern.test(text), `${text} does not match ${pattern}`);
}

Deno.test("sub-agents are conversations of their own", () => {
  const sub = says("user", "Sub-task: read every file in the folder and report their sizes, one a line.");
  const row = smallSession(1);
  const [first, second] = [row.spans[0]!, row.spans[1]!];
  const inner = span(1, [says("system", "You are a librarian."), sub], [says("assistant", "a 1\nb 2")]);
  const { items } = transcriptOf({ ...row, spans: [first, { ...inner, startTime: second.startTime }, second] });
  deepEqual([...new Set(items.map((item) => item.thread))], [1, 2]);
  equal(items.filter((item) => item.text === "The title is Book 1.").length, 1);
});

Deno.test("a model call that failed is told with its reason", () => {
  const row = smallSession(1);
  const failed = span(9, [], [], {
    status: { code: 2, message: "overloaded" },
    inputMessages: null,
    outputMessages: null,
  });
  const { items, unrecorded } = transcriptOf({ ...row, spans: [...row.spans, failed] });
  deepEqual([items.at(-1)!.kind, items.at(-1)!.text, items.at(-1)!.error], ["fault", "overloaded", true]);
  equal(unrecorded, 1);
});

Deno.test("texts that are not JSON are told as they are and counted", () => {
  const row = session([span(1, [], [], { inputMessages: "{broken", outputMessages: '[{"role":"assistant"' })]);
  const { items, malformed } = transcriptOf(row);
  deepEqual(items.map(({ text }) => text), ["{broken", '[{"role":"assistant"']);
  equal(malformed, 2);
});

Deno.test("no text of the last call is lost, whatever the conversation", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const turn = fc.record({ say: word, result: word, repeatAll: fc.boolean() });
  fc.assert(fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), (turns) => {
    const history: RecordedMessage[] = [says("user", "start")];
    const spans = turns.map(({ say, result, repeatAll }, i) => {
      const input = repeatAll || i === turns.length - 1 ? [...history] : history.slice(-3);
      const call = calls(`c${i}`, "do", { say });
      history.push(call, returns(`c${i}`, result));
      return span(i, input, [call]);
    });
    const told = transcriptOf(session(spans)).items.map((item) => item.text);
    for (const message of JSON.parse(messagesText(spans.at(-1)!.inputMessages)!) as RecordedMessage[]) {
      const part = message.parts[0]!;
      const text = part.content ?? part.result ?? JSON.stringify(part.arguments);
      ok(told.includes(text as string), `lost: ${text}`);
    }
  }));
});
