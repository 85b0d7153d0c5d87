import OpenAI from "openai";
import { BodyTooLarge, textWithin } from "../../io/bounded.ts";
import { type Ask, AskError } from "./ask.ts";
import { readCompletion } from "./completion.ts";
import type { Embed } from "./embed.ts";
import { errorSaid, faultOfSaid, type HttpAnswer } from "./faults.ts";
import { learningAsk } from "./learn.ts";
import { requestBody } from "./request_body.ts";
import { readUsage } from "./usage.ts";

/** Where and how to ask. */
export interface ClientOptions {
  /** Sent with each request; never in an error or a file. */
  apiKey: string;
  /** Of an OpenAI-compatible endpoint, with its version: `https://api.openai.com/v1`. */
  baseUrl: string;
  /** Until the answer is there to its end. */
  timeoutMs: number;
  /** Reasoning effort to ask for, where the endpoint takes it. */
  effort?: string | null;
}

/** An answer of a judge is some kB; one beyond this is given up. */
const MAX_ANSWER_BYTES = 4_000_000;
/** A batch of embeddings as text. */
const MAX_EMBEDDINGS_BYTES = 64_000_000;

/**
 * Asks through OpenAI's chat completions, at any compatible endpoint, in the dialect that the model at this endpoint turns
 * out to want (see `learningAsk`). Nothing is retried here but what was refused for its form. Answers are bounded in time
 * and size.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openAiAsk } from "agent-trace-lab/judge";
 * const ask = openAiAsk({ apiKey: "none", baseUrl: "http://127.0.0.1:1/v1", timeoutMs: 1000 });
 * equal(typeof ask, "function"); // nothing is asked until it is called
 * ```
 */
export function openAiAsk(options: ClientOptions): Ask {
  const exchange = exchanger(options, MAX_ANSWER_BYTES);
  const { apiKey, effort = null } = options;
  return learningAsk(async (request, dialect) => {
    const body = requestBody(request, dialect);
    const read = readCompletion(await exchange((client) => client.chat.completions.create(body)));
    if ("reply" in read) {
      const { refusal } = read.reply;
      return refusal === null ? read : { reply: { ...read.reply, refusal: withoutKey(refusal, apiKey) } };
    }
    return { ...read, error: clean(read.error, apiKey) };
  }, effort);
}

/**
 * Embeds through OpenAI's embeddings, at any compatible endpoint.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openAiEmbed } from "agent-trace-lab/judge";
 * const embed = openAiEmbed({ apiKey: "none", baseUrl: "http://127.0.0.1:1/v1", timeoutMs: 1000 });
 * equal(typeof embed, "function"); // nothing is asked until it is called
 * ```
 */
export function openAiEmbed(options: ClientOptions): Embed {
  const exchange = exchanger(options, MAX_EMBEDDINGS_BYTES);
  return async ({ model, texts }) => {
    // Plain numbers: not every compatible endpoint packs them as the client would ask by default.
    const answer = await exchange((client) =>
      client.embeddings.create({ model, input: [...texts], encoding_format: "float" })
    );
    const body = parsed(answer.text) as { data?: unknown; usage?: unknown } | null;
    const said = errorSaid(body);
    if (answer.status >= 400 || said) {
      const error = said ?? { message: "", codes: [], status: null, retryAfterMs: null };
      throw clean(
        faultOfSaid(answer.status >= 400 ? answer.status : error.status ?? 502, error, answer),
        options.apiKey,
      );
    }
    if (body === null && /^\s*[{[]/.test(answer.text)) throw new AskError("connection", "the answer breaks off");
    const data = (Array.isArray(body?.data) ? body.data : []) as { index: number; embedding: number[] }[];
    const rows = [...data].sort((a, b) => a.index - b.index);
    if (rows.length !== texts.length || rows.some((row, i) => row.index !== i || !Array.isArray(row.embedding))) {
      throw new AskError("server", `expected ${texts.length} embeddings, found ${rows.length}; check the base URL`);
    }
    return { vectors: rows.map((row) => row.embedding), inputTokens: readUsage(body?.usage).inputTokens };
  };
}

/**
 * Has the SDK send a request, and reads the answer itself: whatever its status and form, up to a size, within the time.
 *
 * @throws {AskError} when no whole answer came
 */
function exchanger({ apiKey, baseUrl, timeoutMs }: ClientOptions, maxBytes: number) {
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0, timeout: timeoutMs, logLevel: "off" });
  return async (send: (client: OpenAI) => Promise<unknown>): Promise<HttpAnswer> => {
    const kept: { answer: HttpAnswer | null; began: boolean } = { answer: null, began: false };
    const capture: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      kept.began = true;
      const { status, headers } = response;
      kept.answer = { status, headers, text: await textWithin(response, maxBytes), atMs: Date.now() };
      return Response.json({});
    };
    try {
      await send(client.withOptions({ fetch: capture }));
    } catch (error) {
      if (!kept.answer) throw clean(faultOf(error, timeoutMs, kept.began), apiKey);
    }
    if (!kept.answer) throw new AskError("connection", "the endpoint did not answer");
    return kept.answer;
  };
}

/** What kept an answer from coming to its end. */
function faultOf(error: unknown, timeoutMs: number, began: boolean): AskError {
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return new AskError("timeout", `no answer within ${timeoutMs / 1000} s`);
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof BodyTooLarge) return new AskError("server", cause.message, null, "unknown");
  if (!(error instanceof OpenAI.APIError)) throw error;
  const text = cause instanceof Error ? cause.message : String(cause);
  // Nobody was there to be paid.
  const unsent = !began && /dns error|connection refused|tcp connect error|certificate|name or service/i.test(text);
  return new AskError("connection", text, null, unsent ? "nothing" : "unknown");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function clean({ fault, message, retryAfterMs, spent }: AskError, apiKey: string): AskError {
  return new AskError(fault, withoutKey(message, apiKey), retryAfterMs, spent);
}

/** Providers repeat the key they were sent, whole or in part. */
function withoutKey(text: string, apiKey: string): string {
  const plain = apiKey ? text.replaceAll(apiKey, "[key]") : text;
  return plain.replace(/\b(sk|key|Bearer)[-_ ][\w*.-]{6,}/g, "[key]").slice(0, 500);
}
