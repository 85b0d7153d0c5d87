import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { heard, lines, readFiles, told } from "./read.ts";

const json = JSON.stringify;
const ASK = "Which shelf holds the atlas?";
const ANSWER = "It stands on shelf 9.";
const at = (second: number) => `2026-03-01T09:00:0${second}.000Z`;
const STORY = {
  calls: 2,
  messages: ["user", "assistant", "tool", "assistant"],
  toolCalls: 1,
  characters: ASK.length + 17 + 7 + ANSWER.length,
  tokens: [230, 27, 100],
  task: ASK,
  answer: ANSWER,
  models: ["m-small"],
};
const call = { id: "c1", type: "function", function: { name: "find_book", arguments: '{"title":"atlas"}' } };

needs(["read", "write"], "SWE-agent's steps are calls, which share the tokens of the run by their length", async () => {
  const history = [
    { role: "system", content: "You are in a library.", agent: "main", message_type: "system_prompt" },
    { role: "user", content: "A demonstration", agent: "main", is_demo: true },
    { role: "assistant", content: "demo", agent: "main", is_demo: true, action: "x" },
    { role: "user", content: [{ type: "text", text: ASK }], agent: "main", message_type: "observation" },
    { role: "assistant", content: "I look.", agent: "main", action: "find", tool_calls: [call], thought: "I look." },
    { role: "tool", content: "shelf 9", agent: "main", tool_call_ids: ["c1"], message_type: "observation" },
    { role: "assistant", content: ANSWER, agent: "main", action: "submit" },
  ];
  const elided = history.slice(0, 6).map((one) => one.role === "tool" ? { ...one, content: "(left out)" } : one);
  const step = (response: string, query: unknown) => ({ action: "a", observation: "o", response, query, state: {} });
  const trajectory = [step("I look.", history.slice(0, 4)), step(ANSWER, elided)];
  const stats = { instance_cost: 0.05, tokens_sent: 331, tokens_received: 31, api_calls: 2 };
  const run = {
    environment: "main",
    trajectory,
    history,
    info: { exit_status: "submitted", model_stats: stats },
    replay_config: json({ agent: { model: { name: "m-small" } } }),
  };
  const { rows, stream } = await readFiles({
    "run-1/lib-7/lib-7.traj": json(run),
    "run-2/lib-7/lib-7.traj": json(run),
  });
  assert.deepEqual(rows.map(({ sessionId }) => sessionId), ["run-1/lib-7", "run-2/lib-7"]);
  const { tokens, models, ...rest } = told(rows[0]!);
  assert.deepEqual([tokens, models], [[331, 31, null], ["m-small"]]);
  assert.deepEqual([rest.calls, rest.toolCalls, rest.task], [2, 1, ASK]);
  assert.deepEqual(rows[0]!.spans.map(heard), [4, 6]);
  assert.ok(rest.messages.includes("tool"));
  const [{ grades, taskId }] = rows as [typeof rows[0] & object];
  assert.deepEqual([grades?.agentUsd, grades?.status, taskId], [0.05, "submitted", "lib-7"]);
  assert.equal(stream.found[0]!.id, "swe-agent");
});

needs(
  ["read", "write"],
  "mini-swe-agent's trajectory has tokens and times where its messages keep the response",
  async () => {
    const extra = (n: number, prompt_tokens: number, completion_tokens: number) => ({
      timestamp: 1_770_000_000 + n,
      response: { model: "m-small-1", usage: { prompt_tokens, completion_tokens } },
    });
    const { rows } = await readFiles({
      "lib-7.traj.json": json({
        trajectory_format: "mini-swe-agent-1.1",
        info: {
          model_stats: { instance_cost: 0.5 },
          config: { model: { model_name: "m-small" } },
          exit_status: "Submitted",
        },
        messages: [
          { role: "user", content: ASK },
          { role: "assistant", content: "ls", extra: extra(2, 100, 20) },
          { role: "user", content: "shelf 9", extra: { timestamp: 1_770_000_003 } },
          { role: "assistant", content: ANSWER, extra: extra(5, 130, 7) },
          { role: "exit", content: "", extra: { exit_status: "Submitted" } },
        ],
      }),
    });
    const [row] = rows;
    assert.deepEqual(told(row!).tokens, [230, 27, null]);
    assert.deepEqual([row!.sessionId, row!.harness, row!.grades?.agentUsd], ["lib-7", "mini-swe-agent", 0.5]);
    assert.deepEqual(row!.spans.map(({ responseModel }) => responseModel), ["m-small-1", "m-small-1"]);
  },
);

