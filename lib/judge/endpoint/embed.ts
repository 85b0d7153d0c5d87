import type { Redacted } from "../../model/mod.ts";
import { redactSecrets } from "../../traces/mod.ts";
import type { Clock } from "../../io/clock.ts";
import { patiently, type RetryPolicy } from "../../io/retry.ts";
import { AskError, faultOfAsk } from "./ask.ts";

/** Some texts to an embedding model. */
export interface EmbedRequest {
  /** Which model embeds. */
  model: string;
  /** None of them empty. */
  texts: readonly Redacted<string>[];
}

/** One vector a text, in the order of the texts. */
export interface EmbedReply {
  /** All of one length. */
  vectors: number[][];
  /** Null when the endpoint does not say. */
  inputTokens: number | null;
}

/**
 * Embeds texts once, without retrying.
 *
 * @throws {AskError} whatever goes wrong.
 */
export type Embed = (request: EmbedRequest) => Promise<EmbedReply>;

/** How {@link embedAll} goes about it. */
export interface EmbedOptions {
  /** Who is asked. */
  embed: Embed;
  /** Which model embeds. */
  model: string;
  /** When a fault is tried again. */
  retries: RetryPolicy;
  /** Waits between tries. */
  clock: Clock;
  /** Uniform on [0, 1): spreads the waits. */
  random: () => number;
  /** Texts a request; 128 by default. */
  batch?: number;
}

/**
 * Embeds any number of texts, a batch at a time, trying again where the fault may pass. An empty text is sent as a space,
 * because endpoints refuse it; secrets are redacted.
 *
 * @throws {AskError} the last fault of a batch that keeps failing, naming the batch: topics of half the texts are none
 */
export async function embedAll(texts: readonly string[], options: EmbedOptions): Promise<EmbedReply> {
  const { batch = 128, model } = options;
  const vectors: number[][] = [];
  let inputTokens: number | null = 0;
  for (let start = 0; start < texts.length; start += batch) {
    const part = texts.slice(start, start + batch).map((text) => redactSecrets(text.trim() === "" ? " " : text).text);
    const reply = await embedPart({ model, texts: part }, start, options);
    vectors.push(...reply.vectors);
    inputTokens = inputTokens === null || reply.inputTokens === null ? null : inputTokens + reply.inputTokens;
  }
  return { vectors, inputTokens };
}

async function embedPart(request: EmbedRequest, start: number, options: EmbedOptions): Promise<EmbedReply> {
  const { embed, retries: policy, clock, random } = options;
  try {
    return await patiently(() => embed(request), { policy, clock, random, faultOf: faultOfAsk });
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    const where = `texts ${start + 1} to ${start + request.texts.length} could not be embedded`;
    throw new AskError(error.fault, `${where}: ${error.message}`, error.retryAfterMs);
  }
}
