import type { Topics } from "../../lib/analysis/topics/mod.ts";
import type { ClassMatch } from "../../lib/study/mod.ts";

/** Topics as a person reads them in a terminal; `classes` are the published ones held against them, none for other rows. */
export function topicsText(topics: Topics, classes: readonly ClassMatch[]): string {
  const { stability, rediscovery, embedding, unclustered } = topics;
  const lines = topics.topics.map((topic) => {
    const { benchmark, harness } = topic.purity;
    const stable = topic.stability === null ? "" : `, found again ${topic.stability.toFixed(2)}`;
    return [
      `${topic.number}. ${topic.name}: ${topic.sessions} sessions, ${pct(topic.share)}${stable}`,
      `   mostly ${benchmark.value} (${pct(benchmark.share)}), ${harness.value} (${pct(harness.share)})`,
      `   ${topic.terms.map(({ term }) => term).join(" ")}`,
    ].join("\n");
  });
  const points = embedding.kind === "given"
    ? `${embedding.dimensions} given dimensions`
    : `${embedding.words} words, ${embedding.dimensions} dimensions with ${
      pct(embedding.variance ?? 0)
    } of their variance`;
  return [
    `${points}; seed ${topics.seed}; topics of ${topics.min_size} texts and more`,
    ...lines,
    `Unclustered: ${unclustered} (${pct(unclustered / topics.texts)})`,
    stability
      ? `${stability.runs} bootstrap runs: adjusted Rand ${stability.adjusted_rand.toFixed(2)} (${
        stability.lo.toFixed(2)
      } to ` +
        `${stability.hi.toFixed(2)}), ${stability.clusters_lo} to ${stability.clusters_hi} topics`
      : "",
    ...rediscovery.map(({ dimension, purity, purity_of_one, adjusted_rand }) =>
      `Purity by ${dimension}: ${pct(purity)} (${pct(purity_of_one)} without topics), adjusted Rand ${
        adjusted_rand.toFixed(2)
      }`
    ),
    ...topics.warnings.map((warning) => `! ${warning}`),
    classes.length
      ? "The published classes, by words (published shares are of all sessions, ours of failed ones):"
      : "",
    ...classes.map((match) =>
      `  ${match.name}: ${pct(match.published_share)} published, ${pct(match.share)} of ours use its words; ` +
      (match.topic === null
        ? "in no topic"
        : `topic ${match.topic} has ${pct(match.recall)} of them, and they are ${pct(match.precision)} of it: ` +
          (match.recognisable ? "recognisable" : "not recognisable"))
    ),
  ].filter(Boolean).join("\n");
}

function pct(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