const response = (
  id: string,
  message: unknown,
  prompt_tokens: number,
  cached_tokens: number,
  completion_tokens: number,
) => ({
  id,
  model: "m-small",
  choices: [{ message }],
  usage: { prompt_tokens, completion_tokens, prompt_tokens_details: { cached_tokens } },
});
const EVENTS = [
  { id: 0, timestamp: at(0), source: "user", action: "message", message: ASK, args: { content: ASK } },
  { id: 1, timestamp: at(0), source: "environment", observation: "agent_state_changed", content: "", extras: {} },
  {
    id: 2,
    timestamp: at(2),
    source: "agent",
    action: "run",
    args: { command: "find" },
    tool_call_metadata: {
      tool_call_id: "c1",
      model_response: response("r1", { role: "assistant", content: null, tool_calls: [call] }, 100, 0, 20),
    },
  },
  { id: 3, timestamp: at(3), source: "agent", observation: "run", cause: 2, content: "shelf 9", extras: {} },
  {
    id: 4,
    timestamp: at(5),
    source: "agent",
    action: "finish",
    args: { final_thought: ANSWER },
    tool_call_metadata: {
      tool_call_id: "c2",
      model_response: response("r2", { role: "assistant", content: ANSWER }, 130, 100, 7),
    },
  },
];

needs(["read", "write"], "OpenHands' evaluation rows and files of events tell the same session", async () => {
  const row = {
    instance_id: "lib-7",
    metadata: { llm_config: { model: "m-small" }, dataset: "library" },
    report: { resolved: true },
    history: EVENTS,
    metrics: { accumulated_cost: 0.5 },
  };
  const { rows, stream } = await readFiles({ "output.jsonl": lines(row) });
  assert.deepEqual(rows.map(told), [{ sessionId: "lib-7", ...STORY }]);
  const [{ grades, benchmark, taskId }] = rows as [typeof rows[0] & object];
  assert.deepEqual([grades?.success, grades?.agentUsd, benchmark, taskId], [1, 0.5, "library", "lib-7"]);
  assert.equal(stream.found[0]!.id, "openhands");
  const alone = await readFiles({ "trajectory.json": json(EVENTS) });
  assert.deepEqual(alone.rows.map(told), [{ sessionId: "trajectory", ...STORY }]);
});

needs(
  ["read", "write"],
  "OpenHands' actions of one response are one call, and forgotten events leave the context",
  async () => {
    const two = { ...EVENTS[2], id: 5, tool_call_metadata: { ...EVENTS[2]!.tool_call_metadata, tool_call_id: "c9" } };
    const condensation = {
      id: 6,
      timestamp: at(4),
      source: "agent",
      action: "condensation",
      args: { forgotten_event_ids: [2, 3], summary: "It was looked for.", summary_offset: 1 },
    };
    const [ask, , run, result, finish] = EVENTS;
    const { rows } = await readFiles({ "t.json": json([ask, run, two, result, condensation, finish]) });
    assert.deepEqual(rows[0]!.spans.map(heard), [1, 2]);
  },
);

needs(["read", "write"], "events of OpenHands' SDK are read", async () => {
  const event = (kind: string, source: string, second: number, more: object) => ({
    id: `e${second}`,
    kind,
    source,
    timestamp: at(second),
    ...more,
  });
  const text = (text: string) => [{ type: "text", text }];
  const { rows } = await readFiles({
    "t.jsonl": lines(
      event("MessageEvent", "user", 0, { llm_message: { role: "user", content: text(ASK) } }),
      event("ActionEvent", "agent", 2, {
        thought: [],
        tool_name: "find_book",
        tool_call_id: "c1",
        tool_call: { id: "c1", name: "find_book", arguments: '{"title":"atlas"}' },
        llm_response_id: "r1",
        action: { kind: "FindAction" },
      }),
      event("ObservationEvent", "environment", 3, { tool_call_id: "c1", observation: { content: text("shelf 9") } }),
      event("MessageEvent", "agent", 5, {
        llm_message: { role: "assistant", content: text(ANSWER) },
        llm_response_id: "r2",
      }),
    ),
  });
  assert.deepEqual(told(rows[0]!), { ...STORY, sessionId: "t", tokens: [null, null, null], models: [] });
});

