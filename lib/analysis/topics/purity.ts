import { adjustedRand } from "../../stats/mod.ts";
import type { FamilyOf } from "../failure/family.ts";
import { type Purity, type Rediscovery, TOPIC_DIMENSIONS, type TopicDimension, type TopicText } from "./types.ts";

/** A text's value of a dimension. */
export function valueOf({ benchmark, harness }: TopicText, dimension: TopicDimension, familyOf: FamilyOf): string {
  if (dimension === "family") return familyOf(benchmark);
  return dimension === "benchmark" ? benchmark : harness;
}

/** The commonest value of each dimension in a group of texts, ties by name. */
export function purityOf(texts: readonly TopicText[], familyOf: FamilyOf): Record<TopicDimension, Purity> {
  const of = (dimension: TopicDimension): Purity => {
    const counts = new Map<string, number>();
    for (const text of texts) {
      const value = valueOf(text, dimension, familyOf);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return { value: first?.[0] ?? "", share: (first?.[1] ?? 0) / Math.max(1, texts.length) };
  };
  return { benchmark: of("benchmark"), family: of("family"), harness: of("harness") };
}

/** How far clusters say what was known before, over clustered texts; `labels` has -1 for none. */
export function rediscovery(
  texts: readonly TopicText[],
  labels: readonly number[],
  familyOf: FamilyOf,
): Rediscovery[] {
  const inside = texts.filter((_, i) => labels[i]! >= 0);
  const own = labels.filter((label) => label >= 0);
  const groups = [...Map.groupBy(inside.map((text, i) => ({ text, label: own[i]! })), ({ label }) => label).values()]
    .map((members) => members.map(({ text }) => text));
  return TOPIC_DIMENSIONS.map((dimension) => ({
    dimension,
    purity: groups.reduce((sum, group) => sum + group.length * purityOf(group, familyOf)[dimension].share, 0) /
      Math.max(1, inside.length),
    purity_of_one: purityOf(inside, familyOf)[dimension].share,
    adjusted_rand: adjustedRand(own, inside.map((text) => valueOf(text, dimension, familyOf))),
    adjusted_rand_within_benchmark: dimension === "harness" ? withinBenchmark(inside, own) : null,
  }));
}

/** How far topics repeat the harness where the benchmark is the same. */
function withinBenchmark(texts: readonly TopicText[], labels: readonly number[]): number | null {
  const suites = [...Map.groupBy(texts.map((text, i) => ({ text, label: labels[i]! })), ({ text }) => text.benchmark)];
  const parts = suites.map(([, members]) => ({
    n: members.length,
    index: adjustedRand(members.map(({ label }) => label), members.map(({ text }) => text.harness)),
  })).filter(({ index }) => Number.isFinite(index));
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  return n === 0 ? null : parts.reduce((sum, part) => sum + part.n * part.index, 0) / n;
}
