import type { Redacted } from "../../model/mod.ts";
import type { RetryFault } from "../../io/retry.ts";

/** One request to a judge. */
export interface AskRequest {
  /** Who is asked, as the endpoint calls it. */
  model: string;
  /** In order; nothing that is not redacted can be sent. */
  messages: { role: "system" | "user" | "assistant"; content: Redacted<string> }[];
  /** Room for the answer and what is thought before it. */
  maxOutputTokens: number;
  /** Words are wanted, not a verdict: no JSON is asked for. */
  plain?: boolean;
}

/** What a call took, as the endpoint counts it. */
export interface Usage {
  /** Null when the endpoint does not say, or says what cannot be. */
  inputTokens: number | null;
  /** The part of `inputTokens` that was read from the endpoint's cache; null when it does not say. */
  cachedTokens: number | null;
  /** With what the model thought, wherever the endpoint counts it. */
  outputTokens: number | null;
}

/** What came back. */
export interface Reply extends Usage {
  /** The answer: text, the texts of its parts, or the arguments of the tool call that it was put into. */
  text: string;
  /** The provider's or the model's refusal in its own words; null when there is none. */
  refusal: string | null;
  /** The answer ended because there was no more room. */
  cut: boolean;
  /** The model that the endpoint says answered. */
  model: string | null;
  /** How it was asked (see `dialectText`); null where no endpoint was. */
  dialect: string | null;
  /** A prompt that was refused by an error: at most it is paid for, and mostly it is not. */
  unanswered?: boolean;
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

/**
 * What a call has cost: nothing, as much as the endpoint says, at most its prompt (a filter that answers by an error: some
 * providers bill it), or nobody knows.
 */
export type Spent = "nothing" | "prompt at most" | "unknown" | Usage;

/** A request that brought no reply. Its message holds no key. */
export class AskError extends Error {
  /** The class's name. */
  override readonly name = "AskError";
  /** What went wrong, in words, and what the request cost. */
  constructor(
    readonly fault: AskFault,
    message: string,
    /** Milliseconds that the endpoint asks to wait; null when it does not say. */
    readonly retryAfterMs: number | null = null,
    /** A request that timed out or broke may have been answered, and paid for, all the same. */
    readonly spent: Spent = fault === "timeout" || fault === "connection" ? "unknown" : "nothing",
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
  /** USD per million tokens of prompts. */
  inputUsdPerMtok: number;
  /** USD per million tokens of answers. */
  outputUsdPerMtok: number;
  /** Of input from the endpoint's cache; the full rate where it is not given. */
  cachedInputUsdPerMtok?: number | null;
}

/** USD for tokens; null when the price or the tokens are not known. */
export function usdOf(
  price: JudgePrice | null,
  inputTokens: number | null,
  outputTokens: number | null,
  cachedTokens: number | null = null,
): number | null {
  if (price === null || inputTokens === null || outputTokens === null) return null;
  const cached = Math.min(cachedTokens ?? 0, inputTokens);
  const cachedRate = price.cachedInputUsdPerMtok ?? price.inputUsdPerMtok;
  return ((inputTokens - cached) * price.inputUsdPerMtok + cached * cachedRate +
    outputTokens * price.outputUsdPerMtok) / 1e6;
}