needs(["read", "write"], "ATIF's steps of the agent are calls with their metrics", async () => {
  const { rows, stream } = await readFiles({
    "t.json": json({
      schema_version: "ATIF-v1.4",
      session_id: "s1",
      agent: { name: "terminus", version: "2", model_name: "m-small" },
      steps: [
        { step_id: 1, timestamp: at(0), source: "user", message: ASK },
        {
          step_id: 2,
          timestamp: at(2),
          source: "agent",
          message: "",
          tool_calls: [{ tool_call_id: "c1", function_name: "find_book", arguments: { title: "atlas" } }],
          observation: { results: [{ source_call_id: "c1", content: "shelf 9" }] },
          metrics: { prompt_tokens: 100, completion_tokens: 20, cached_tokens: 0, cost_usd: 0.1 },
        },
        {
          step_id: 3,
          timestamp: at(5),
          source: "agent",
          message: ANSWER,
          reasoning_content: "Shelf 9, then.",
          metrics: { prompt_tokens: 130, completion_tokens: 7, cached_tokens: 100, cost_usd: 0.2 },
        },
      ],
      final_metrics: { total_prompt_tokens: 230, total_completion_tokens: 27, total_cost_usd: 0.3 },
    }),
  });
  assert.deepEqual(rows.map(told), [{ sessionId: "s1", ...STORY }]);
  assert.deepEqual([rows[0]!.harness, rows[0]!.grades?.agentUsd, stream.found[0]!.version], [
    "terminus",
    0.3,
    "ATIF-v1.4",
  ]);
});

needs(["read", "write"], "Docent's transcripts of a run are one session", async () => {
  const function_call = { id: "c1", function: "find_book", arguments: { title: "atlas" }, type: "function" };
  const messages = [
    { role: "user", content: ASK },
    { role: "assistant", content: "", tool_calls: [function_call], model: "m-small" },
    { role: "tool", content: "shelf 9", tool_call_id: "c1", function: "find_book" },
    { role: "assistant", content: [{ type: "text", text: ANSWER }], model: "m-small" },
  ];
  const run = {
    id: "s1",
    metadata: { scores: { solved: true }, task_id: "lib-7" },
    transcript_groups: [],
    transcripts: [{ id: "t", messages, metadata: {} }, { id: "u", messages: messages.slice(0, 2) }],
  };
  const { rows } = await readFiles({ "runs.json": json([run]) });
  const { calls, ...rest } = told(rows[0]!);
  assert.deepEqual({ ...rest, calls: 2 }, { ...STORY, sessionId: "s1", tokens: [null, null, null] });
  assert.deepEqual([calls, rows[0]!.grades?.success, rows[0]!.taskId], [3, 1, "lib-7"]);
});

const PI = [
  { type: "session", version: 3, id: "s1", timestamp: at(0), cwd: "/library" },
  { type: "message", id: "1", parentId: null, timestamp: at(0), message: { role: "user", content: ASK } },
  {
    type: "message",
    id: "2",
    parentId: "1",
    timestamp: at(2),
    message: {
      role: "assistant",
      model: "m-small",
      content: [{ type: "toolCall", id: "c1", name: "find_book", arguments: { title: "atlas" } }],
      usage: { input: 100, output: 20, cacheRead: 0, cacheWrite: 0, totalTokens: 120, cost: { total: 0.1 } },
      stopReason: "toolUse",
    },
  },
  {
    type: "message",
    id: "3",
    parentId: "2",
    timestamp: at(3),
    message: {
      role: "toolResult",
      toolCallId: "c1",
      toolName: "find_book",
      content: [{ type: "text", text: "shelf 9" }],
      isError: false,
    },
  },
  {
    type: "message",
    id: "4",
    parentId: "3",
    timestamp: at(5),
    message: {
      role: "assistant",
      model: "m-small",
      content: [{ type: "thinking", thinking: "Nine." }, { type: "text", text: ANSWER }],
      usage: { input: 30, output: 7, cacheRead: 100, cacheWrite: 0, cost: { total: 0.2 } },
      stopReason: "stop",
    },
  },
];

