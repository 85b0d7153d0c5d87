import type { TopicAgreement, TopicCause, Topics, TrainedClassifier } from "../../lib/analysis/topics/mod.ts";
import type { ClassMatch } from "../../lib/study/mod.ts";
import { plural } from "../../lib/model/plural.ts";

/** What is told beside the topics; empty or null where there is nothing to tell. */
export interface Beside {
  causes: readonly TopicCause[];
  agreement: TopicAgreement | null;
  classifier: TrainedClassifier | null;
  /** The published classes, for the rows of the study alone. */
  classes: readonly ClassMatch[];
}

/** Topics as a person reads them in a terminal. */
export function topicsText(topics: Topics, { causes, agreement, classifier, classes }: Beside): string {
  const { stability, rediscovery, embedding, unclustered } = topics;
  const lines = topics.topics.map((topic) => {
    const { benchmark, harness } = topic.purity;
    const stable = topic.stability === null ? "" : `, found again ${topic.stability.toFixed(2)}`;
    const found = topic.seed === null ? ", in no seed" : "";
    return [
      `${topic.number}. ${topic.name}: ${plural(topic.sessions, "session")}, ${pct(topic.share)}${stable}${found}`,
      `   largest part ${benchmark.value} (${pct(benchmark.share)}), ${harness.value} (${pct(harness.share)})`,
      `   ${topic.terms.map(({ term }) => term).join(" ")}`,
    ].join("\n");
  });
  const points = embedding.kind === "given"
    ? `${embedding.dimensions} given dimensions`
    : `${plural(embedding.words, "word")}, ${plural(embedding.dimensions, "dimension")} with ${
      pct(embedding.variance ?? 0)
    } of their variance`;
  const absent = topics.seeds.filter(({ known }) => !known).map(({ name, matches }) => `${name} (${matches})`);
  return [
    `${points}; seed ${topics.seed}; topics without a seed of ${topics.min_size} texts and more`,
    ...lines,
    `In no topic: ${unclustered} (${pct(unclustered / topics.texts)})`,
    absent.length ? `Seeds with too few texts to say where they lie: ${absent.join(", ")}` : "",
    stability
      ? `${stability.runs} bootstrap runs: adjusted Rand ${stability.adjusted_rand.toFixed(2)} (${
        stability.lo.toFixed(2)
      } to ` +
        `${stability.hi.toFixed(2)}), ${stability.clusters_lo} to ${stability.clusters_hi} topics`
      : "",
    ...rediscovery.map(({ dimension, purity, purity_of_one, adjusted_rand, adjusted_rand_within_benchmark: within }) =>
      `Purity by ${dimension}: ${pct(purity)} (${pct(purity_of_one)} without topics), adjusted Rand ${
        adjusted_rand.toFixed(2)
      }${within === null ? "" : `, within a benchmark ${within.toFixed(2)}`}`
    ),
    ...topics.warnings.map((warning) => `! ${warning}`),
    ...causesText(causes),
    ...agreementText(agreement, classifier),
    classes.length ? "The published classes (their shares are of all sessions, ours of failed ones):" : "",
    ...classes.map(({ name, published_share, share, texts, stability }) =>
      `  ${name}: ${pct(published_share)} published, ${pct(share)} of ours (${texts})${
        stability === null ? "" : `, found again ${stability.toFixed(2)}`
      }`
    ),
  ].filter(Boolean).join("\n");
}

function causesText(causes: readonly TopicCause[]): string[] {
  if (causes.length === 0) return [];
  return [
    "Asked of successes too (rate among failures less rate among successes):",
    ...causes.map((cause) =>
      `  ${cause.name}: ${pct(cause.failures / cause.of_failures)} less ${pct(cause.successes / cause.of_successes)}, ${
        points(cause.difference)
      } (${points(cause.lo)} to ${points(cause.hi)})${cause.tells_apart ? "" : ": as frequent in successes, no cause"}`
    ),
  ];
}

function agreementText(agreement: TopicAgreement | null, classifier: TrainedClassifier | null): string[] {
  if (agreement === null) return [];
  const kappa = (of: { estimate: number; lo: number; hi: number } | null) =>
    of === null ? "n/a" : `${of.estimate.toFixed(2)} (${of.lo.toFixed(2)} to ${of.hi.toFixed(2)})`;
  return [
    `Against ${plural(agreement.n, "label")} (${agreement.without_text} more have no text here): same first topic ${
      pct(agreement.accuracy ?? 0)
    }, kappa ${kappa(agreement.kappa)}`,
    ...agreement.modes.map(({ mode, by_people, by_topics, precision, recall }) =>
      `  ${mode}: ${by_people} by people, ${by_topics} by topics, precision ${share(precision)}, recall ${
        share(recall)
      }`
    ),
    agreement.unknown_modes.length ? `  no topic or seed is called ${agreement.unknown_modes.join(", ")}` : "",
    classifier === null
      ? ""
      : `A classifier trained on ${plural(classifier.n, "label")} (10 folds): ${
        pct(classifier.accuracy)
      } right, kappa ${kappa(classifier.kappa)}`,
  ].filter(Boolean);
}

function share(value: number | null): string {
  return value === null ? "n/a" : value.toFixed(2);
}

function points(difference: number): string {
  return `${difference < 0 ? "" : "+"}${(100 * difference).toFixed(1)} points`;
}

function pct(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
