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

/** The line of a JSON value; null where it is none. */
export function claudeLine(value: unknown): ClaudeLine | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as ClaudeLine : null;
}

/** Whether a line begins the context anew from a summary. */
export function isBoundary({ type, subtype }: ClaudeLine): boolean {
  return type === "compact_boundary" || (type === "system" && subtype === "compact_boundary");
}
