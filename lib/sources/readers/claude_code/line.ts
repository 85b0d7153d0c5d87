import { isObject } from "../../dialects/json.ts";

/** A line of a session of Claude Code, as far as it is looked at. */
export interface ClaudeLine {
  type?: string;
  subtype?: string;
  uuid?: string;
  parentUuid?: string | null;
  sessionId?: string;
  agentId?: string;
  isSidechain?: boolean;
  isMeta?: boolean;
  isApiErrorMessage?: boolean;
  isCompactSummary?: boolean;
  timestamp?: string;
  requestId?: string;
  costUSD?: number;
  message?: ClaudeMessage;
  /** Whether the line is of a stream, which repeats what the session's own file has. */
  isStreamed?: boolean;
  [key: string]: unknown;
}

/** The message of a line: Anthropic's API message, or one part of one. */
export interface ClaudeMessage {
  id?: string;
  role?: string;
  model?: string;
  content?: unknown;
  stop_reason?: string | null;
  usage?: ClaudeUsage | null;
}

/** Anthropic's usage: the input tokens leave out what was read from the cache and written to it. */
export interface ClaudeUsage {
  input_tokens?: number;
  output_tokens?: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
}

/**
 * The line of a JSON value, null where it is none. Lines of `--output-format stream-json` have other names for the session,
 * and for a sub-agent the call that began it; lines of usage alone, as programs that count cut them down to, have no type.
 */
export function claudeLine(value: unknown): ClaudeLine | null {
  if (!isObject(value)) return null;
  if (typeof value["session_id"] !== "string" || "sessionId" in value) {
    return !("type" in value) && isObject(value["message"]) && isObject(value["message"]["usage"])
      ? { ...value, type: "assistant" }
      : value;
  }
  const { session_id, parent_tool_use_id, request_id, ...line } = value;
  return {
    ...line,
    isStreamed: true,
    sessionId: session_id,
    ...(typeof request_id === "string" ? { requestId: request_id } : {}),
    ...(typeof parent_tool_use_id === "string" ? { isSidechain: true, agentId: parent_tool_use_id } : {}),
  };
}

/** Whose line it is: other programs write the lines of `stream-json` too. */
export function harnessOf(line: ClaudeLine): string | null {
  if ("qwen_code_version" in line) return "qwen_code";
  if (/^T-[\da-f]{8}-/.test(line.sessionId ?? "")) return "amp";
  return null;
}

/** Whether a line begins the context anew from a summary. */
export function isBoundary({ type, subtype }: ClaudeLine): boolean {
  return type === "compact_boundary" || (type === "system" && subtype === "compact_boundary");
}
