import type { Dataset } from "./dataset.ts";
import type { NameKind, Names } from "./names.ts";
import type { OfficialRate } from "./official.ts";
import type { Prices } from "./prices.ts";

/** One source that a study names. */
export interface StudySource<Settings = object> {
  /** One line for help texts. */
  help: string;
  /** Its sessions. */
  load(settings: Settings): Promise<Dataset>;
  /** Whether it can be loaded without asking anybody: the first such source is the one that is loaded when none is named. */
  isHere(settings: Settings): Promise<boolean>;
}

/**
 * What the lab must be told of a study that it cannot know by itself. Every part has a neutral default where it is used:
 * names as they are, a palette by order, the most frequent level as reference, one family of tasks, no prices, no claims.
 */
export interface Study<Settings = object> {
  /** What the study is called. */
  name: string;
  /** How its benchmarks, harnesses and models are written. */
  names: Names;
  /** The level that effects are told over, per factor. */
  reference: Partial<Record<NameKind, string>>;
  /** The family of tasks that a benchmark belongs to. */
  familyOf(benchmark: string): string;
  /** USD per million tokens of its deployments. */
  prices: Prices;
  /** Sources by name, in the order in which they are tried when none is named. */
  sources: Record<string, StudySource<Settings>>;
  /** Claims as data, unchecked. */
  claims?: () => unknown;
  /** Official grades of the study's cells. */
  official?: () => OfficialRate[];
}
