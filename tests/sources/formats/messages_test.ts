import assert from "node:assert/strict";
import type { TraceRow } from "../../../lib/model/mod.ts";
import { parseMapping } from "../../../lib/sources/mapping/load.ts";
import { isFault, openTraces } from "../../../lib/sources/mod.ts";
import { sessionOf } from "../../../lib/traces/mod.ts";
import { needs } from "../../support/needs.ts";
import { lines, readFiles, told } from "./read.ts";

const ask = { role: "user", content: "Which shelf holds the atlas?" };
const call = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "c1", type: "function", function: { name: "find_book", arguments: '{"title":"atlas"}' } }],
};
const result = { role: "tool", tool_call_id: "c1", name: "find_book", content: "shelf 9" };
const answer = { role: "assistant", content: "It stands on shelf 9." };
const CHAT = {
  calls: 2,
  messages: ["user", "assistant", "tool", "assistant"],
  toolCalls: 1,
  characters: 28 + 17 + 7 + 21,
  tokens: [null, null, null],
  task: ask.content,
  answer: answer.content,
  models: ["m-small"],
};

for (
  const [name, record] of Object.entries({
    "a list": { messages: [ask, call, result, answer] },
    "a list as JSON text": { messages: JSON.stringify([ask, call, result, answer]) },
    "a list under another name": { trajectory: [ask, call, result, answer] },
  })
) {
  needs(["read", "write"], `chat messages kept as ${name} are a session whose answers are its calls`, async () => {
    const { rows, faults, stream } = await readFiles({
      "a.jsonl": lines({ id: "s1", model: "m-small", resolved: false, ...record }, { id: "s2", ...record }),
    });
    assert.deepEqual(faults, []);
    assert.deepEqual(rows.map(told), [{ sessionId: "s1", ...CHAT }, { sessionId: "s2", ...CHAT, models: [] }]);
    assert.deepEqual(rows.map((row) => row.grades?.success ?? null), [0, null]);
    assert.deepEqual(stream.found.map(({ id, lacks }) => [id, lacks]), [["chat-messages", ["tokens", "times"]]]);
  });
}

needs(["read", "write"], "a conversation without an id is named after its file", async () => {
  const { rows } = await readFiles({ "tuesday.json": JSON.stringify({ messages: [ask, answer] }) });
  assert.deepEqual(rows.map(({ sessionId }) => sessionId), ["tuesday"]);
});

needs(["read", "write"], "ShareGPT turns are messages of the chat format", async () => {
  const { rows } = await readFiles({
    "a.json": JSON.stringify([{
      id: "x",
      conversations: [{ from: "system", value: "You keep the books." }, { from: "human", value: "Where?" }, {
        from: "gpt",
        value: "Here.",
      }],
    }]),
  });
  assert.deepEqual(rows.map(told), [{
    sessionId: "x",
    calls: 1,
    messages: ["system", "user", "assistant"],
    toolCalls: 0,
    characters: 19 + 6 + 5,
    tokens: [null, null, null],
    task: "Where?",
    answer: "Here.",
    models: [],
  }]);
});

needs(["read", "write"], "tau-bench results are a session for each trial of a task", async () => {
  const run = (trial: number) => ({ task_id: 4, trial, reward: trial, info: {}, traj: [ask, call, result, answer] });
  const { rows } = await readFiles({ "a.json": JSON.stringify([run(0), run(1)]) });
  assert.deepEqual(rows.map(({ sessionId, grades }) => [sessionId, grades?.success]), [["4_0", 0], ["4_1", 1]]);
  assert.equal(told(rows[0]!).characters, CHAT.characters);
});

