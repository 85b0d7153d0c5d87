import type { Chapter } from "../questions/mod.ts";

/** What the chapters of a report are called. */
export const CHAPTER_TITLES: Readonly<Record<Chapter, string>> = {
  counts: "What was run",
  success: "Who succeeds",
  explain: "What explains success",
  cost: "What it costs",
  failure: "How it fails",
  judged: "The judge",
  truth: "Against official grades",
  claims: "Claims",
  topics: "What failures share",
};

/** Address of a chapter on the page. */
export function chapterHref(chapter: Chapter): string {
  return `#chapter-${chapter}`;
}

/** Address of a question on the page. */
export function questionHref(name: string): string {
  return `#question-${name}`;
}
