import OpenAI from "openai";
import { type Ask, AskError, type AskFault, type AskRequest, type Reply } from "./ask.ts";
import type { Embed } from "./embed.ts";
import { ANSWER_JSON_SCHEMA } from "../verdicts/verdict.ts";

/** Where and how to ask. */
export interface ClientOptions {
  apiKey: string;
  /** Of an OpenAI-compatible endpoint, with its version: `https://api.openai.com/v1`. */
  baseUrl: string;
  timeoutMs: number;
}

/**
 * Asks through OpenAI's chat completions, at any compatible endpoint. A strict JSON schema is asked for, then any JSON
 * object, then none, as the endpoint allows; likewise parameters that it does not know are left out. What was refused once
 * is not tried again. Nothing is retried here but such a request.
 */
export function openAiAsk({ apiKey, baseUrl, timeoutMs }: ClientOptions): Ask {
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0, timeout: timeoutMs, logLevel: "off" });
  let dialect: Dialect = { format: "json_schema", temperature: true, outputLimit: "max_completion_tokens" };
  return async (request) => {
    for (;;) {
      const tried = dialect;
      try {
        return await askOnce(client, request, tried, timeoutMs);
      } catch (error) {
        const simpler = simplerDialect(error, tried);
        if (!simpler) throw faultOf(error, apiKey, timeoutMs);
        // Another request may have found the same in the meantime.
        if (dialect === tried) dialect = simpler;
      }
    }
  };
}

/** Embeds through OpenAI's embeddings, at any compatible endpoint. */
export function openAiEmbed({ apiKey, baseUrl, timeoutMs }: ClientOptions): Embed {
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0, timeout: timeoutMs, logLevel: "off" });
  return async ({ model, texts }) => {
    try {
      // Plain numbers: not every compatible endpoint packs them as the client would ask by default.
      const answer = await client.embeddings.create(
        { model, input: [...texts], encoding_format: "float" },
        { signal: AbortSignal.timeout(timeoutMs) },
      );
      const rows = [...(answer as Partial<typeof answer>).data ?? []].sort((a, b) => a.index - b.index);
      if (rows.length !== texts.length || rows.some((row, i) => row.index !== i || !Array.isArray(row.embedding))) {
        throw new AskError("server", `expected ${texts.length} embeddings, found ${rows.length}; check the base URL`);
      }
      return { vectors: rows.map((row) => row.embedding), inputTokens: answer.usage?.prompt_tokens ?? null };
    } catch (error) {
      const aborted = error instanceof OpenAI.APIUserAbortError || (error as Error)?.name === "TimeoutError";
      throw faultOf(aborted ? TIMED_OUT : error, apiKey, timeoutMs);
    }
  };
}

interface Dialect {
  format: "json_schema" | "json_object" | "none";
  temperature: boolean;
  outputLimit: "max_completion_tokens" | "max_tokens";
}

async function askOnce(client: OpenAI, request: AskRequest, dialect: Dialect, timeoutMs: number): Promise<Reply> {
  const { model, messages, maxOutputTokens } = request;
  const body: OpenAI.ChatCompletionCreateParamsNonStreaming = {
    model,
    messages,
    [dialect.outputLimit]: maxOutputTokens,
    ...(dialect.temperature ? { temperature: 0 } : {}),
    ...FORMATS[request.plain ? "none" : dialect.format],
  };
  // The client's own timeout ends with the headers; this one holds until the body is there.
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(TIMED_OUT), timeoutMs);
  try {
    const completion = await client.chat.completions.create(body, { signal: controller.signal });
    const choice = (completion as Partial<OpenAI.ChatCompletion>)?.choices?.[0];
    if (!choice?.message) {
      throw new AskError("server", "the endpoint's answer is not a chat completion; check the base URL");
    }
    const filtered = choice.finish_reason === "content_filter" ? "stopped by the provider's content filter" : null;
    return {
      text: typeof choice.message.content === "string" ? choice.message.content : "",
      refusal: choice.message.refusal ?? filtered,
      model: completion.model ?? null,
      inputTokens: completion.usage?.prompt_tokens ?? null,
      outputTokens: completion.usage?.completion_tokens ?? null,
    };
  } catch (error) {
    throw controller.signal.aborted ? TIMED_OUT : error;
  } finally {
    clearTimeout(timer);
  }
}

const TIMED_OUT = new Error("timed out");

const FORMATS: Record<Dialect["format"], Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>> = {
  json_schema: {
    response_format: {
      type: "json_schema",
      json_schema: { name: "verdict", strict: true, schema: { ...ANSWER_JSON_SCHEMA } },
    },
  },
  json_object: { response_format: { type: "json_object" } },
  none: {},
};

/** What to try when the endpoint does not know a parameter; null when the error is about something else. */
function simplerDialect(error: unknown, tried: Dialect): Dialect | null {
  if (!(error instanceof OpenAI.APIError) || (error.status !== 400 && error.status !== 422)) return null;
  const about = `${error.param ?? ""} ${error.message}`;
  if (/max_completion_tokens/.test(about) && tried.outputLimit === "max_completion_tokens") {
    return { ...tried, outputLimit: "max_tokens" };
  }
  if (/temperature/.test(about) && tried.temperature) return { ...tried, temperature: false };
  if (!/response_format|json_schema|json_object|structured output/i.test(about)) return null;
  if (tried.format === "none") return null;
  return { ...tried, format: tried.format === "json_schema" ? "json_object" : "none" };
}

function faultOf(error: unknown, apiKey: string, timeoutMs: number): AskError {
  if (error instanceof AskError) return error;
  const text = withoutKey(error instanceof Error ? error.message : String(error), apiKey);
  if (error === TIMED_OUT || error instanceof OpenAI.APIConnectionTimeoutError) {
    return new AskError("timeout", `no answer within ${timeoutMs / 1000} s`);
  }
  if (error instanceof OpenAI.APIError && error.status !== undefined) {
    return new AskError(faultOfStatus(error.status, error.code), text, retryAfterMs(error.headers));
  }
  // A body that breaks off, a reset connection, a name that does not resolve.
  return new AskError("connection", text);
}

function faultOfStatus(status: number, code: string | null | undefined): AskFault {
  if (status === 429) return code === "insufficient_quota" ? "account" : "rate limit";
  if (status === 401 || status === 403 || status === 402 || (status === 404)) return "account";
  if (status === 408) return "timeout";
  return status >= 500 || status === 409 ? "server" : "request";
}

/** `Retry-After` in seconds or as a date, or OpenAI's `retry-after-ms`. */
function retryAfterMs(headers: Headers | undefined): number | null {
  const exact = headers?.get("retry-after-ms");
  if (exact && Number.isFinite(Number(exact))) return Math.max(0, Number(exact));
  const value = headers?.get("retry-after");
  if (!value) return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Providers repeat the key they were sent, whole or in part. */
function withoutKey(text: string, apiKey: string): string {
  const plain = apiKey ? text.replaceAll(apiKey, "[key]") : text;
  return plain.replace(/\b(sk|key|Bearer)[-_ ][\w*.-]{6,}/g, "[key]").slice(0, 500);
}
