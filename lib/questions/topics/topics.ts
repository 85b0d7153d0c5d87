import { failureTopics, MIN_TEXTS } from "../../analysis/topics/failure_topics.ts";
import { drawTopics } from "../../figures/topics/topics.ts";
import { question } from "../question.ts";

/** Topics of what the judge said of failures. */
export const topics = question({
  name: "topics",
  title: "What do failures have in common, by what the judge said?",
  chapter: "topics",
  needs: ["sessions"],
  nothing: `fewer than ${MIN_TEXTS} failed sessions have a reason of the judge`,
  ask: (dataset, { seed, familyOf }) => failureTopics(dataset, { seed, familyOf }).topics,
  draw: (found, context) => [drawTopics(found, context)],
});
