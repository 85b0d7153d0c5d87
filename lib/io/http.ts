import { type Clock, systemClock } from "./clock.ts";
import { BodyTooLarge } from "./bounded.ts";
import { patiently, retryAfterMs, type RetryFault, waitText } from "./retry.ts";

/** An answer that is not the one asked for. */
export class HttpError extends Error {
  /** Tells it from other errors. */
  override readonly name = "HttpError";
  /** `detail` says what came, and what to do. */
  constructor(
    readonly url: string,
    readonly status: number,
    detail: string,
    /** Milliseconds the server asks to wait, null when it does not say. */
    readonly retryAfterMs: number | null,
  ) {
    super(`${url}: ${detail}`);
  }
}

/** A body that ended early, a connection that dropped or stalled: the same request may well succeed. */
export class TransferError extends Error {
  /** Tells it from other errors. */
  override readonly name = "TransferError";
  /** `detail` says how it ended. */
  constructor(readonly url: string, detail: string, options?: ErrorOptions) {
    super(`${url}: ${detail}`, options);
  }
}

/** How requests are made and repeated. Clocks come in so that tests need not wait. */
export interface HttpOptions {
  /** Makes the request; the global one unless given. */
  fetch?: typeof fetch;
  /** Further attempts after the first; 5 unless told. */
  retries?: number;
  /** First pause, doubled (with jitter) for each next one; 500 ms unless told. */
  minDelayMs?: number;
  /** A Retry-After longer than this ends the attempts; two minutes unless told. */
  maxRetryAfterMs?: number;
  /** Without a byte for this long a connection counts as dropped; one minute unless told. */
  stallMs?: number;
  /** Waits; the system's clock unless given. */
  sleep?: (ms: number) => Promise<void>;
  /** Uniform on [0, 1), for the jitter of pauses. */
  random?: () => number;
  /** Milliseconds since 1970; the system's clock unless given. */
  now?: () => number;
  /** What to do about a status, in the place of what is said for the Hub's. */
  hints?: Readonly<Record<number, string>>;
}

const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504]);

const OFFLINE = "; is there a network? Files may also lie in data/cache or a folder of TRACES_MIRROR, under HOST/PATH";

/**
 * Runs an attempt until it succeeds: statuses 408, 425, 429 and 5xx, and {@link TransferError}, are repeated with
 * exponential backoff, at least as late as Retry-After asks; anything else ends at once.
 *
 * @throws the last attempt's error, with the number of attempts made in its message
 * @throws {WaitTooLong} when the server asks to wait longer than `maxRetryAfterMs`
 */
export async function retrying<T>(attempt: () => Promise<T>, options: HttpOptions = {}): Promise<T> {
  const { retries = 5, minDelayMs = 500, maxRetryAfterMs = 120_000, random = Math.random } = options;
  let attempts = 0;
  try {
    return await patiently((n) => {
      attempts = n;
      return attempt();
    }, {
      policy: {
        maxAttempts: retries + 1,
        maxRateLimits: retries + 1,
        baseMs: minDelayMs,
        capMs: 30_000,
        maxWaitMs: maxRetryAfterMs,
      },
      clock: clockOf(options),
      random,
      faultOf: faultOfHttp,
    });
  } catch (error) {
    if (attempts > 1 && error instanceof Error) error.message += ` (after ${attempts} attempts)`;
    if (error instanceof TransferError) error.message += OFFLINE;
    throw error;
  }
}

function clockOf({ sleep = systemClock.sleep, now = Date.now }: HttpOptions): Clock {
  return { sleep, now };
}

function faultOfHttp(error: unknown): RetryFault {
  if (error instanceof TransferError) return { kind: "fault", retryAfterMs: null };
  if (!(error instanceof HttpError) || !RETRIED.has(error.status)) return { kind: "final", retryAfterMs: null };
  return { kind: error.status === 429 ? "rate limit" : "fault", retryAfterMs: error.retryAfterMs };
}

/**
 * Sends one request. Redirects are followed; a network failure becomes a {@link TransferError}.
 *
 * @param accept statuses that are answers, 200 and 206 unless told
 * @throws {HttpError} for any other status
 */
export async function request(
  url: string,
  init: RequestInit,
  options: HttpOptions = {},
  accept: readonly number[] = [200, 206],
): Promise<Response> {
  const { fetch: send = fetch, stallMs = 60_000, now = Date.now, hints = HUB_HINTS } = options;
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stallMs);
  let response: Response;
  try {
    response = await send(url, { ...init, signal: stalled.signal });
  } catch (error) {
    throw transferError(url, error);
  } finally {
    clearTimeout(timer);
  }
  if (accept.includes(response.status)) return response;
  await response.body?.cancel();
  const wait = retryAfterMs(response.headers.get("retry-after"), now());
  const asked = wait === null ? "" : `, and asks to wait ${waitText(wait)}`;
  throw new HttpError(url, response.status, `the server answers ${describeStatus(response, hints)}${asked}`, wait);
}

/**
 * Reads a body piece by piece, up to a size: the rest is not fetched.
 *
 * @throws {TransferError} when the connection drops or stalls
 * @throws {BodyTooLarge} at the first piece beyond `maxBytes`, naming the URL
 */
export async function* readBody(
  response: Response,
  url: string,
  { stallMs = 60_000, maxBytes = Infinity }: { stallMs?: number | undefined; maxBytes?: number } = {},
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  let bytes = 0;
  try {
    while (true) {
      const { done, value } = await unlessStalled(reader.read(), stallMs);
      if (done) return;
      bytes += value.length;
      if (bytes > maxBytes) throw new BodyTooLarge(maxBytes, url);
      yield value;
    }
  } catch (error) {
    throw error instanceof BodyTooLarge ? error : transferError(url, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A list, a page of traces or a message of a service is smaller than this. */
const MAX_TEXT_BYTES = 256e6;

/** A body as text. @throws what {@link readBody} throws; 256 MB are read at the most */
export async function bodyText(response: Response, url: string, { stallMs }: HttpOptions = {}): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for await (const piece of readBody(response, url, { stallMs, maxBytes: MAX_TEXT_BYTES })) {
    parts.push(decoder.decode(piece, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}

async function unlessStalled<T>(read: Promise<T>, stallMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stall = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("stalled", "AbortError")), stallMs);
  });
  try {
    return await Promise.race([read, stall]);
  } finally {
    clearTimeout(timer);
  }
}

function transferError(url: string, error: unknown): unknown {
  if (error instanceof DOMException && error.name === "AbortError") {
    return new TransferError(url, "the server stopped answering", { cause: error });
  }
  if (error instanceof Deno.errors.NotCapable) return error;
  if (!(error instanceof Error)) return error;
  const because = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return new TransferError(url, `the connection failed: ${error.message}${because}`, { cause: error });
}

const HUB_HINTS: Readonly<Record<number, string>> = {
  401: "; a token is needed: set HF_TOKEN",
  403: "; this token may not read it (gated datasets need their terms accepted)",
  404: "; there is no such file or revision",
};

function describeStatus(response: Response, hints: Readonly<Record<number, string>>): string {
  const text = response.statusText ? ` ${response.statusText}` : "";
  return `${response.status}${text}${hints[response.status] ?? ""}`;
}

/** Start, end (inclusive) and total of a Content-Range header; total null where it is `*`, null when there is none. */
export function contentRange(header: string | null): { start: number; end: number; total: number | null } | null {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header ?? "");
  if (!match) return null;
  return { start: Number(match[1]), end: Number(match[2]), total: match[3] === "*" ? null : Number(match[3]) };
}
