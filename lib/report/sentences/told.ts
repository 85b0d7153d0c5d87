import type { Dataset } from "../../model/mod.ts";
import type { Answered, QuestionContext } from "../../questions/mod.ts";
import { type Naming, naming } from "../../figures/mod.ts";

/** What a sentence is made of. */
export interface Told {
  /** What was reported on. */
  dataset: Dataset;
  /** Every question with its answer. */
  answered: readonly Answered[];
  /** How names read. */
  names: Naming;
}

/** A sentence that the data choose; null where they have nothing to say of it. */
export type Sentence = (told: Told) => string | null;

/** What sentences are made of, from a context. */
export function toldOf(dataset: Dataset, answered: readonly Answered[], context: QuestionContext): Told {
  return { dataset, answered, names: naming(context) };
}
