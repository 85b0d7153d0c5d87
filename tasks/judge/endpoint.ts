import { priceOf } from "../../lib/analysis/mod.ts";
import { type Ask, DEFAULT_JUDGES, type JudgePrice, openAiAsk, settingsText } from "../../lib/judge/mod.ts";
import { judgePrices } from "../../lib/study/mod.ts";
import { readPrices } from "../prices/read.ts";
import type { JudgeOptions } from "./options.ts";

type Asked = Pick<JudgeOptions, "timeoutMs" | "effort" | "maxOutputTokens">;

/** Asks at the endpoint of the environment; made only when it is first asked, because a plan needs no key. */
export function lazyAsk({ timeoutMs, effort }: Asked): Ask {
  let ask: Ask | null = null;
  return (request) => (ask ??= openAiAsk({ ...endpoint(), timeoutMs, effort }))(request);
}

/** What verdicts record of how they were asked for. */
export function settingsOf({ maxOutputTokens, effort }: Asked): string {
  return settingsText({ ...endpoint(), maxOutputTokens, effort });
}

function endpoint(): { apiKey: string; baseUrl: string } {
  const baseUrl = Deno.env.get("OPENAI_BASE_URL") ?? DEFAULT_JUDGES.baseUrl;
  // An endpoint of one's own may need no key, but the client wants one.
  return { baseUrl, apiKey: Deno.env.get("OPENAI_API_KEY") || "none" };
}

/** @throws {Error} when neither a key nor an endpoint is set */
export function checkEndpoint(): void {
  if (!Deno.env.get("OPENAI_API_KEY") && !Deno.env.get("OPENAI_BASE_URL")) {
    throw new Error("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for an endpoint that needs none");
  }
}

/** Rates of judges: of a file of one's own, or the built-in ones. */
export async function judgePrice(path: string | null): Promise<(judge: string) => JudgePrice | null> {
  const prices = path === null ? judgePrices() : await readPrices(path, "--prices");
  return (model) => {
    const rates = priceOf(prices, model);
    return rates && {
      inputUsdPerMtok: rates.input,
      outputUsdPerMtok: rates.output,
      cachedInputUsdPerMtok: rates.cached_input,
    };
  };
}
