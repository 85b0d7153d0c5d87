import type { Topic, Topics } from "./types.ts";

/** From here on a topic holds little but one value of what was known before. */
export const HIGH_PURITY = 0.9;

/** Below this a topic dissolves more often than not (Hennig 2007). */
export const DISSOLVED = 0.5;

/** From here on a topic is found again as it is (Hennig 2007). */
export const STABLE = 0.75;

/** What topics say less than they seem to, in sentences. */
export function warningsOf(found: Omit<Topics, "warnings">): string[] {
  const { topics, texts, unclustered, task_words, stability, rediscovery } = found;
  const sentences: string[] = [];
  if (topics.length === 0) sentences.push(`None of the ${texts} texts lie close enough together for a topic.`);
  if (unclustered > 0.5 * texts) {
    sentences.push(`${unclustered} of ${texts} texts are in no topic: the topics speak for less than half.`);
  }
  const clustered = Math.max(1, texts - unclustered);
  // Where all texts are of one value anyway, a topic of that value rediscovers nothing.
  const inPure = (dimension: "benchmark" | "family") =>
    rediscovery.some((row) => row.dimension === dimension && row.purity_of_one < HIGH_PURITY)
      ? topics.filter(({ purity }) => purity[dimension].share >= HIGH_PURITY)
      : [];
  const held = (own: readonly Topic[]) => own.reduce((sum, { sessions }) => sum + sessions, 0) / clustered;
  const [suites, families] = [inPure("benchmark"), inPure("family")];
  const severalFamilies = rediscovery.some((row) => row.dimension === "family" && row.purity_of_one < 1);
  if (topics.length && (held(suites) > 0.5 || held(families) > 0.5)) {
    sentences.push(
      `Topics rediscover the task: ${suites.length} of ${topics.length} are ${
        pct(HIGH_PURITY)
      } or more of one benchmark${severalFamilies ? `, ${families.length} of one family of benchmarks` : ""}${
        task_words.left_out ? ", even without the tasks' words" : ""
      }.`,
    );
  }
  for (const { number, purity } of topics) {
    const { value, share } = purity.harness;
    const usual = shareOfHarness(found, value, purity.benchmark.value);
    if (share >= HIGH_PURITY && share > 1.5 * usual) {
      sentences.push(
        `Topic ${number} is a trait of ${value}: ${pct(share)} of it, ${
          pct(usual)
        } of all failures on ${purity.benchmark.value}.`,
      );
    }
  }
  const dissolved = topics.filter(({ stability }) => stability !== null && stability < DISSOLVED);
  if (dissolved.length) {
    sentences.push(
      `${dissolved.length} of ${topics.length} topics dissolve when texts are drawn anew (Jaccard below ${DISSOLVED}).`,
    );
  }
  if (stability !== null && stability.adjusted_rand < DISSOLVED) {
    sentences.push(
      `Texts drawn anew give other topics: adjusted Rand index ${
        stability.adjusted_rand.toFixed(2)
      }, where 1 is the same.`,
    );
  }
  return sentences;
}

/** A harness's share of all texts of a benchmark. */
function shareOfHarness({ points }: Pick<Topics, "points">, harness: string, benchmark: string): number {
  const own = points.filter((point) => point.benchmark === benchmark);
  return own.filter((point) => point.harness === harness).length / Math.max(1, own.length);
}

function pct(share: number): string {
  return `${Math.round(100 * share)}%`;
}