needs(["read", "write"], "tau2-bench results count the agent's tokens and no greeting as a call", async () => {
  const usage = (prompt_tokens: number, completion_tokens: number) => ({ prompt_tokens, completion_tokens });
  const at = (second: number) => `2026-02-01T10:00:0${second}`;
  const messages = [
    { role: "assistant", content: "Welcome to the library.", turn_idx: 0, timestamp: at(0), usage: null },
    { ...ask, turn_idx: 1, timestamp: at(1), usage: usage(900, 90), cost: 0.5 },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c1", name: "find_book", arguments: { title: "atlas" }, requestor: "assistant" }],
      timestamp: at(2),
      usage: usage(100, 11),
    },
    { role: "tool", id: "c1", content: "shelf 9", error: false, requestor: "assistant", timestamp: at(3) },
    { ...answer, timestamp: at(5), usage: usage(130, 7), cost: 0.01 },
  ];
  const { rows } = await readFiles({
    "a.json": JSON.stringify({
      info: {
        agent_info: { implementation: "llm_agent", llm: "m-small" },
        environment_info: { domain_name: "library" },
      },
      simulations: [{ id: "sim", task_id: "4", trial: 1, agent_cost: 0.02, reward_info: { reward: 1 }, messages }],
    }),
  });
  const [row] = rows;
  assert.deepEqual(told(row!), {
    ...CHAT,
    sessionId: "sim",
    messages: ["assistant", "user", "assistant", "tool", "assistant"],
    characters: CHAT.characters + 23,
    tokens: [230, 18, null],
  });
  assert.deepEqual([row!.benchmark, row!.harness, row!.grades?.agentUsd], ["library", "llm_agent", 0.02]);
  assert.deepEqual(row!.spans.map(({ startTime, endTime }) => [startTime, endTime]), [[at(1), at(2)], [at(3), at(5)]]);
});

needs(["read", "write"], "a file of no known kind is told what was found and what comes nearest", async () => {
  await assert.rejects(
    readFiles({ "a.jsonl": lines({ task_id: 1, trial: 0, reward: 1, steps: [] }) }),
    /first row is an object with task_id, trial, reward, steps\. Nearest is tau-bench results, but there is no traj\./,
  );
});

needs(["read", "write"], "what has a name or two in common with a format is not called near to it", async () => {
  await assert.rejects(
    readFiles({ "a.jsonl": lines({ type: "wire", id: "s", payload: {} }) }),
    /first row is an object with type, id, payload\. Say which is what with --mapping/,
  );
});

needs(["read", "write"], "a folder of several kinds is read kind by kind, and what is not read is named", async () => {
  const { rows, faults, stream } = await readFiles({
    "a.jsonl": lines({ id: "s1", messages: [ask, answer] }),
    "b.json": JSON.stringify([{ task_id: 4, trial: 0, reward: 0, info: {}, traj: [ask, answer] }]),
    "c.json": "{}",
  });
  assert.deepEqual(rows.map(({ sessionId }) => sessionId), ["s1", "4_0"]);
  assert.deepEqual(stream.found.map(({ id, files }) => [id, files]), [["chat-messages", 1], ["tau-bench", 1]]);
  assert.deepEqual(stream.unread.map(({ path }) => path.split("/").at(-1)), ["c.json"]);
  assert.equal(faults.length, 1);
});

