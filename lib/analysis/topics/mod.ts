/**
 * Topics: how sessions failed, by known ways of failing (seeds) and by what else texts have in common, with how far to
 * believe it. Pure and seeded; embeddings, facets and names of a model come in as arguments.
 *
 * @module
 */
export { type ModeAgreement, type ModeLabel, type TopicAgreement, topicAgreement } from "./agreement.ts";
export { type TopicCause, topicCauses } from "./causes.ts";
export { classify, type TopicClassifier, trainClassifier, type TrainedClassifier } from "./classifier.ts";
export { embedInto, type WordSpace } from "./embedding.ts";
export { failureReasons, type FailureTopics, failureTopics, successReasons } from "./failure_topics.ts";
export { labelTexts, parseTopicModel, type TopicModel, topicModel, type TopicModelOptions } from "./model.ts";
export { type NamedTopics, nameTopics } from "./naming.ts";
export { offeredSeeds, seedsFromComments, seedsTogether } from "./offered_seeds.ts";
export { defaultSeeds, parseSeeds, type Seed } from "./seeds.ts";
export { type TopicOptions, topicsOf } from "./topics.ts";
export type {
  Purity,
  Rediscovery,
  SeedFound,
  Topic,
  TopicDimension,
  TopicPoint,
  Topics,
  TopicTerm,
  TopicText,
} from "./types.ts";
export type { SeedLabel } from "./guided.ts";
export { type WithoutTaskWords, withoutTaskWords } from "./task_words.ts";
