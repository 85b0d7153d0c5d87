import type { Format } from "../detect/format.ts";
import type { MessageLayout, MessagePlaces } from "./layout.ts";
import { conversationReader } from "./read.ts";

const GOOSE_MESSAGE = { time: ["created"], silent: ["metadata"] } as const satisfies MessagePlaces;
const GOOSE = {
  session: {
    sessionId: ["id", { file: "name" }],
    harness: [{ constant: "goose" }],
    models: ["model_config.model_name"],
    collectedAt: ["created_at"],
    totalTokens: ["accumulated_total_tokens"],
  },
  grades: { agentUsd: ["accumulated_cost"] },
  sums: { inputTokens: ["accumulated_input_tokens"], outputTokens: ["accumulated_output_tokens"] },
} as const satisfies Partial<MessageLayout>;

/** Agents that keep a conversation as a list of messages, with words of their own. */
export const AGENT_MESSAGE_FORMATS: readonly Format[] = [
  {
    id: "goose",
    title: "Goose session export",
    page: "coding-agents",
    rows: [{ has: ["working_dir", "conversation.[].role"] }],
    lacks: ["grades"],
    read: { by: "messages", layout: { ...GOOSE, messages: ["conversation"], message: GOOSE_MESSAGE } },
  },
  {
    id: "goose-file",
    title: "Goose session",
    page: "coding-agents",
    rows: [{ has: ["working_dir", "message_count"], without: ["conversation", "messages"] }],
    lacks: ["models", "grades"],
    read: { by: "reader", reader: conversationReader(GOOSE_MESSAGE, GOOSE, "working_dir") },
  },
  {
    id: "amp",
    title: "Amp thread",
    page: "coding-agents",
    rows: [{ has: ["messages.[].role", "messages.[].messageId"], like: { id: /^T-/ } }],
    lacks: ["grades"],
    read: {
      by: "messages",
      layout: {
        session: { sessionId: ["id"], harness: [{ constant: "amp" }], collectedAt: ["created"] },
        messages: ["messages"],
        message: {
          silent: ["state", "meta", "messageId", "userState", "agentMode", "readAt", "nativeMessage"],
          time: ["meta.sentAt", "usage.timestamp"],
          inputTokens: ["usage.totalInputTokens", "usage.inputTokens"],
          outputTokens: ["usage.outputTokens"],
          cachedTokens: ["usage.cacheReadInputTokens"],
          cacheWriteTokens: ["usage.cacheCreationInputTokens"],
          model: ["usage.model"],
        },
      },
    },
  },
  {
    id: "agentbench",
    title: "Runs of AgentBench",
    page: "messages",
    rows: [{ has: ["index", "output.history.[].role", "output.status"] }],
    lacks: ["tokens", "models"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: [{ join: ["task", "index"] }],
          orTask: ["index"],
          benchmark: ["task", { file: "folder" }],
          taskId: ["index"],
          collectedAt: ["time.str"],
        },
        grades: { success: ["output.result.result"], score: ["output.result.reward"], status: ["output.status"] },
        messages: ["output.history"],
        message: { roles: { agent: "assistant" } },
      },
    },
  },
  {
    id: "continue",
    title: "Session of Continue",
    page: "coding-agents",
    rows: [{ has: ["sessionId", "history.[].message.role", "workspaceDirectory"] }],
    lacks: ["tokens", "times", "grades"],
    read: {
      by: "messages",
      layout: {
        session: { sessionId: ["sessionId"], harness: [{ constant: "continue" }], models: ["chatModelTitle"] },
        messages: ["history"],
        message: {
          within: ["message"],
          toolCalls: ["toolCalls"],
          toolCallId: ["toolCallId"],
          silent: [
            ...["contextItems", "editorState", "promptLogs", "toolCallStates", "toolCallState", "appliedRules"],
            ...["isGatheringContext", "conversationSummary", "reasoning", "metadata"],
          ],
        },
      },
    },
  },
  {
    id: "open-webui",
    title: "Chats of Open WebUI",
    page: "messages",
    rows: [{ has: ["id", "chat.messages.[].role", "chat.history"] }],
    lacks: ["grades"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: ["id"],
          harness: [{ constant: "open-webui" }],
          models: ["chat.models"],
          collectedAt: ["created_at"],
        },
        messages: ["chat.messages"],
        message: {
          silent: [
            ...["parentId", "childrenIds", "models", "modelName", "modelIdx", "done", "lastSentence", "info"],
            ...["sources", "statusHistory", "followUps", "feedbackId", "annotation", "userContext", "code_executions"],
          ],
          time: ["completedAt", "timestamp"],
          usage: ["usage", "info"],
          model: ["model"],
        },
      },
    },
  },
  {
    id: "adk",
    title: "Session of Google's Agent Development Kit",
    page: "coding-agents",
    rows: [{ has: ["events.[].author", "events.[].content.parts"], any: [["app_name", "appName"]] }],
    lacks: ["grades"],
    read: {
      by: "messages",
      layout: {
        session: { sessionId: ["id"], harness: ["app_name", "appName"] },
        messages: ["events"],
        message: {
          within: ["content"],
          content: ["parts"],
          silent: [
            ...["author", "actions", "branch", "partial", "interrupted", "type"],
            ...["turn_complete", "turnComplete", "finishReason", "long_running_tool_ids", "longRunningToolIds"],
            ...["grounding_metadata", "groundingMetadata", "custom_metadata", "customMetadata"],
          ],
          time: ["timestamp"],
          usage: ["usage_metadata", "usageMetadata"],
          model: ["model_version", "modelVersion"],
        },
      },
    },
  },
];
