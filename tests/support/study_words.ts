/**
 * Words of the published study. The library knows none of them outside `lib/study`: what it must know of the study comes in
 * as an argument. Data files (rubrics, mappings, signatures) may name what they are about.
 *
 * @module
 */

/** A word of the study, and how it may be written. */
export const STUDY_WORDS: readonly { word: string; pattern: RegExp }[] = [
  {
    word: "a benchmark's name",
    pattern: /swe-?bench|appworld|browse-?comp|\btau2?[-_](airline|retail|telecom|bench)|\btau2\b/i,
  },
  { word: "a harness's name", pattern: /claude[_ ]code|\btool_calling\b|openai_solo|smolagents/i },
  { word: "a model's name", pattern: /claude[- ]opus|gemini[- ]3|gpt-4\.1|gpt-5\.2|kimi[- ]k2|deepseek[- ]v3/i },
  { word: "published", pattern: /\bpublish(ed|es)(?![a-z])|write-up/i },
  { word: "the data set", pattern: /exgentic|judged table|embedded replica|agent-llm-traces/i },
  { word: "the leaderboard", pattern: /leaderboard/i },
  { word: "the single cap", pattern: /\b2_000_000\b|two million tokens|\b2M cap/i },
  { word: "the shortlisting harness", pattern: /shortlist/i },
  { word: "contamination", pattern: /contaminat/i },
];

/** Files that read a format are called by what they read, which the study's agents happen to have written too. */
export const FORMATS = /^lib\/sources\/(?:(?:readers|messages|mapping)\/|detect\/unsupported\.ts$)/;

/** Lines of a text with a word of the study: their numbers from 1, and the word. */
export function studyWordsIn(text: string): { line: number; word: string }[] {
  return text.split("\n").flatMap((line, i) =>
    STUDY_WORDS.filter(({ pattern }) => pattern.test(line)).map(({ word }) => ({ line: i + 1, word }))
  );
}
