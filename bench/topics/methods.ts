/**
 * How far each way of sorting the judged table's 640 failures says what people said who read 200 of them: a row a method.
 * Printed by `deno task bench topics`; needs the judged table.
 *
 * @module
 */
import {
  embedInto,
  failureReasons,
  topicAgreement,
  topicModel,
  type TopicOptions,
  topicsOf,
  trainClassifier,
} from "../../lib/analysis/topics/mod.ts";
import { adjustedRand, cohenKappa, seededRandom } from "../../lib/stats/mod.ts";
import { loadStudy, PUBLISHED_CLASSES } from "../../lib/study/mod.ts";
import labels from "../../tests/golden/topic_labels.json" with { type: "json" };

/** One way of sorting, held against people. */
export interface Method {
  method: string;
  topics: number | null;
  /** Share of the texts that are in a topic. */
  coverage: number;
  /** Over 50 draws of the texts: adjusted Rand index with the topics of all. */
  bootstrap: number | null;
  /** Adjusted Rand index with people's labels, and with benchmark and harness over all texts that are in a topic. */
  people: number | null;
  benchmark: number | null;
  harness: number | null;
  harness_within_benchmark: number | null;
  /** Kappa with people's labels, of both samples and of the one that was read after the phrases were written. */
  kappa: number | null;
  kappa_second: number | null;
  /** Precision and recall of the published classes, by seed; null where the method does not name them. */
  classes: Classes | null;
  /** The same of the sample that was read after the phrases were written. */
  classes_second: Classes | null;
}

type Classes = Record<string, { precision: number | null; recall: number | null }>;

type Read = { session_id: string; mode: string | null };

/** A row a method. */
export async function methods(runs: number): Promise<Method[]> {
  const texts = failureReasons(await loadStudy("judged"));
  const second = labels.second_sample as Read[], both = [...labels.first_sample as Read[], ...second];
  const modesOf = (read: readonly Read[]) => read.map(({ session_id, mode }) => ({ sessionId: session_id, mode }));
  const byTopics = (method: string, options: Partial<TopicOptions>): Method => {
    const found = topicsOf(texts, { seed: 1, runs, ...options });
    const topicOf = new Map(found.points.map(({ sessionId, topic }) => [sessionId, topic]));
    const index = (dimension: string) => found.rediscovery.find((one) => one.dimension === dimension) ?? null;
    const named = options.seeds === undefined;
    const [agreed, later] = [topicAgreement(found, modesOf(both)), topicAgreement(found, modesOf(second))];
    return {
      method,
      topics: found.topics.length,
      coverage: 1 - found.unclustered / found.texts,
      bootstrap: found.stability?.adjusted_rand ?? null,
      people: adjustedRand(
        both.map(({ mode }) => mode ?? "none"),
        both.map(({ session_id }) => topicOf.get(session_id) ?? -1),
      ),
      benchmark: index("benchmark")?.adjusted_rand ?? null,
      harness: index("harness")?.adjusted_rand ?? null,
      harness_within_benchmark: index("harness")?.adjusted_rand_within_benchmark ?? null,
      kappa: named ? agreed.kappa?.estimate ?? null : null,
      kappa_second: named ? later.kappa?.estimate ?? null : null,
      classes: named ? classesOf(agreed) : null,
      classes_second: named ? classesOf(later) : null,
    };
  };
  return [
    byTopics("clusters alone", { seeds: [] }),
    byTopics("clusters, task words left out", { seeds: [], leaveOutTaskWords: true }),
    byTopics("seeds first, then clusters", {}),
    byTopics("seeds first, task words left out", { leaveOutTaskWords: true }),
    learnt(texts, both),
  ];
}

/** How far the two readings of the second sample agree, texts that fit no mode among them. */
export function readings(): { n: number; same: number; kappa: number; lo: number; hi: number } {
  const pairs = labels.second_sample.map(({ mode, second }) => [mode ?? "none", second ?? "none"] as const);
  const modes = [...new Set(pairs.flat())];
  const { estimate, lo, hi } = cohenKappa(
    modes.map((a) => modes.map((b) => pairs.filter(([first, second]) => first === a && second === b).length)),
  );
  return { n: pairs.length, same: pairs.filter(([first, second]) => first === second).length, kappa: estimate, lo, hi };
}

function classesOf({ modes }: ReturnType<typeof topicAgreement>): Classes {
  return Object.fromEntries(PUBLISHED_CLASSES.map(({ seed }) => {
    const { precision = null, recall = null } = modes.find(({ mode }) => mode === seed) ?? {};
    return [seed, { precision, recall }];
  }));
}

function learnt(texts: ReturnType<typeof failureReasons>, read: readonly Read[]): Method {
  const model = topicModel(texts.map(({ text }) => text), { seed: 1 });
  const textOf = new Map(texts.map(({ sessionId, text }) => [sessionId, text]));
  const own = read.flatMap(({ session_id, mode }) => mode === null ? [] : [{ text: textOf.get(session_id)!, mode }]);
  const said = own.map(({ text }) => text);
  const found = trainClassifier(embedInto(model.space, said), own.map(({ mode }) => mode), said, seededRandom(1))!;
  return {
    method: `classifier of ${found.n} labels, 10-fold`,
    topics: null,
    coverage: 1,
    bootstrap: null,
    people: null,
    benchmark: null,
    harness: null,
    harness_within_benchmark: null,
    kappa: found.kappa?.estimate ?? null,
    kappa_second: null,
    classes: null,
    classes_second: null,
  };
}
