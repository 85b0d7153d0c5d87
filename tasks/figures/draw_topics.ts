import { failureTopics } from "../../lib/analysis/topics/mod.ts";
import { drawTopics, type Figure } from "../../lib/figures/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { isStudy, studyNames, taskFamily } from "../../lib/study/mod.ts";

/** Seed of the topics, as in the notebook. */
const SEED = 1;

/**
 * `06-topics`, apart from the figures that every source is enough for: it takes the judge's reasons, which the replica
 * has not, and some seconds. Null with a sentence where there are none; the figure drawn before then stays as it is.
 */
export function topicsFigure(dataset: Dataset): { figure: Figure | null; sentence: string } {
  const { topics, sentence } = failureTopics(dataset, {
    seed: SEED,
    ...(isStudy(dataset) ? { familyOf: taskFamily } : {}),
  });
  return {
    figure: topics === null ? null : drawTopics(topics, { source: dataset.info.caption, names: studyNames }),
    sentence,
  };
}
