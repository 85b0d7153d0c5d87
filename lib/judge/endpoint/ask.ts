import type { RetryFault } from "../../io/retry.ts";

/** One request to a judge. */
export interface AskRequest {
  model: string;
  messages: { role: "system" | "user" | "assistant"; content: string }[];
  maxOutputTokens: number;
  /** Words are wanted, not a verdict: no JSON is asked for. */
  plain?: boolean;
}

/** What came back. */
export interface Reply {
  text: string;
  /** The provider's or the model's refusal in its own words; null when there is none. */
  refusal: string | null;
  /** The model that the endpoint says answered. */
  model: string | null;
  /** Null when the endpoint does not say. */
  inputTokens: number | null;
  outputTokens: number | null;
}

/**
 * Asks a judge once, without retrying.
 *
 * @throws {AskError} whatever goes wrong.
 */
export type Ask = (request: AskRequest) => Promise<Reply>;

/**
 * What went wrong: `rate limit`, `server`, `timeout` and `connection` may pass; `request` is about this one request, which
 * will never succeed; `account` (key, credit, model) concerns every request.
 */
export type AskFault = "rate limit" | "server" | "timeout" | "connection" | "request" | "account";

/** A request that brought no reply. Its message holds no key. */
export class AskError extends Error {
  override readonly name = "AskError";
  constructor(
    readonly fault: AskFault,
    message: string,
    /** How long the endpoint asks to wait; null when it does not say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** What an error of asking means for trying again; what is no {@link AskError} is the program's own. */
export function faultOfAsk(error: unknown): RetryFault {
  if (!(error instanceof AskError) || error.fault === "request" || error.fault === "account") {
    return { kind: "final", retryAfterMs: null };
  }
  return { kind: error.fault === "rate limit" ? "rate limit" : "fault", retryAfterMs: error.retryAfterMs };
}

/** USD per million tokens of a judge. */
export interface JudgePrice {
  inputUsdPerMtok: number;
  outputUsdPerMtok: number;
}

/** USD for tokens; null when the price or the tokens are not known. */
export function usdOf(
  price: JudgePrice | null,
  inputTokens: number | null,
  outputTokens: number | null,
): number | null {
  if (price === null || inputTokens === null || outputTokens === null) return null;
  return (inputTokens * price.inputUsdPerMtok + outputTokens * price.outputUsdPerMtok) / 1e6;
}
