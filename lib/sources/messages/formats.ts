import type { Format } from "../detect/format.ts";
import { AGENT_MESSAGE_FORMATS } from "./agents.ts";
import { BENCHMARK_FORMATS } from "./benchmarks.ts";
import { chat } from "./chat_layout.ts";
import { CHAT_MESSAGE } from "./chat_message.ts";
import { LANGCHAIN_FORMATS } from "./langchain.ts";
import { conversationReader } from "./read.ts";

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

/** Sets that keep each conversation once, as a list of messages; the special ones before the general. */
export const MESSAGE_FORMATS: readonly Format[] = [
  ...BENCHMARK_FORMATS,
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
  ...LANGCHAIN_FORMATS,
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