needs(["read", "write"], "Pi's input tokens leave out the cache, and its costs are added up", async () => {
  const { rows, stream } = await readFiles({ "s.jsonl": lines(...PI) });
  assert.deepEqual(rows.map(told), [{ sessionId: "s1", ...STORY }]);
  assert.deepEqual([rows[0]!.harness, stream.found[0]!.id], ["pi", "pi"]);
  assert.ok(Math.abs(rows[0]!.grades!.agentUsd! - 0.3) < 1e-9);
});

needs(["read", "write"], "a message of Pi's that answers an earlier one begins a branch there", async () => {
  const again = { ...PI[4], id: "5", parentId: "1" };
  const { rows } = await readFiles({ "s.jsonl": lines(...PI, again) });
  assert.deepEqual(rows[0]!.spans.map(heard), [1, 3, 1]);
});

needs(["read", "write"], "the Hub's simple trace format names its harness", async () => {
  const message = (message: unknown) => ({ type: "message", message });
  const { rows } = await readFiles({
    "s.jsonl": lines(
      { type: "session", harness: "spade", id: "s1", name: "atlas" },
      message({ role: "user", content: ASK }),
      message({ role: "assistant", content: "", tool_calls: [call] }),
      message({ role: "tool", tool_call_id: "c1", content: "shelf 9" }),
      message({ role: "assistant", content: ANSWER }),
    ),
  });
  assert.deepEqual(told(rows[0]!), { ...STORY, sessionId: "s1", tokens: [null, null, null], models: [] });
  assert.equal(rows[0]!.harness, "spade");
});

needs(["read", "write"], "a file of one message a row is a conversation", async () => {
  const { rows } = await readFiles({
    "monday.jsonl": lines({ role: "user", content: ASK }, { role: "assistant", content: ANSWER }),
  });
  assert.deepEqual(rows.map((row) => [row.sessionId, told(row).messages]), [["monday", ["user", "assistant"]]]);
});

needs(["read", "write"], "an issue that OpenHands' resolver worked on is a task, judged by a model", async () => {
  const { rows } = await readFiles({
    "output.jsonl": lines({
      issue: { owner: "ada", repo: "library", number: 5, title: "Shelf" },
      history: EVENTS,
      metrics: { accumulated_cost: 0.5 },
      success: true,
      result_explanation: "The shelf was found.",
    }),
  });
  const [row] = rows;
  assert.deepEqual([row!.sessionId, row!.taskId, row!.grades?.success, row!.grades?.origin, row!.grades?.agentUsd], [
    "ada/library#5",
    "ada/library#5",
    1,
    "judge",
    0.5,
  ]);
});

needs(
  ["read", "write"],
  "a trial of Harbor has the reward and the task of the result beside its trajectory",
  async () => {
    const trajectory = (session_id: string) =>
      json({
        schema_version: "ATIF-v1.5",
        session_id,
        agent: { name: "terminus", version: "2", model_name: "m-small" },
        steps: [
          { step_id: 1, source: "user", message: ASK },
          { step_id: 2, source: "agent", message: ANSWER, metrics: { prompt_tokens: 100, completion_tokens: 20 } },
        ],
      });
    const result = (trial_name: string, reward: number) =>
      json({
        trial_name,
        task_name: "find-book",
        source: "library",
        agent_info: { name: "terminus" },
        agent_result: { cost_usd: 0.25 },
        config: { job_id: "j1" },
        verifier_result: { rewards: { reward } },
        exception_info: reward ? null : { exception_type: "AgentTimeoutError" },
      });
    const { rows, faults } = await readFiles({
      "a/agent/trajectory.json": trajectory("s1"),
      "a/result.json": result("a", 1),
      "b/agent/trajectory.json": trajectory("s2"),
      "b/result.json": result("b", 0),
      "c/result.json": result("c", 1),
    });
    assert.deepEqual(
      rows.map(({ sessionId, benchmark, taskId, grades }) => [
        sessionId,
        benchmark,
        taskId,
        grades?.success,
        grades?.score,
        grades?.status,
        grades?.agentUsd,
      ]),
      [
        ["s1", "library", "find-book", 1, 1, null, 0.25],
        ["s2", "library", "find-book", 0, 0, "AgentTimeoutError", 0.25],
      ],
    );
    assert.match(faults[0]!.fault, /c\/result\.json.*agent\/trajectory\.json/);
  },
);

