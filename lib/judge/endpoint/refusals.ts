import signs from "./refusals.json" with { type: "json" };

const ACCOUNT = /\b(account|organi[sz]ation|api[ _-]?key|suspended|deactivated|terminated)\b/i;
const WORDS = new RegExp(signs.words.join("|"), "i");

/** Whether a finish reason says that a content filter, or the model itself, withheld the answer. */
export function isFiltered(finishReason: unknown): boolean {
  return typeof finishReason === "string" && signs.finishReasons.includes(finishReason.toLowerCase());
}

/**
 * Whether an error of a request is a content filter's: by its code, wherever it stands, or by its words. Providers have many
 * shapes for it; `refusals.json` lists their signs.
 */
export function isRefusal(status: number, codes: readonly unknown[], words: string): boolean {
  if (![200, 400, 403, 422, 451].includes(status)) return false;
  // An account that was closed for what it sent is no refusal of this one request.
  if (status === 403 && ACCOUNT.test(words)) return false;
  if (codes.some((code) => signs.codes.includes(String(code).toLowerCase()))) return true;
  return WORDS.test(words);
}
