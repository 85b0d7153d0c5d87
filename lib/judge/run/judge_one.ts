import { redactSecrets } from "../../traces/mod.ts";
import type { Clock } from "../../io/clock.ts";
import { patiently, type RetryBudget, type RetryPolicy } from "../../io/retry.ts";
import {
  type Ask,
  AskError,
  type AskRequest,
  faultOfAsk,
  type JudgePrice,
  type Reply,
  type Usage,
} from "../endpoint/ask.ts";
import { plausible } from "../endpoint/usage.ts";
import { type FamilyOf, modelFamilies } from "../judges/families.ts";
import type { Job } from "../prompt/job.ts";
import { tokensOf } from "../../traces/text_tokens.ts";
import { type Answer, MAX_REASONING_WORDS } from "../verdicts/answer_schema.ts";
import { parseReply } from "../verdicts/parse_reply.ts";
import { checkedQuote, shownOfCall } from "../verdicts/quote.ts";
import type { JudgeVerdict, Outcome } from "../verdicts/verdict.ts";
import { wordsOf } from "../verdicts/words.ts";
import { openPurse, type Purse } from "./purse.ts";
import type { Throttle } from "./throttle.ts";

/** What asking takes. */
export interface Asking {
  /** Asks once. */
  ask: Ask;
  /** How many requests may be under way. */
  throttle: Throttle;
  /** Waits, and says what time it is. */
  clock: Clock;
  /** Uniform on [0, 1). */
  random: () => number;
  /** When a fault is tried again. */
  retries: RetryPolicy;
  /** Room for an answer; four times as much where one was cut. */
  maxOutputTokens: number;
  /** What a judge costs; null where it is not known. */
  price: (judge: string) => JudgePrice | null;
  /** Pays for every request; one without a limit when not given. */
  purse?: Purse;
  /** Further tries of the whole run; only the policy counts when not given. */
  budget?: RetryBudget;
  /** Ends waiting: what is not under way is left. */
  signal?: AbortSignal;
  /** Recorded in each verdict: what an unreadable reply may depend on. */
  settings?: string | null;
  /** Which models are one family; the built-in families when not given. */
  familyOf?: FamilyOf | undefined;
}

/** A session that could not be judged, because no reply came. */
export class SetAside extends Error {
  override readonly name = "SetAside";
  constructor(readonly attempts: number, readonly last: AskError) {
    super(`${last.fault}: ${last.message} (${attempts} ${attempts === 1 ? "request" : "requests"})`);
  }
}

/** A session that was left for another run, because this one ended before it. */
export class Left extends Error {
  override readonly name = "Left";
  constructor(readonly why: "stopped" | "budget") {
    super(why);
  }
}

/** Longest part of an unreadable reply that is sent back with the request to mend it, and that is kept. */
const KEPT_CHARS = 8_000;
/** How much more room an answer gets that ended for want of it. */
const MORE_ROOM = 4;

/**
 * Judges one session: asks, retries what may pass, gives more room where an answer was cut, and where a reply cannot be read
 * asks once more with the fault named; where the reasoning is too long, once more for a shorter one. A second unreadable reply,
 * or a refusal, gives a verdict of null with the raw reply; nothing is guessed.
 *
 * @throws {SetAside} when no reply came after all tries, or a model of the agent's own family replied
 * @throws {AskError} of fault `account`: no session can be judged
 * @throws {Left} when the run ended first
 * @throws {WaitTooLong} {RetriesUsedUp} which end a run
 */
