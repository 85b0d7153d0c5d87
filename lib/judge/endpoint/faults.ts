import { STATUS_CODES } from "node:http";
import { retryAfterOf } from "../../io/retry.ts";
import { AskError, type AskFault, type Spent } from "./ask.ts";

/** An answer as it came, read to its end. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** When it came, in milliseconds since 1970. */
  atMs: number;
}

/** What an error body says. */
export interface ErrorSaid {
  message: string;
  /** Codes and types, wherever they stand. */
  codes: unknown[];
  /** The status that a code or status field of the body names; null where none does. */
  status: number | null;
  /** Milliseconds to wait by the body's own words; null where it does not say. */
  retryAfterMs: number | null;
}

type Json = Record<string, unknown>;

/**
 * The error in a body, in the shapes that endpoints use: `error` as an object or a text, `detail`, a type of `error`, or a
 * message without choices. Null when there is none.
 */
export function errorSaid(body: unknown): ErrorSaid | null {
  if (typeof body !== "object" || body === null) return null;
  const of = body as Json;
  const hasChoices = Array.isArray(of["choices"]) && of["choices"].length > 0;
  const isError = of["object"] === "error" || of["type"] === "error";
  const error = of["error"] ?? (hasChoices ? undefined : of["detail"] ?? (isError || of["message"] ? of : undefined));
  if (error === undefined || error === null || error === false) return null;
  // Some say of each answer that it has no error.
  if (hasChoices && (error === "" || error === 0 || isEmpty(error))) return null;
  const parts = [error, ...nested(error)].filter((part): part is Json => typeof part === "object" && part !== null);
  const message = typeof error === "string" ? error : String(firstOf(parts, "message") ?? JSON.stringify(error));
  const raw = firstOf(parts, "raw");
  const codes = parts.flatMap((part) => [part["code"], part["type"], part["status"], part["reason"], part["param"]])
    .filter((code) => code !== undefined && code !== null);
  const numbers = [...codes, of["code"], of["status"]].map(Number).filter((n) =>
    Number.isInteger(n) && n >= 400 && n < 600
  );
  return {
    message: typeof raw === "string" && raw !== "" ? `${message} (${raw.slice(0, 300)})` : message,
    codes,
    status: numbers[0] ?? null,
    retryAfterMs: askedWait(error, message),
  };
}

const isEmpty = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length === 0;

function nested(error: unknown): unknown[] {
  if (typeof error !== "object" || error === null) return [];
  const of = error as Json;
  return [of["innererror"], of["inner_error"], of["metadata"], ...(Array.isArray(of["details"]) ? of["details"] : [])];
}

const firstOf = (parts: readonly Json[], key: string) =>
  parts.map((part) => part[key]).find((value) => value !== undefined);

/** Google's `retryDelay`, or "try again in 7m12s" in the message. */
function askedWait(error: unknown, message: string): number | null {
  const delay = /"retryDelay":\s*"([\d.]+)s"/.exec(JSON.stringify(error) ?? "")?.[1];
  if (delay !== undefined) return Number(delay) * 1000;
  const said = /(?:try|retry) (?:again )?(?:in|after) ((?:[\d.]+\s?(?:ms|s|m|h|d)(?:econds?|inutes?|ours?|ays?)?\s?)+)/i
    .exec(message)?.[1];
  if (!said) return null;
  const unit: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return [...said.matchAll(/([\d.]+)\s?(ms|s|m|h|d)/gi)]
    .reduce((sum, [, n, u]) => sum + Number(n) * unit[u!.toLowerCase()]!, 0);
}

/** An error in one line, with its code. */
export function saidText({ message, codes }: Pick<ErrorSaid, "message" | "codes">): string {
  const code = codes.find((one) => !message.includes(String(one)));
  return `${message}${code === undefined ? "" : ` (${code})`}`;
}

/** What an error of this status and these words means for further requests. */
export function faultOfSaid(
  status: number,
  said: ErrorSaid,
  { headers, atMs }: Pick<HttpAnswer, "headers" | "atMs">,
  spent: Spent = GAVE_UP.includes(status) ? "unknown" : "nothing",
): AskError {
  const retryAfterMs = retryAfterOf(headers, atMs) ?? said.retryAfterMs;
  const invalid = said.codes.includes("json_validate_failed");
  // The model wrote something, and it was thrown away.
  if (invalid) return new AskError("server", `${status} ${saidText(said)}`, retryAfterMs, "unknown");
  const fault = faultOfStatus(status, said, retryAfterMs);
  const words = saidText(said) || (STATUS_CODES[status] ?? "");
  return new AskError(fault, `${status} ${words}`.trim(), retryAfterMs, spent);
}

/** A gateway that gave up waiting: the model behind it may have answered, and be paid. */
const GAVE_UP = [408, 504, 524];

/** Words of a 400 for who sends it; a long message may repeat the prompt, and words of a trace are none of the endpoint. */
const NOT_LET_IN =
  /credit balance|insufficient (balance|credit|fund)|payment required|api[ _]?key (not valid|expired|invalid|not found)|invalid api[ _]?key|api_key_invalid|location is not supported/i;

/** Words of a limit that no minute's wait will lift. */
const LONG_LIMIT =
  /insufficient_quota|for today|\b(daily|monthly|weekly)\b|per (day|month)|credit balance|out of credits|billing hard limit/i;

function faultOfStatus(status: number, { codes, message }: ErrorSaid, retryAfterMs: number | null): AskFault {
  const words = `${message} ${codes.join(" ")}`;
  if (status === 429) return retryAfterMs === null && LONG_LIMIT.test(words) ? "account" : "rate limit";
  if (/overloaded/i.test(codes.join(" "))) return "server";
  if (status === 401 || status === 402 || status === 403 || status === 404) return "account";
  if (status === 408) return "timeout";
  if (status === 400 && words.length < 400 && NOT_LET_IN.test(words)) return "account";
  return status >= 500 || status === 409 || status === 425 ? "server" : "request";
}