needs(["read", "write"], "a mapping of one's own says where a record has its conversation", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${dir}/monday`);
    await Deno.writeTextFile(
      `${dir}/monday/a.json`,
      JSON.stringify({
        llm: "m-small",
        runs: [{
          problem: 4,
          n: 2,
          rules: "You keep the books.",
          log: [
            { who: "visitor", says: ask.content, when: "2026-02-01T10:00:00Z" },
            { who: "clerk", says: answer.content, when: "2026-02-01T10:00:02Z", used: { in: 9, out: 5 } },
          ],
          fine: true,
        }],
      }),
    );
    const mapping = {
      name: "own",
      form: "messages",
      records: "runs",
      session: {
        sessionId: { join: ["problem", "n"] },
        benchmark: { constant: "library" },
        harness: { file: "folder" },
        models: "^llm",
        taskId: "problem",
        trial: "n",
      },
      grades: { success: "fine", origin: "human" },
      messages: "log",
      system: "rules",
      message: {
        role: "who",
        content: "says",
        roles: { visitor: "user", clerk: "assistant" },
        inputTokens: "used.in",
        outputTokens: "used.out",
        time: "when",
      },
    };
    const stream = await openTraces(`${dir}/monday/a.json`, {
      mapping: parseMapping(JSON.stringify(mapping), "own.json"),
    });
    const rows = await Array.fromAsync(stream.rows());
    const [row] = rows.filter((row) => !isFault(row)) as TraceRow[];
    assert.deepEqual(told(row!), {
      sessionId: "4_2",
      calls: 1,
      messages: ["system", "user", "assistant"],
      toolCalls: 0,
      characters: 19 + 28 + 21,
      tokens: [9, 5, null],
      task: ask.content,
      answer: answer.content,
      models: ["m-small"],
    });
    assert.deepEqual([row!.benchmark, row!.harness, row!.taskId, row!.trial], ["library", "monday", "4", "2"]);
    assert.deepEqual([row!.grades?.success, row!.grades?.origin], [1, "human"]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("a fault of a mapping of conversations is named with its field", () => {
  const mapping = { name: "own", form: "messages", session: { sessionId: { joins: ["a"] } }, messages: "log" };
  assert.throws(
    () => parseMapping(JSON.stringify(mapping), "own.json"),
    /own\.json, field "session\.sessionId": expected a path/,
  );
});

needs(["read", "write"], "rows of one task without ids of their own are told apart by a number", async () => {
  const row = (text: string) => ({
    instance_id: "lib-7",
    target: false,
    trajectory: [ask, { ...answer, content: text }],
  });
  const { rows } = await readFiles({ "a.jsonl": lines(row("a"), row("b")) });
  assert.deepEqual(rows.map(({ sessionId, taskId, grades }) => [sessionId, taskId, grades?.success]), [
    ["lib-7", "lib-7", 0],
    ["lib-7#2", "lib-7", 0],
  ]);
});

needs(
  ["read", "write"],
  "turns of agents' trajectories with text in the place of content are read, without their bookkeeping",
  async () => {
    const turn = (role: string, text: string | null, system_prompt: string | null = null) => ({
      role,
      text,
      system_prompt,
      mask: false,
      cutoff_date: "01.01.2023",
    });
    const trajectory = [
      turn("system", null, "You keep the books."),
      turn("user", ask.content),
      turn("ai", answer.content),
    ];
    const { rows } = await readFiles({ "a.jsonl": lines({ instance_id: "i", model_name: "m-small", trajectory }) });
    const { messages, characters, answer: said } = told(rows[0]!);
    assert.deepEqual([messages, characters, said], [["system", "user", "assistant"], 19 + 28 + 21, answer.content]);
  },
);

needs(["read", "write"], "ShareGPT's calls of functions are tool calls", async () => {
  const { rows } = await readFiles({
    "a.json": JSON.stringify([{
      tools: "[]",
      conversations: [
        { from: "human", value: ask.content },
        { from: "function_call", value: '{"name": "find_book", "arguments": {"title": "atlas"}}' },
        { from: "observation", value: "shelf 9" },
        { from: "gpt", value: answer.content },
      ],
    }]),
  });
  assert.deepEqual(told(rows[0]!), { ...CHAT, sessionId: "a", models: [] });
});

needs(["read", "write"], "in a log of several agents everyone but people and tools is the model", async () => {
  const { rows } = await readFiles({
    "a.json": JSON.stringify({
      question: "Where is the atlas?",
      question_ID: "q1",
      is_correct: false,
      mistake_agent: "Finder",
      mistake_step: "1",
      history: [
        { content: "Find the atlas.", role: "assistant", name: "Finder" },
        { content: "exitcode: 0", role: "user", name: "Computer_terminal" },
        { content: "On shelf 9.", role: "user", name: "Checker" },
      ],
    }),
  });
  const { messages, calls, task } = told(rows[0]!);
  assert.deepEqual([messages, calls, rows[0]!.taskId], [["user", "tool", "assistant"], 1, "q1"]);
  assert.match(task!, /^Find the atlas\./);
});

needs(["read", "write"], "multi-turn entries of BFCL have their turns in the log, and tokens by step", async () => {
  const step = (content: unknown, ...results: string[]) => [
    { role: "assistant", content },
    { role: "handler_log", content: "Successfully decoded model response." },
    ...results.map((content) => ({ role: "tool", content })),
  ];
  const { rows } = await readFiles({
    "m-small/BFCL_v3_multi_turn_base_result.json": lines({
      id: "multi_turn_base_0",
      result: [[[{ find_book: ARGS }], ANSWER]],
      input_token_count: [[100, 130]],
      output_token_count: [[20, 7]],
      latency: [[1, 1]],
      inference_log: [
        [{ role: "state_info", content: {} }],
        {
          begin_of_turn_query: [{ role: "user", content: ask.content }],
          step_0: step([{ find_book: '{"title":"atlas"}' }], "shelf 9"),
          step_1: step(answer.content),
        },
      ],
    }),
    "m-small/BFCL_v3_simple_result.json": lines({
      id: "simple_0",
      result: [{ find_book: '{"title":"atlas"}' }],
      input_token_count: 50,
      output_token_count: 5,
      latency: 0.5,
    }),
  });
  assert.deepEqual(told(rows[0]!), { ...CHAT, sessionId: "multi_turn_base_0", tokens: [230, 27, null] });
  assert.deepEqual([told(rows[1]!).toolCalls, told(rows[1]!).tokens, rows[1]!.taskId], [1, [50, 5, null], "simple_0"]);
});
const ARGS = '{"title":"atlas"}';
const ANSWER = answer.content;

needs(
  ["read", "write"],
  "a name of a mapping of conversations that is nowhere is an error with the nearest one",
  async () => {
    const dir = await Deno.makeTempDir();
    try {
      const path = `${dir}/desk.json`;
      const log = [{ who: "user", says: "Hello" }, { who: "assistant", says: "Good day", used: { out: 5 } }];
      await Deno.writeTextFile(path, JSON.stringify({ llm: "m", runs: [{ nr: 1, suite: null, log }] }));
      const open = (layout: Record<string, unknown>, message: Record<string, unknown> = {}) =>
        openTraces(path, {
          mapping: parseMapping(
            JSON.stringify({
              name: "own",
              form: "messages",
              records: "runs",
              session: { sessionId: "nr", ...layout },
              messages: "log",
              message: { role: "who", content: "says", ...message },
            }),
            "own.json",
          ),
        });
      await assert.rejects(
        () => open({ taskId: "nrr" }),
        /desk\.json: session\.taskId: no record has "nrr"; the nearest there is "nr"; a record has nr, suite, log\. Correct/,
      );
      await assert.rejects(() => open({ models: "^lm" }), /session\.models: no record has "\^lm"/);
      await assert.rejects(
        () => open({}, { outputTokens: "used.outs" }),
        /message\.outputTokens: no message has "used\.outs"; the nearest there is "used\.out"/,
      );
      // What may be missing, what is there but null, and what has another place is no fault.
      for (const layout of [{ taskId: "nrr?" }, { benchmark: "suite" }, { benchmark: ["no", { constant: "desk" }] }]) {
        const rows = await Array.fromAsync((await open(layout, { outputTokens: "used.out" })).rows());
        assert.equal(rows.filter((row) => !isFault(row)).length, 1);
      }
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
);

needs(
  ["read", "write"],
  "where nothing before an answer has a time, when its call began is unknown, not when it ended",
  async () => {
    const at = (message: object, second: number) => ({ ...message, timestamp: `2026-02-01T00:00:0${second}Z` });
    const { rows } = await readFiles({
      "chat.jsonl": lines({ id: "s1", model: "m", messages: [ask, at(answer, 5)] }, {
        id: "s2",
        model: "m",
        messages: [at(ask, 3), at(answer, 5)],
      }),
    });
    assert.deepEqual(rows.map((row) => sessionOf(row).durationS), [null, 2]);
  },
);
