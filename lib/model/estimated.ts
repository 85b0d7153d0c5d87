import { plural } from "./plural.ts";

/** What captions say where tokens of `n` of so many sessions were counted by a tokenizer; nothing where they are recorded. */
export function estimatedText(n: number, of: number): string {
  if (n === 0) return "";
  const whose = n === of ? "" : ` of ${n.toLocaleString("en")} of ${plural(of, "session")}`;
  return ` (tokens${whose} estimated by a tokenizer)`;
}
