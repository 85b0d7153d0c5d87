import type { Answered, Question } from "../questions/mod.ts";

/** The answer to a question among those that were asked, as its record types it; null where it was left out, or not asked. */
export function foundOf<A>(answered: readonly Answered[], asked: Question<A>): A | null {
  const own = answered.find(({ question }) => question.name === asked.name);
  return (own?.found ?? null) as A | null;
}
