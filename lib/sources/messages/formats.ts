import type { Format } from "../detect/format.ts";
import type { MessageLayout } from "./layout.ts";
import { AGENT_MESSAGE_FORMATS } from "./agents.ts";
import { CHAT_MESSAGE, LANGCHAIN_MESSAGE } from "./chat_message.ts";
import { conversationReader } from "./read.ts";
import { lastStateReader } from "./states.ts";

/** Names that recorders of whole conversations use for who, what and how it ended. */
const SESSION = {
  sessionId: [
    "session_id",
    "trajectory_id",
    "traj_id",
    "conversation_id",
    { join: ["instance_id", "run_id"] },
    "id",
    "uuid",
    { join: ["task_id", "trial"] },
  ],
  orTask: ["instance_id", "task_id", "question_id", "problem_id"],
  benchmark: ["benchmark", "benchmark_name", "dataset", "env_name"],
  harness: ["harness", "agent", "agent_name", "scaffold", "agent_class"],
  models: ["models", "model", "model_name", "model_name_or_path", "llm"],
  taskId: ["task_id", "instance_id", "question_id", "problem_id"],
  trial: ["trial", "attempt", "rollout", "sample_id", "seed"],
  run: ["run", "run_id"],
  collectedAt: ["collected_at", "created_at", "timestamp", "date"],
  totalTokens: ["usage.total_tokens", "total_tokens"],
} as const satisfies MessageLayout["session"];

const GRADES = {
  success: ["resolved", "target", "success", "is_resolved", "is_correct", "correct", "passed", "solved"],
  score: ["score", "reward"],
  status: ["status", "exit_status"],
  agentUsd: ["agent_cost", "cost", "total_cost", "instance_cost", "cost_usd"],
} as const satisfies MessageLayout["grades"];

const chat = (messages: readonly string[], more: Partial<MessageLayout> = {}): MessageLayout => ({
  session: SESSION,
  grades: GRADES,
  messages,
  system: ["system_prompt", "system"],
  tools: ["tools", "functions"],
  usage: ["usage"],
  message: CHAT_MESSAGE,
  ...more,
});

const LISTS = [
  ...[
    "messages",
    "conversation",
    "conversations",
    "trajectory",
    "history",
    "chat",
    "chat_history",
    "dialogue",
    "dialog",
  ],
  ...["turns", "traj", "contents"],
] as const;

/** What a simulation of tau2-bench says by itself. */
const TAU2_SESSION = {
  taskId: ["task_id"],
  trial: ["trial"],
  collectedAt: ["start_time", "timestamp"],
} as const satisfies Partial<MessageLayout["session"]>;

const TAU2_SIMULATION = {
  grades: {
    success: ["reward_info.reward"],
    score: ["reward_info.reward"],
    status: ["termination_reason"],
    agentUsd: ["agent_cost"],
    benchmarkUsd: ["user_cost"],
  },
  messages: ["messages"],
  message: {
    toolCallId: ["tool_call_id", "id"],
    inputTokens: ["usage.prompt_tokens"],
    outputTokens: ["usage.completion_tokens"],
    usage: ["usage"],
    time: ["timestamp"],
    silent: ["requestor", "raw_data"],
  },
} as const satisfies Partial<MessageLayout>;