needs(
  ["read", "write"],
  "a trial of Harbor without a trajectory gives its reward to the session that the agent's own log tells",
  async () => {
    const line = (type: string, more: object) => ({ type, session_id: "s1", parent_tool_use_id: null, ...more });
    const message = { id: "m1", role: "assistant", model: "m-small", content: [{ type: "text", text: ANSWER }] };
    const { rows, faults, stream } = await readFiles({
      "t/result.json": json({
        trial_name: "t",
        task_name: "find-book",
        source: "library",
        agent_info: { name: "claude-code" },
        config: { job_id: "j1" },
        verifier_result: { rewards: { reward: 1 } },
      }),
      "t/agent/claude-code.txt": lines(
        line("system", { subtype: "init", tools: [], uuid: "u0" }),
        line("user", { message: { role: "user", content: ASK }, uuid: "u1" }),
        line("assistant", { message, uuid: "u2" }),
      ),
      "t/agent/sessions/todos/a.json": "[]",
      "t/verifier/reward.json": json({ reward: 1 }),
    });
    assert.deepEqual(faults, []);
    assert.deepEqual(
      rows.map(({ sessionId, benchmark, taskId, run, grades }) => [
        ...[sessionId, benchmark, taskId, run],
        ...[grades?.success, grades?.origin],
      ]),
      [["s1", "library", "find-book", "j1", 1, "official"]],
    );
    assert.deepEqual(stream.passedOver.map(({ path }) => path.split("/").at(-1)).toSorted(), ["a.json", "reward.json"]);
  },
);

needs(
  ["read", "write"],
  "what OpenHands counted of a whole conversation is shared by its calls, and its errors are told",
  async () => {
    const event = (i: number, kind: string, source: string, more: object) => ({
      ...{ id: `e${i}`, timestamp: `2026-01-01T00:00:0${i}`, kind, source },
      ...more,
    });
    const call = { id: "c1", name: "terminal", arguments: "{}", origin: "completion" };
    const { rows } = await readFiles({
      "events.jsonl": lines(
        event(0, "MessageEvent", "user", { llm_message: { role: "user", content: [{ type: "text", text: ASK }] } }),
        event(1, "ActionEvent", "agent", { thought: [], tool_call: call, tool_call_id: "c1", llm_response_id: "r0" }),
        event(2, "AgentErrorEvent", "agent", { error: "no such tool", tool_name: "terminal", tool_call_id: "c1" }),
        event(3, "MessageEvent", "agent", {
          llm_message: { role: "assistant", content: [{ type: "text", text: ANSWER }] },
          llm_response_id: "r1",
        }),
        event(4, "ConversationStateUpdateEvent", "environment", {
          key: "full_state",
          value: {
            stats: {
              usage_to_metrics: {
                agent: {
                  model_name: "m-small",
                  accumulated_cost: 0.5,
                  accumulated_token_usage: { prompt_tokens: 230, completion_tokens: 27, cache_read_tokens: 100 },
                },
              },
            },
          },
        }),
      ),
    });
    const { tokens, models, messages } = told(rows[0]!);
    assert.deepEqual([tokens, models], [[230, 27, 100], ["m-small"]]);
    assert.deepEqual(messages, ["user", "assistant", "tool", "assistant"]);
    assert.equal(rows[0]!.grades?.agentUsd, 0.5);
  },
);
