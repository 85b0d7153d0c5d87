import type { EvalResult, Evaluator } from "braintrust";
import { latePackage } from "../io/package_file.ts";
import { textWithin } from "../io/bounded.ts";
import { type Clock, perMinuteLimit, systemClock } from "../io/clock.ts";
import { DEFAULT_RETRIES, patiently, type RetryFault } from "../io/retry.ts";
import { BraintrustError, mayPass } from "./error.ts";
import { BRAINTRUST_SETTINGS, DEFAULT_API_URL, lostConnection, notTheApi, refusal, type Settings } from "./refusal.ts";

/** What the SDK evaluates: cases, a task and scorers. */
export type SdkEvaluator = Evaluator<unknown, unknown, unknown, Record<string, unknown>>;

/** What the SDK found of one case. */
export type SdkResult = EvalResult<unknown, unknown, unknown, Record<string, unknown>>;

/** Where and how the service is called. */
export interface BraintrustOptions {
  /** Null for a collector that wants no key, or one of its own in a header. */
  apiKey: string | null;
  /** Of the API, such as `https://api.braintrust.dev`. */
  apiUrl: string;
  /** Where the user sets both, for messages. */
  settings?: Settings;
  /** Tells the time and waits; the system's unless told. */
  clock?: Clock;
  /** Uniform on [0, 1), for the jitter of waits. */
  random?: () => number;
  /**
   * Attempts of one call in all; 8 unless told, and 3 where the service has not answered yet and cannot be reached. Waits
   * that a rate limit asks for count too.
   */
  attempts?: number;
  /** Without an answer for this long a call counts as lost; two minutes unless told. */
  timeoutMs?: number;
  /** SQL queries a minute; the service allows about 20. */
  queriesPerMinute?: number;
}

/** The service, as everything else here sees it. */
export interface BraintrustClient {
  /** Of the API that is called. */
  apiUrl: string;
  /** What the calls wait by. */
  clock: Clock;
  /**
   * Sends one call and reads the JSON it answers. Rate limits (Retry-After is honoured), 5xx and lost connections are
   * tried again with backoff. Answers are bounded in time and size.
   *
   * @param body JSON text, sent as it is
   * @throws {BraintrustError} when it is refused, or all attempts failed
   * @throws {WaitTooLong} when the service asks to wait longer than a quarter of an hour
   */
  call(method: "GET" | "POST", path: string, body?: string, headers?: Record<string, string>): Promise<unknown>;
  /** Waits until another SQL query is allowed. */
  queryTurn(): Promise<void>;
}

/**
 * The settings that `BRAINTRUST_API_KEY` and `BRAINTRUST_API_URL` give.
 *
 * @throws {BraintrustError} when there is no key
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { braintrustEnvironment } from "agent-trace-lab/braintrust";
 * const { apiUrl } = braintrustEnvironment((name) => name === "BRAINTRUST_API_KEY" ? "none" : undefined);
 * equal(apiUrl.startsWith("https://"), true);
 * ```
 */
export function braintrustEnvironment(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
): BraintrustOptions {
  const apiKey = env("BRAINTRUST_API_KEY");
  if (!apiKey) {
    throw new BraintrustError(
      "key",
      "BRAINTRUST_API_KEY is not set; make a key in Braintrust's settings and export it",
    );
  }
  return { apiKey, apiUrl: (env("BRAINTRUST_API_URL") || DEFAULT_API_URL).replace(/\/+$/, "") };
}

/**
 * A client of the service. Nothing is sent before the first call.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { braintrustClient } from "agent-trace-lab/braintrust";
 * const client = braintrustClient({ apiKey: "none", apiUrl: "http://127.0.0.1:1" });
 * equal(typeof client.clock.now(), "number"); // nothing is asked yet
 * ```
 */
export function braintrustClient(options: BraintrustOptions): BraintrustClient {
  const { apiUrl, clock = systemClock, random = Math.random, attempts = 8 } = options;
  const policy = { ...DEFAULT_RETRIES, maxAttempts: attempts, maxRateLimits: attempts, capMs: 30_000 };
  let reached = false;
  return {
    apiUrl,
    clock,
    queryTurn: perMinuteLimit(options.queriesPerMinute ?? 20, clock),
    async call(method, path, body, headers = {}) {
      let made = 0;
      try {
        return await patiently(async (n) => {
          made = n;
          const answer = await callOnce(options, method, path, body, headers);
          reached = true;
          return answer;
        }, { policy, clock, random, faultOf });
      } catch (error) {
        if (!mayPass(error)) throw error;
        throw new BraintrustError(error.fault, `${error.message} (${made} attempts)`);
      }
    },
  };

  function faultOf(error: unknown, tries: number): RetryFault {
    if (!mayPass(error)) return { kind: "final", retryAfterMs: null };
    // A service that never answered is likely not there at all; one that did will come back.
    reached ||= error.fault !== "network";
    if (!reached && tries >= NEVER_REACHED) return { kind: "final", retryAfterMs: null };
    return { kind: error.fault === "rate limit" ? "rate limit" : "fault", retryAfterMs: error.retryAfterMs };
  }
}

/** Attempts where the service has not answered yet and cannot be reached. */
const NEVER_REACHED = 3;

/** A page of a thousand rows without their texts is some MB. */
const MAX_ANSWER_BYTES = 128_000_000;

async function callOnce(
  { apiKey, apiUrl, settings = BRAINTRUST_SETTINGS, timeoutMs = 120_000, clock = systemClock }: BraintrustOptions,
  method: string,
  path: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<unknown> {
  const url = `${apiUrl}${path}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await textWithin(response, MAX_ANSWER_BYTES);
  } catch (error) {
    throw lostConnection(apiUrl, error, timeoutMs, settings);
  }
  const where = `${method} ${url.replace(/\?.*/, "")}`;
  if (!response.ok) {
    throw refusal(where, response, withoutSecrets(text, apiKey, headers), clock.now(), settings);
  }
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    throw notTheApi(where, withoutSecrets(text, apiKey, headers), settings);
  }
}

/** An answer without what it may repeat of the request: the key, and headers that may be one. */
function withoutSecrets(text: string, apiKey: string | null, headers: Record<string, string>): string {
  const own = Object.entries(headers).filter(([name]) => name !== "x-bt-parent").map(([, value]) => value);
  return [apiKey ?? "", ...own].filter((secret) => secret.length >= 6)
    .reduce((clean, secret) => clean.replaceAll(secret, "[key]"), text);
}

/**
 * The SDK's own `Eval`, without a progress bar and without a report of its own. It is loaded only when it is asked for.
 *
 * @param noSendLogs runs offline: nothing is sent, and no key is needed
 */
export async function sdkEval(
  project: string,
  evaluator: SdkEvaluator,
  { noSendLogs }: { noSendLogs: boolean },
): Promise<SdkResult[]> {
  const { Eval } = await latePackage<typeof import("braintrust")>("braintrust");
  const { results } = await Eval(project, evaluator, {
    noSendLogs,
    progress: { start: () => {}, stop: () => {}, increment: () => {} },
    reporter: { name: "none", reportEval: () => true, reportRun: () => true },
  });
  return results;
}
