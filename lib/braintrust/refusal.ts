import { BodyTooLarge } from "../io/bounded.ts";
import { retryAfterOf } from "../io/retry.ts";
import { BraintrustError } from "./error.ts";

/** The API's address when `BRAINTRUST_API_URL` does not say another. */
export const DEFAULT_API_URL = "https://api.braintrust.dev";

/** Names of the settings that messages send the user to. */
export interface Settings {
  /** Of the API's address. */
  url: string;
  /** Of the key. */
  key: string;
}

/** Those of the service itself. */
export const BRAINTRUST_SETTINGS: Settings = { url: "BRAINTRUST_API_URL", key: "BRAINTRUST_API_KEY" };

/**
 * What an HTTP error status means.
 *
 * @param where the call, for the message
 * @param body what the answer says, without the key
 */
export function refusal(
  where: string,
  { status, headers }: Response,
  body: string,
  nowMs: number,
  settings: Settings,
): BraintrustError {
  const [said, waitMs] = [messageOf(withoutKeys(body)), retryAfterOf(headers, nowMs)];
  if (status === 401 || status === 403) {
    return new BraintrustError(
      "key",
      `${where}: the key in ${settings.key} was refused (${status}${said}); set another`,
    );
  }
  if (status === 413) return new BraintrustError("too large", `${where}: the request is too large (413${said})`);
  if (status === 429) return new BraintrustError("rate limit", `${where}: rate limit (429${said})`, waitMs);
  if (status >= 500) return new BraintrustError("server", `${where}: the server fails (${status}${said})`, waitMs);
  if (looksLikeHtml(body, headers)) return notTheApi(where, body, settings);
  return new BraintrustError(status === 404 ? "missing" : "request", `${where}: refused (${status}${said})`);
}

/** An answer that is not the API's JSON. */
export function notTheApi(where: string, text: string, { url }: Settings): BraintrustError {
  const found = /^\s*</.test(text) ? "a web page" : `"${text.slice(0, 40)}"`;
  return new BraintrustError(
    "not the API",
    `${where}: expected JSON, found ${found}; is ${url} the API's address${
      url === BRAINTRUST_SETTINGS.url ? `, such as ${DEFAULT_API_URL}` : ""
    }?`,
  );
}

/** What a failed `fetch` means; an error that is not the network's comes back as it is. */
export function lostConnection(apiUrl: string, error: unknown, timeoutMs: number, { url }: Settings): unknown {
  if (error instanceof Deno.errors.NotCapable || !(error instanceof Error)) return error;
  if (error instanceof BodyTooLarge) return new BraintrustError("not the API", `${apiUrl}: ${error.message}`);
  if (error.name === "TimeoutError") {
    return new BraintrustError("network", `${apiUrl}: no answer within ${timeoutMs / 1000} s`);
  }
  const reason = (error.cause instanceof Error ? error.cause.message : error.message).split("\n")[0];
  return new BraintrustError(
    "network",
    `${apiUrl} cannot be reached (${reason}); check the network and ${url}`,
  );
}

const looksLikeHtml = (text: string, headers: Headers) =>
  /^\s*<(!doctype|html)/i.test(text) || (headers.get("content-type") ?? "").includes("text/html");

/** What an error body says, in brief: `: …`, or nothing. */
function messageOf(text: string): string {
  if (/^\s*</.test(text) || text.trim() === "") return "";
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    const said = json["message"] ?? json["Message"] ?? json["error"];
    text = typeof said === "string" ? said : JSON.stringify(said ?? json);
  } catch {
    // Not JSON: the text itself is what it says.
  }
  return `: ${text.trim().slice(0, 200)}`;
}

/** Services repeat the key they were sent, whole or in part. */
function withoutKeys(text: string): string {
  return text.replace(/\b(sk|Bearer)[-_ ][\w*.-]{6,}/g, "[key]");
}
