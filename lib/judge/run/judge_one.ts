import type { Clock } from "../../io/clock.ts";
import { patiently, type RetryPolicy } from "../../io/retry.ts";
import {
  type Ask,
  AskError,
  type AskRequest,
  faultOfAsk,
  type JudgePrice,
  type Reply,
  usdOf,
} from "../endpoint/ask.ts";
import type { Job } from "../prompt/job.ts";
import { parseReply } from "../verdicts/parse_reply.ts";
import type { Throttle } from "./throttle.ts";
import type { Answer, JudgeVerdict, Outcome } from "../verdicts/verdict.ts";

/** What asking takes. */
export interface Asking {
  ask: Ask;
  throttle: Throttle;
  clock: Clock;
  /** Uniform on [0, 1). */
  random: () => number;
  retries: RetryPolicy;
  maxOutputTokens: number;
  price: (judge: string) => JudgePrice | null;
  /** Called for every request sent. */
  onRequest?: () => void;
  /** Called for every reply received, read or not: it has been paid for. */
  onReply?: (judge: string, reply: Reply) => void;
}

/** A session that could not be judged, because no reply came. */
export class SetAside extends Error {
  override readonly name = "SetAside";
  constructor(readonly attempts: number, readonly last: AskError) {
    super(`${last.fault}: ${last.message} (${attempts} ${attempts === 1 ? "request" : "requests"})`);
  }
}

/** Longest part of an unreadable reply that is sent back with the request to mend it, and that is kept. */
const KEPT_CHARS = 8_000;

/**
 * Judges one session: asks, retries what may pass, and where the reply cannot be read asks once more with the fault named.
 * A second unreadable reply, or a refusal, gives a verdict of null with the raw reply; nothing is guessed.
 *
 * @throws {SetAside} when no reply came after all tries.
 * @throws {AskError} of fault `account`: no session can be judged.
 */
export async function judgeOne(job: Job, asking: Asking): Promise<JudgeVerdict> {
  const messages: AskRequest["messages"] = [{ role: "system", content: job.system }, {
    role: "user",
    content: job.user,
  }];
  const tally = { attempts: 0, inputTokens: 0 as number | null, outputTokens: 0 as number | null };
  for (let mended = false;; mended = true) {
    const reply = await askPatiently(
      { model: job.judge, messages, maxOutputTokens: asking.maxOutputTokens },
      asking,
      tally,
    );
    tally.inputTokens = add(tally.inputTokens, reply.inputTokens);
    tally.outputTokens = add(tally.outputTokens, reply.outputTokens);
    if (reply.refusal !== null) return verdictOf(job, asking, tally, reply, "refused", null);
    const parsed = parseReply(reply.text);
    if ("answer" in parsed) {
      const outcome = parsed.answer.success === null ? "cannot tell" : "judged";
      return verdictOf(job, asking, tally, reply, outcome, parsed.answer);
    }
    if (mended) return verdictOf(job, asking, tally, reply, "unreadable", null);
    messages.push({ role: "assistant", content: reply.text.slice(0, KEPT_CHARS) }, {
      role: "user",
      content:
        `That cannot be read: ${parsed.fault}. Send the JSON object again, complete, exactly as asked, and nothing else.`,
    });
  }
}

interface Tally {
  attempts: number;
  inputTokens: number | null;
  outputTokens: number | null;
}

/** Asks until a reply comes or there is no more patience; counts every request in `tally`. */
async function askPatiently(request: AskRequest, asking: Asking, tally: Tally): Promise<Reply> {
  const { throttle, clock, retries: policy, random } = asking;
  const attempt = async () => {
    await throttle.acquire();
    const acquiredAt = clock.now();
    try {
      tally.attempts++;
      asking.onRequest?.();
      const reply = await asking.ask(request);
      throttle.answered();
      asking.onReply?.(request.model, reply);
      return reply;
    } catch (error) {
      if (error instanceof AskError && error.fault === "rate limit") throttle.limited(acquiredAt, error.retryAfterMs);
      throw error;
    } finally {
      throttle.release();
    }
  };
  try {
    return await patiently(attempt, { policy, clock, random, faultOf: faultOfAsk });
  } catch (error) {
    if (!(error instanceof AskError) || error.fault === "account") throw error;
    throw new SetAside(tally.attempts, error);
  }
}

function verdictOf(
  job: Job,
  asking: Asking,
  tally: Tally,
  reply: Reply,
  outcome: Outcome,
  answer: Answer | null,
): JudgeVerdict {
  const { system: _system, user: _user, calls, estimatedTokens: _tokens, ...identity } = job;
  return {
    ...identity,
    success: answer?.success ?? null,
    outcome,
    confidence: answer?.confidence ?? null,
    reasoning: answer?.reasoning ?? null,
    evidence: [...new Set(answer?.evidence ?? [])].filter((call) => call >= 1 && call <= calls).sort((a, b) => a - b),
    judgeResponseModel: reply.model,
    inputTokens: tally.inputTokens,
    outputTokens: tally.outputTokens,
    usd: usdOf(asking.price(job.judge), tally.inputTokens, tally.outputTokens),
    attempts: tally.attempts,
    raw: answer ? null : (reply.refusal ?? reply.text).slice(0, KEPT_CHARS),
  };
}

/** A sum with something unknown in it is unknown. */
function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
