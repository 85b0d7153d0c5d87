/**
 * Topics: how sessions failed, by known ways of failing (seeds) and by what else texts have in common, with how far to
 * believe it. Pure and seeded; embeddings, facets and names of a model come in as arguments.
 *
 * @module
 */
export { type ModeAgreement, type ModeLabel, type TopicAgreement, topicAgreement } from "./agreement.ts";
export { type TopicCause, topicCauses } from "./causes.ts";
export { classify, MIN_LABELS, type TopicClassifier, trainClassifier, type TrainedClassifier } from "./classifier.ts";
export { embedInto, type WordSpace } from "./embedding.ts";
export * from "./failure_topics.ts";
export { hdbscan } from "./hdbscan.ts";
export type { DensityClusters, DensityOptions } from "./hdbscan.ts";
export { labelBySeeds, MIN_MATCHES, type SeedClass, seedClasses, type SeedLabel } from "./guided.ts";
export * from "./model.ts";
export * from "./naming.ts";
export { offeredSeeds, seedsFromComments } from "./offered_seeds.ts";
export { phraseMatcher } from "./phrases.ts";
export * from "./seeds.ts";
export * from "./sessions.ts";
export * from "./topics.ts";
export * from "./types.ts";
export { DISSOLVED, HIGH_PURITY, STABLE } from "./warnings.ts";