export async function judgeOne(job: Job, asking: Asking): Promise<JudgeVerdict> {
  const question: AskRequest["messages"] = [
    { role: "system", content: job.system },
    { role: "user", content: job.user },
  ];
  const conversation = new Conversation(job, asking);
  let messages = question;
  let [room, mended] = [asking.maxOutputTokens, false];
  for (;;) {
    const reply = await conversation.ask(messages, room);
    if (reply.refusal !== null) return verdictOf(conversation, reply, "refused", null);
    const parsed = parseReply(reply.text);
    if ("answer" in parsed) return await answered(conversation, messages, reply, parsed.answer, room);
    if (reply.cut && room === asking.maxOutputTokens) {
      room *= MORE_ROOM;
      messages = question;
      continue;
    }
    if (mended) return verdictOf(conversation, reply, "unreadable", null);
    mended = true;
    messages = sentBack(
      question,
      reply.text,
      `That cannot be read: ${parsed.fault}. Send the JSON object again, complete, exactly as asked, and nothing else.`,
    );
  }
}

/** The question, what was replied to it, and what is wrong with that; an empty reply is not sent back: endpoints refuse it. */
function sentBack(question: AskRequest["messages"], reply: string, content: string): AskRequest["messages"] {
  if (reply.trim() === "") return question;
  const said = redactSecrets(reply.slice(0, KEPT_CHARS)).text;
  return [...question, { role: "assistant", content: said }, { role: "user", content: redactSecrets(content).text }];
}

/** The verdict of an answer; where its reasoning is too long it is asked for once more, and marked if it still is. */
async function answered(
  conversation: Conversation,
  messages: AskRequest["messages"],
  reply: Reply,
  answer: Answer,
  room: number,
): Promise<JudgeVerdict> {
  const outcome = answer.success === null ? "cannot tell" : "judged";
  const words = wordsOf(answer.reasoning).length;
  if (words <= MAX_REASONING_WORDS) return verdictOf(conversation, reply, outcome, answer);
  try {
    const shorter = await conversation.ask(
      sentBack(
        messages.slice(0, 2),
        reply.text,
        `The reasoning has ${words} words; at most ${MAX_REASONING_WORDS} are wanted. Send the same JSON object with a shorter reasoning, and nothing else.`,
      ),
      room,
    );
    const parsed = shorter.refusal === null ? parseReply(shorter.text) : { fault: "refused" };
    // The ruling stands; only its words may change.
    if ("answer" in parsed && parsed.answer.success === answer.success && isShort(parsed.answer)) {
      return verdictOf(conversation, reply, outcome, { ...answer, reasoning: parsed.answer.reasoning });
    }
  } catch (error) {
    // An answer is there: whatever kept a shorter one from coming, it is not lost, and a run that has to end ends at the next.
    if (!(error instanceof Error) || !KEEPS_ANSWER.has(error.name)) throw error;
  }
  return verdictOf(conversation, reply, outcome, answer);
}

const KEEPS_ANSWER = new Set(["SetAside", "AskError", "Left", "WaitTooLong", "RetriesUsedUp"]);

const isShort = ({ reasoning }: Answer) => wordsOf(reasoning).length <= MAX_REASONING_WORDS;

/** All requests about one session, and what they cost together. */
class Conversation {
  attempts = 0;
  /** Over the replies that came. */
  usage: Usage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
  usd: number | null = 0;
  usdAtMost: number | null = 0;
  readonly #purse: Purse;

  constructor(readonly job: Job, readonly asking: Asking) {
    this.#purse = asking.purse ?? openPurse({ price: asking.price });
  }