/** Sets that keep each conversation once, as a list of messages; the special ones before the general. */
export const MESSAGE_FORMATS: readonly Format[] = [
  {
    id: "tau2-bench",
    title: "tau2-bench results",
    page: "messages",
    rows: [{ has: ["simulations.[].messages", "info.agent_info"] }, { has: ["simulations.[].messages.[].turn_idx"] }],
    version: ["info.git_commit"],
    read: {
      by: "messages",
      layout: {
        records: "simulations",
        session: {
          sessionId: ["id", { join: ["task_id", "trial"] }],
          benchmark: ["^info.environment_info.domain_name"],
          harness: ["^info.agent_info.implementation"],
          models: ["^info.agent_info.llm"],
          ...TAU2_SESSION,
        },
        ...TAU2_SIMULATION,
      },
    },
  },
  {
    id: "tau2-simulation",
    title: "tau2-bench simulation",
    page: "messages",
    rows: [{ has: ["task_id", "termination_reason", "messages.[].role"] }],
    read: {
      by: "messages",
      layout: { session: { sessionId: ["id", { join: ["task_id", "trial"] }], ...TAU2_SESSION }, ...TAU2_SIMULATION },
    },
  },
  {
    id: "tau-bench",
    title: "tau-bench results",
    page: "messages",
    rows: [{ has: ["task_id", "trial", "reward", "traj"] }],
    lacks: ["tokens", "times", "models"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: [{ join: ["task_id", "trial"] }],
          benchmark: ["info.env"],
          harness: ["info.agent_strategy"],
          models: ["info.model"],
          taskId: ["task_id"],
          trial: ["trial"],
        },
        grades: { success: ["reward"], score: ["reward"], agentUsd: ["info.cost"], benchmarkUsd: ["info.user_cost"] },
        messages: ["traj"],
      },
    },
  },
  {
    id: "who-and-when",
    title: "Who&When failure logs",
    page: "messages",
    rows: [{ has: ["history.[].content", "mistake_agent", "mistake_step"] }],
    lacks: ["tokens", "times", "models"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: [{ join: ["question_ID", "mistake_agent", "mistake_step"] }, { file: "name" }],
          harness: [{ file: "folder" }],
          taskId: ["question_ID", "question"],
        },
        grades: { success: ["is_correct", "is_corrected"] },
        messages: ["history"],
        message: {
          speakers: {
            name: ["name", "role"],
            users: ["human", "user"],
            tools: ["computer_terminal", "computerterminal"],
            program: ["orchestrator (termination condition)"],
          },
        },
      },
    },
  },
  {
    id: "mini-swe-agent",
    title: "mini-swe-agent trajectory",
    page: "coding-agents",
    rows: [{ like: { trajectory_format: /^mini-swe-agent/ } }, { has: ["messages.[].role", "info.mini_version"] }],
    version: ["info.mini_version", "trajectory_format"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: ["instance_id", "info.instance_id", { file: "name" }],
          harness: [{ constant: "mini-swe-agent" }],
          models: ["info.config.model.model_name", "info.model"],
          taskId: ["instance_id", "info.instance_id", { file: "name" }],
        },
        grades: { status: ["info.exit_status"], agentUsd: ["info.model_stats.instance_cost"] },
        messages: ["messages"],
        message: {
          silent: ["extra", "provider_specific_fields", "reasoning_details"],
          inputTokens: ["extra.response.usage.prompt_tokens", "extra.response.usage.input_tokens"],
          outputTokens: ["extra.response.usage.completion_tokens", "extra.response.usage.output_tokens"],
          usage: ["extra.response.usage"],
          model: ["extra.response.model"],
          time: ["extra.timestamp"],
        },
      },
    },
  },
  ...AGENT_MESSAGE_FORMATS,
  {
    id: "sharegpt",
    title: "ShareGPT conversations",
    page: "messages",
    rows: [{ has: ["conversations.[].from", "conversations.[].value"] }, {
      has: ["conversation.[].from", "conversation.[].value"],
    }],
    lacks: ["tokens", "times"],
    read: { by: "messages", layout: chat(["conversations", "conversation"]) },
  },
  {
    id: "claude-ai",
    title: "Claude data export",
    page: "messages",
    rows: [{ has: ["chat_messages.[].sender", "uuid"] }],
    lacks: ["tokens", "models", "grades"],
    read: {
      by: "messages",
      layout: {
        session: { sessionId: ["uuid"], harness: [{ constant: "claude.ai" }], collectedAt: ["created_at"] },
        messages: ["chat_messages"],
        message: {
          role: ["sender"],
          // The text repeats the blocks.
          silent: ["text", "attachments", "files"],
          time: ["created_at"],
        },
      },
    },
  },
  {
    id: "langgraph",
    title: "States of threads of LangGraph",
    page: "messages",
    rows: ["values", "channel_values"].map((state) => ({ is: { [`${state}.messages.[].type`]: ["human", "ai"] } })),
    lacks: ["times", "grades"],
    read: {
      by: "reader",
      reader: lastStateReader({
        session: {
          sessionId: [
            "thread_id",
            "checkpoint.thread_id",
            "config.configurable.thread_id",
            "metadata.thread_id",
            { file: "name" },
          ],
          harness: ["metadata.graph_id", "metadata.assistant_id"],
          collectedAt: ["created_at", "ts"],
        },
        messages: ["values.messages", "channel_values.messages"],
        message: LANGCHAIN_MESSAGE,
      }, ["created_at", "ts", "updated_at"]),
    },
  },
  {
    id: "langchain",
    title: "Messages of LangChain or LangGraph, one conversation a record",
    page: "messages",
    rows: [
      { is: { "messages.[].type": ["human", "ai"] }, any: [["messages.[].content", "messages.[].data.content"]] },
      { is: { "messages.[].type": ["constructor"] }, has: ["messages.[].kwargs.content"] },
    ],
    lacks: ["times", "grades"],
    read: {
      by: "messages",
      layout: { session: SESSION, grades: GRADES, messages: ["messages"], message: LANGCHAIN_MESSAGE },
    },
  },
  {
    id: "langchain-file",
    title: "Messages of LangChain or LangGraph, one a row",
    page: "messages",
    rows: [
      { is: { type: ["human", "ai"] }, any: [["content", "data.content"]], without: ["role"] },
      { is: { type: ["constructor"] }, has: ["kwargs.content"] },
    ],
    lacks: ["times", "grades"],
    read: { by: "reader", reader: conversationReader(LANGCHAIN_MESSAGE) },
  },
  {
    id: "swe-agent-messages",
    title: "Messages of SWE-agent, one trajectory a record",
    page: "messages",
    rows: [{ has: ["messages.[].message_type"] }, { has: ["messages.{}.[].message_type"] }],
    lacks: ["tokens", "times"],
    read: {
      by: "messages",
      layout: chat(["messages"], {
        message: {
          ...CHAT_MESSAGE,
          toolCallId: ["tool_call_id", "tool_call_ids"],
          // What was thought and done is taken from the content and its calls.
          silent: ["agent", "message_type", "thought", "action", "tool_call_ids", "is_demo", "cache_control"],
        },
      }),
    },
  },
  {
    id: "agentdojo",
    title: "AgentDojo results",
    page: "messages",
    rows: [{ has: ["suite_name", "user_task_id", "messages.[].role", "utility"] }],
    lacks: ["tokens", "times"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: [
            { join: ["suite_name", "user_task_id", "injection_task_id", "pipeline_name"] },
            { join: ["suite_name", "user_task_id", "pipeline_name"] },
            { join: ["suite_name", "user_task_id"] },
          ],
          benchmark: ["suite_name"],
          models: ["pipeline_name"],
          taskId: ["user_task_id"],
        },
        grades: { success: ["utility"] },
        messages: ["messages"],
        message: { silent: ["tool_call", "placeholder_args"] },
      },
    },
  },
  {
    id: "chat-messages",
    title: "Chat messages, one conversation a record",
    page: "messages",
    rows: [
      ...LISTS.map((list) => ({
        has: [`${list}.[].role`],
        any: [[`${list}.[].content`, `${list}.[].text`, `${list}.[].parts`]],
      })),
      ...LISTS.map((list) => ({ has: [`${list}.{}.[].role`] })),
    ],
    lacks: ["tokens", "times"],
    read: { by: "messages", layout: chat(LISTS) },
  },
  {
    id: "conversation-file",
    title: "A conversation, one message a row",
    page: "messages",
    rows: [
      {
        has: ["role"],
        any: [["content", "parts", "message.content"]],
        is: { role: ["system", "user", "assistant", "developer"] },
      },
      { has: ["from", "value"], is: { from: ["system", "human", "gpt"] } },
    ],
    lacks: ["tokens", "times", "models", "grades"],
    read: { by: "reader", reader: conversationReader(CHAT_MESSAGE) },
  },
];
