/**
 * Topics: what texts about failed sessions have in common, clustered without a number of clusters being set, with how far to
 * believe it. Pure and seeded; embeddings and names of a model come in as arguments.
 *
 * @module
 */
export * from "./failure_topics.ts";
export { hdbscan } from "./hdbscan.ts";
export type { DensityClusters, DensityOptions } from "./hdbscan.ts";
export * from "./naming.ts";
export * from "./sessions.ts";
export * from "./topics.ts";
export * from "./types.ts";
export { DISSOLVED, HIGH_PURITY, STABLE } from "./warnings.ts";