  /** Asks until a reply comes or there is no more patience. */
  async ask(messages: AskRequest["messages"], maxOutputTokens: number): Promise<Reply> {
    const { clock, retries: policy, random, budget, signal } = this.asking;
    const { job } = this;
    const request = { model: job.judge, messages, maxOutputTokens };
    const estimatedTokens = job.estimatedTokens + tokensOf(messages.slice(2).map(({ content }) => content).join("\n"));
    try {
      const reply = await patiently(() => this.#once(request, estimatedTokens), {
        policy,
        clock,
        random,
        faultOf: faultOfAsk,
        ...(budget ? { budget } : {}),
        ...(signal ? { signal } : {}),
      });
      const { familyOf = builtInFamilies } = this.asking;
      const own = familyOf(job.deployment);
      if (reply.model !== null && familyOf(reply.model) === own && familyOf(job.judge) !== own) {
        throw new AskError("request", `${reply.model} replied, which is of the agent's own family "${own}"`);
      }
      return reply;
    } catch (error) {
      if (!(error instanceof AskError) || error.fault === "account") throw error;
      if (signal?.aborted && faultOfAsk(error).kind !== "final") throw new Left("stopped");
      throw new SetAside(this.attempts, error);
    }
  }

  async #once(request: AskRequest, estimatedTokens: number): Promise<Reply> {
    const { throttle, clock, ask, retries } = this.asking;
    const { sessionId, judge } = this.job;
    if (!await throttle.acquire()) throw new Left("stopped");
    try {
      const call = await this.#purse.begin({
        sessionId,
        judge,
        estimatedTokens,
        maxOutputTokens: request.maxOutputTokens,
      });
      if (call === null) throw new Left("budget");
      this.attempts++;
      const acquiredAt = clock.now();
      try {
        const reply = await ask(request);
        throttle.answered();
        const usage = plausible(reply, estimatedTokens);
        this.#note(await this.#purse.end(call, reply.unanswered ? "prompt at most" : usage, null), usage);
        return reply;
      } catch (error) {
        const known = error instanceof AskError;
        const spent = known ? error.spent : "unknown";
        const cost = await this.#purse.end(
          call,
          typeof spent === "object" ? plausible(spent, estimatedTokens) : spent,
          known ? error.fault : null,
        );
        this.usdAtMost = add(this.usdAtMost, cost.atMostUsd);
        if (known && error.fault === "rate limit") {
          // A wait that ends the run is not waited for by anybody.
          const asked = error.retryAfterMs !== null && error.retryAfterMs <= retries.maxWaitMs
            ? error.retryAfterMs
            : null;
          throttle.limited(acquiredAt, asked);
        }
        throw error;
      }
    } finally {
      throttle.release();
    }
  }

  #note({ usd, atMostUsd }: { usd: number | null; atMostUsd: number | null }, usage: Usage): void {
    this.usd = add(this.usd, usd);
    this.usdAtMost = add(this.usdAtMost, atMostUsd);
    this.usage = {
      inputTokens: add(this.usage.inputTokens, usage.inputTokens),
      cachedTokens: add(this.usage.cachedTokens, usage.cachedTokens),
      outputTokens: add(this.usage.outputTokens, usage.outputTokens),
    };
  }
}

const builtInFamilies = modelFamilies();

function verdictOf(
  { job, asking, attempts, usage, usd, usdAtMost }: Conversation,
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
    reasoningTooLong: answer !== null && !isShort(answer),
    evidence: [...new Set(answer?.evidence ?? [])].filter((call) => call >= 1 && call <= calls).sort((a, b) => a - b),
    ...failingStep(job, answer),
    judgeResponseModel: reply.model,
    dialect: reply.dialect,
    settings: asking.settings ?? null,
    ...usage,
    usd,
    usdAtMost,
    attempts,
    raw: answer ? null : (reply.refusal ?? reply.text).slice(0, KEPT_CHARS),
  };
}

/** Where a session went wrong, in the judge's words as far as they can be found in the record. */
function failingStep(
  { user, calls }: Job,
  answer: Answer | null,
): Pick<JudgeVerdict, "failingCall" | "failingQuote" | "failingQuoteDropped"> {
  const named = answer?.failingCall ?? null;
  const failingCall = named !== null && named >= 1 && named <= calls ? named : null;
  const quote = answer?.failingQuote ?? null;
  const failingQuote = quote === null || failingCall === null
    ? null
    : checkedQuote(quote, shownOfCall(user, failingCall));
  return { failingCall, failingQuote, failingQuoteDropped: quote !== null && failingQuote === null };
}

/** A sum with something unknown in it is unknown. */
function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
