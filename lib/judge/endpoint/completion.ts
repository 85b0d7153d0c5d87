import { AskError, type Reply, type Usage } from "./ask.ts";
import { type ErrorSaid, errorSaid, faultOfSaid, type HttpAnswer, saidText } from "./faults.ts";
import { isFiltered, isRefusal } from "./refusals.ts";
import { completionOfEvents, isEventStream } from "./stream.ts";
import { NO_USAGE, readUsage } from "./usage.ts";

type Json = Record<string, unknown>;

/** What an answer comes to: a reply, or an error that may be about how it was asked. */
export type Read = { reply: Omit<Reply, "dialect"> } | { error: AskError; status: number; words: string };

/**
 * Reads what an endpoint answered to a chat completion: one JSON object or a stream of events, whatever its content type; an
 * error by its status or inside a 200; a choice with an error; an answer as text, as parts, or as a tool call.
 */
export function readCompletion(answer: HttpAnswer): Read {
  const { status, text } = answer;
  const body = bodyOf(text);
  if (status >= 400 || body !== null && errorSaid(body) !== null) return refused(answer, errorSaid(body));
  if (body === null) return { error: notACompletion(text, NO_USAGE), status, words: "" };
  const choice = (Array.isArray(body["choices"]) ? body["choices"][0] : undefined) as Json | undefined;
  const usage = readUsage(body["usage"] ?? (body["x_groq"] as Json | undefined)?.["usage"]);
  const reply = {
    text: "",
    refusal: null,
    cut: false,
    model: typeof body["model"] === "string" ? body["model"] : null,
    ...usage,
  };
  const blocked = blockReason(body);
  if (blocked !== null) return { reply: { ...reply, refusal: blocked } };
  const message = (choice?.["message"] ?? choice?.["delta"]) as Json | undefined;
  if (!choice || !message && typeof choice["text"] !== "string" && !choice["error"]) {
    return { error: notACompletion(text, usage), status, words: "" };
  }
  const finish = choice["finish_reason"] ?? choice["native_finish_reason"] ?? null;
  if (choice["error"] || finish === "error") {
    const said = errorSaid({ error: choice["error"] ?? "the model's provider failed" }) as ErrorSaid;
    if (isRefusal(200, said.codes, said.message)) return { reply: { ...reply, refusal: saidText(said) } };
    const spent = usage.inputTokens === null ? "unknown" as const : usage;
    return { error: faultOfSaid(said.status ?? 502, said, answer, spent), status, words: "" };
  }
  const refusal = message?.["refusal"] || refusalPart(message?.["content"]);
  if (typeof refusal === "string" && refusal !== "") return { reply: { ...reply, refusal } };
  if (isFiltered(finish) || isFiltered(choice["native_finish_reason"])) {
    return { reply: { ...reply, refusal: "stopped by the provider's content filter" } };
  }
  const cut = finish === "length" || finish === "max_tokens" || finish === "MAX_TOKENS";
  return { reply: { ...reply, text: answerText(message ?? {}, choice, cut), cut } };
}

function refused(answer: HttpAnswer, said: ErrorSaid | null): Read {
  const { status, text } = answer;
  const error = said ??
    { message: /^\s*</.test(text) ? "" : text.slice(0, 500), codes: [], status: null, retryAfterMs: null };
  const effective = status >= 400 ? status : error.status ?? 502;
  if (isRefusal(status >= 400 ? status : error.status ?? 200, error.codes, error.message)) {
    return {
      reply: {
        text: "",
        refusal: saidText(error),
        cut: false,
        model: null,
        ...NO_USAGE,
        unanswered: true,
      },
    };
  }
  // An error among the events of an answer came after a model had begun it.
  const spent = status < 400 && isEventStream(text) ? "unknown" as const : undefined;
  return {
    error: faultOfSaid(effective, error, answer, spent),
    status: effective,
    words: `${error.message} ${error.codes.join(" ")}`,
  };
}

/** The JSON object of a body, or of the first element of a list; null when it is none. */
function bodyOf(text: string): Json | null {
  if (isEventStream(text)) return completionOfEvents(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "object" && first !== null ? unwrapped(first as Json) : null;
}

/** Some gateways put the completion into an envelope of their own. */
function unwrapped(body: Json): Json {
  if ("choices" in body) return body;
  const inner = [body["data"], body["result"], body["response"]].find((value) =>
    typeof value === "object" && value !== null && "choices" in value
  );
  return (inner ?? body) as Json;
}

function notACompletion(text: string, usage: Usage): AskError {
  if (/^\s*[{[]/.test(text) && !isJson(text) || isEventStream(text)) {
    return new AskError("connection", "the endpoint's answer breaks off");
  }
  // An answer without a choice may be counted all the same.
  const spent = usage.inputTokens === null ? "nothing" as const : usage;
  return new AskError("server", "the endpoint's answer is not a chat completion; check the base URL", null, spent);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Why a prompt was not taken at all, where an answer says so instead of choosing; null where it does not. */
function blockReason(body: Json): string | null {
  const feedback = (body["promptFeedback"] ?? body["prompt_feedback"]) as Json | undefined;
  const reason = feedback?.["blockReason"] ?? feedback?.["block_reason"];
  if (typeof reason === "string") return `the prompt was blocked: ${reason}`;
  const choices = body["choices"];
  if (Array.isArray(choices) && choices.length > 0) return null;
  const filters = JSON.stringify(body["prompt_filter_results"] ?? null);
  return /"filtered":true/.test(filters) ? "the prompt was stopped by the provider's content filter" : null;
}

/** The answer: text, the texts of its parts, the arguments of a tool call, or, where all else is empty, the thoughts. */
function answerText(message: Json, choice: Json, cut: boolean): string {
  const content = contentText(message["content"]) || (typeof choice["text"] === "string" ? choice["text"] : "");
  if (content.trim() !== "") return content;
  const calls = Array.isArray(message["tool_calls"]) ? message["tool_calls"] as Json[] : [];
  const called = (calls[0]?.["function"] ?? message["function_call"]) as Json | undefined;
  if (called) {
    return typeof called["arguments"] === "string" ? called["arguments"] : JSON.stringify(called["arguments"] ?? "");
  }
  // A server that takes all for thoughts leaves the answer there; one that was cut off had not come to it.
  const thoughts = message["reasoning_content"] ?? message["reasoning"];
  return !cut && typeof thoughts === "string" ? thoughts : "";
}

function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  // JSON that a gateway has read already.
  if (!Array.isArray(content)) return typeof content === "object" && content !== null ? JSON.stringify(content) : "";
  return content.filter((part): part is Json => typeof part === "object" && part !== null)
    .filter((part) => !/think|reason/i.test(String(part["type"] ?? "")))
    .map((part) => typeof part["text"] === "string" ? part["text"] : "").join("");
}

/** A refusal among the parts of an answer. */
function refusalPart(content: unknown): unknown {
  return Array.isArray(content) ? content.find((part) => part?.type === "refusal")?.refusal : undefined;
}
