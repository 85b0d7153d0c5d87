/**
 * What went wrong: `key` (refused), `missing` (no such project or object), `network` (no answer), `not the API` (a page or
 * anything else that is not its JSON), `too large` (413), `rate limit`, `server` (5xx) or `request` (any other refusal).
 */
export type BraintrustFault =
  | "key"
  | "missing"
  | "network"
  | "not the API"
  | "too large"
  | "rate limit"
  | "server"
  | "request";

/** A call to the service that did not succeed. The message is one line, says what to do, and holds no key. */
export class BraintrustError extends Error {
  /** Tells it from other errors. */
  override readonly name = "BraintrustError";
  /** `fault` is the kind of what went wrong, `message` what to do about it. */
  constructor(
    readonly fault: BraintrustFault,
    message: string,
    /** How long the service asks to wait; null when it does not say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message.replaceAll(/\s*\n\s*/g, "; "));
  }
}

/** Whether the same call may well succeed later. */
export function mayPass(error: unknown): error is BraintrustError {
  return error instanceof BraintrustError && ["network", "rate limit", "server"].includes(error.fault);
}
