import { isObject, type Json } from "../../dialects/json.ts";
import type { PlacedSession } from "../placed.ts";

/** Inspect's letters: correct, incorrect, partial, no answer. */
const LETTERS: Record<string, number> = { C: 1, I: 0, P: 0.5, N: 0 };
const WORDS: Record<string, number> = { yes: 1, true: 1, correct: 1, no: 0, false: 0, incorrect: 0 };

/** The grade of a sample: its first score as a number; solved at 1, not at 0, and neither between. */
export function gradeOf(sample: Json): NonNullable<PlacedSession["grades"]> {
  const scores = isObject(sample["scores"]) ? Object.values(sample["scores"]) : [];
  const all = [...scores, sample["score"] ?? null].map((one) => numberOf(isObject(one) ? one["value"] : one));
  const score = all[0]!;
  const limit = isObject(sample["limit"]) ? sample["limit"]["type"] : null;
  const status = sample["error"] ? "error" : typeof limit === "string" ? `${limit} limit` : null;
  return { success: score === 0 || score === 1 ? score : null, score, status, all };
}

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return null;
  return LETTERS[value] ?? WORDS[value.toLowerCase()] ?? (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null);
}
