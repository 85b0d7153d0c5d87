import type { Format } from "../detect/format.ts";
import { GRADES, SESSION } from "./chat_layout.ts";
import { LANGCHAIN_MESSAGE } from "./chat_message.ts";
import { conversationReader } from "./read.ts";
import { lastStateReader } from "./states.ts";

/** Messages of LangChain and LangGraph. */
export const LANGCHAIN_FORMATS: readonly Format[] = [
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
];
