/** A text to sort into topics, and whose it is. */
export interface TopicText {
  /** The session it is about. */
  sessionId: string;
  /** Its suite. */
  benchmark: string;
  /** Who ran it. */
  harness: string;
  /** What is sorted: a failure's reason. */
  text: string;
}

/** A word that tells a topic from the other texts. */
export interface TopicTerm {
  /** The word, in lower case. */
  term: string;
  /** Texts of the topic with the word, and texts outside it. */
  texts: number;
  /** Texts outside the topic with the word. */
  elsewhere: number;
  /** Log odds against the other texts, in standard deviations. */
  z: number;
}

/** The commonest value of a dimension in a group, and its share of the group. */
export interface Purity {
  /** Of the dimension. */
  value: string;
  /** Between 0 and 1. */
  share: number;
}

/** What topics are held against: which suite the session is from, its kind of task, and who ran it. */
export const TOPIC_DIMENSIONS = ["benchmark", "family", "harness"] as const;

/** One of {@link TOPIC_DIMENSIONS}. */
export type TopicDimension = "benchmark" | "family" | "harness";

/** A cluster of texts. */
export interface Topic {
  /** 1 is the largest. */
  number: number;
  /** Its seed's name, its three most distinctive words, or what a model called it. */
  name: string;
  /** Who gave the name. */
  named_by: "seed" | "terms" | "model";
  /** Id of its seed; null for a topic that was found without one. */
  seed: string | null;
  /** Words that set it apart, most distinctive first. */
  terms: TopicTerm[];
  /** Texts in it, one a session. */
  sessions: number;
  /** Of all texts, unclustered ones included. */
  share: number;
  /**
   * Mean over bootstrap runs of its Jaccard index with the run's most similar cluster. 0.75 and more is stable; below
   * 0.5 it dissolves more often than not. Null where no run was asked for.
   *
   * @see Hennig (2007), Computational Statistics and Data Analysis 52, 258-271
   */
  stability: number | null;
  /** By what was known before: which value it mostly holds. */
  purity: Record<TopicDimension, Purity>;
}

/** Where a text lies in the layout, and its topic; null where it fits none. */
export interface TopicPoint {
  /** The session whose text it is. */
  sessionId: string;
  /** Its suite. */
  benchmark: string;
  /** Who ran it. */
  harness: string;
  /** Number of its topic. */
  topic: number | null;
  /** Further topics whose phrases the text has and near which it lies. */
  also: number[];
  /** Null where there are too many texts to lay each out. */
  x: number | null;
  /** Null where `x` is. */
  y: number | null;
}

/** What became of a seed. */
export interface SeedFound {
  /** The seed's id. */
  id: string;
  /** The seed's name. */
  name: string;
  /** Texts with one of its phrases. */
  matches: number;
  /** Texts whose topic it is. */
  texts: number;
  /** Number of its topic; null where no text is in it. */
  topic: number | null;
  /** Whether its phrases occur often enough to say where it lies. */
  known: boolean;
}

/** How far clusters repeat a dimension that was known before. */
export interface Rediscovery {
  /** What the clusters are held against. */
  dimension: TopicDimension;
  /** Share of clustered texts that belong to the commonest value of their topic. */
  purity: number;
  /** The same when all texts are one topic. */
  purity_of_one: number;
  /** Adjusted Rand index of the topics and the dimension over clustered texts; 0 is chance. */
  adjusted_rand: number;
  /** Mean of the index within each benchmark, weighted by its texts; null for the benchmark itself and its family. */
  adjusted_rand_within_benchmark: number | null;
}

/** Texts sorted into topics. */
export interface Topics {
  /** Of the chance in reducing, sampling and laying out. */
  seed: number;
  /** Texts that were sorted. */
  texts: number;
  /** Texts that fit no topic. */
  unclustered: number;
  /** How texts became points. */
  embedding: { kind: "tf-idf" | "given"; words: number | null; dimensions: number; variance: number | null };
  /** Whether words that say which task it was were left out, and how many different ones. */
  task_words: { left_out: boolean; words: number | null };
  /** Fewest texts of a topic. */
  min_size: number;
  /** Every seed that was looked for, in their order. */
  seeds: SeedFound[];
  /** Largest first. */
  topics: Topic[];
  /** One a text, in their order. */
  points: TopicPoint[];
  /** One row a dimension. */
  rediscovery: Rediscovery[];
  /** Adjusted Rand index of each bootstrap run with the topics, unclustered texts being each a cluster of their own. */
  stability:
    | { runs: number; adjusted_rand: number; lo: number; hi: number; clusters_lo: number; clusters_hi: number }
    | null;
  /** What a reader must be told before believing the topics. */
  warnings: string[];
}
