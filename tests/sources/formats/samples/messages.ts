/** Conversations as lists of messages. @module */
import { lines } from "../read.ts";
import { ANSWER, answer, ARGS, ASK, at, call, CHAT, fn, json, parsedArgs, RESULT, usage, user } from "./session.ts";

const csv = (...rows: Record<string, string>[]) =>
  [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n");
const simulation = {
  id: "s1",
  task_id: "7",
  trial: 0,
  messages: [
    { ...user, turn_idx: 0, timestamp: at(0) },
    { ...call, tool_calls: [{ id: "c1", name: fn.name, arguments: parsedArgs }], usage: usage(0), timestamp: at(1) },
    { role: "tool", id: "c1", content: RESULT, timestamp: at(2) },
    { ...answer, usage: usage(1), timestamp: at(3) },
  ],
};
/** What LangChain's messages dump. */
const langchain = [
  { type: "human", content: ASK, additional_kwargs: {}, response_metadata: {}, id: "h1", example: false },
  {
    type: "ai",
    content: "",
    additional_kwargs: { refusal: null },
    response_metadata: { model_name: "m-small", finish_reason: "tool_calls" },
    id: "run-1",
    tool_calls: [{ name: fn.name, args: parsedArgs, id: "c1", type: "tool_call" }],
    invalid_tool_calls: [],
    usage_metadata: { input_tokens: 100, output_tokens: 20, total_tokens: 120, input_token_details: { cache_read: 0 } },
  },
  { type: "tool", content: RESULT, name: fn.name, id: "t1", tool_call_id: "c1", artifact: null, status: "success" },
  {
    type: "ai",
    content: ANSWER,
    response_metadata: { model_name: "m-small" },
    id: "run-2",
    tool_calls: [],
    usage_metadata: { input_tokens: 130, output_tokens: 7, total_tokens: 137 },
  },
];
const CLASSES: Record<string, string> = { human: "HumanMessage", ai: "AIMessage", tool: "ToolMessage" };
const agent = (message: (typeof CHAT)[number]) =>
  message.role === "assistant" ? { ...message, role: "agent" } : message;

export const MESSAGE_SAMPLES = {
  "bfcl": {
    "m-small/a.json": lines({
      id: "s1",
      result: [[[{ [fn.name]: ARGS }], ANSWER]],
      input_token_count: [[100, 130]],
      output_token_count: [[20, 7]],
      latency: [[1, 1]],
      inference_log: [{
        begin_of_turn_query: [user],
        step_0: [{ role: "assistant", content: [{ [fn.name]: ARGS }] }, { role: "tool", content: RESULT }],
        step_1: [{ role: "assistant", content: ANSWER }],
      }],
    }),
  },
  "tau-bench": {
    "a.json": json([{ task_id: "s", trial: 1, reward: 1, info: { model: "m-small" }, traj: CHAT }]),
  },
  "tau2-bench": {
    "a.json": json({
      info: { agent_info: { implementation: "llm_agent", llm: "m-small" } },
      simulations: [simulation],
    }),
  },
  "tau2-simulation": { "simulations/sim_0.json": json({ ...simulation, termination_reason: "user_stop" }) },
  "langchain": { "s1.json": json({ messages: langchain, model: "m-small" }) },
  "langchain:dumps": {
    "s1.json": json({
      messages: langchain.map(({ type, ...kwargs }) => ({
        lc: 1,
        type: "constructor",
        id: ["langchain", "schema", "messages", CLASSES[type]],
        kwargs,
      })),
    }),
  },
  "langgraph": {
    "history.json": json([4, 3, 1].map((n) => ({
      values: { messages: langchain.slice(0, n) },
      next: [],
      config: { configurable: { thread_id: "s1" } },
      created_at: at(n),
    }))),
  },
  "agentbench": {
    "os/runs.jsonl": lines({
      index: "s1",
      error: null,
      output: { status: "completed", result: { result: true }, history: CHAT.map(agent) },
      time: { timestamp: 1_770_000_000_000 },
    }),
  },
  "continue": {
    "s1.json": json({
      sessionId: "s1",
      title: "Atlas",
      workspaceDirectory: "/desk",
      chatModelTitle: "m-small",
      history: [
        { message: user, contextItems: [], editorState: {} },
        { message: { ...answer, content: "", toolCalls: call.tool_calls }, contextItems: [] },
        { message: { role: "tool", toolCallId: "c1", content: RESULT }, contextItems: [] },
        { message: answer, contextItems: [], promptLogs: [{ prompt: ASK, completion: ANSWER }] },
      ],
    }),
  },
  "open-webui": {
    "chats.json": json([{
      id: "s1",
      title: "Atlas",
      chat: {
        models: ["m-small"],
        history: { messages: {}, currentId: "m3" },
        messages: CHAT.map((message, i) => ({
          ...message,
          id: `m${i}`,
          parentId: i ? `m${i - 1}` : null,
          childrenIds: [],
          timestamp: 1_770_000_000 + i,
          ...(i % 2 ? { modelName: "m-small", done: true, usage: usage((i - 1) / 2) } : { models: ["m-small"] }),
        })),
      },
      created_at: 1_770_000_000,
    }]),
  },
  "langchain-file": { "s1.json": json(langchain.map((data) => ({ type: data.type, data }))) },
  "swe-agent-messages": {
    "a.jsonl": lines({
      traj_id: "s1",
      model: "m-small",
      messages: json(CHAT.map((message) => {
        const kept = { ...message, agent: "main", message_type: "action", thought: message.content, action: "find" };
        return message.role === "tool" ? { ...kept, tool_call_id: undefined, tool_call_ids: ["c1"] } : kept;
      })),
    }),
  },
  "agentdojo": {
    "a.json": json({
      suite_name: "s",
      user_task_id: "1",
      messages: CHAT.map((message) =>
        message.role === "tool" ? { ...message, tool_call: { function: fn.name } } : message
      ),
      utility: true,
      security: true,
    }),
  },
  "chat-messages": { "a.jsonl": lines({ id: "s1", model: "m-small", messages: CHAT }) },
  "chat-messages:conversations": { "a.json": json([{ id: "s1", model: "m-small", conversations: CHAT }]) },
  "chat-messages:text": { "a.jsonl": lines({ id: "s1", model: "m-small", messages: json(CHAT) }) },
  "chat-messages:CSV": { "a.csv": csv({ id: "s1", model: "m-small", messages: json(CHAT) }) },
  "sharegpt": {
    "a.json": json([{
      id: "s1",
      model: "m-small",
      conversations: [
        { from: "human", value: ASK },
        { from: "function_call", value: json({ name: fn.name, arguments: parsedArgs }) },
        { from: "observation", value: RESULT },
        { from: "gpt", value: ANSWER },
      ],
    }]),
  },
  "conversation-file": { "s1.jsonl": lines(...CHAT) },
  "conversation-file:nested": {
    "s1.jsonl": lines(...CHAT.map(({ role, ...message }) => ({ role, message }))),
  },
  "conversation-file:CSV": {
    "a.csv": csv(...CHAT.map(({ role, content, ...more }) => ({
      session_id: "s1",
      role,
      content: content ?? "",
      tool_calls: "tool_calls" in more ? json(more.tool_calls) : "",
      tool_call_id: "tool_call_id" in more ? String(more.tool_call_id) : "",
    }))),
  },
};
