import { redactDataset, redactSessions } from "./redact_dataset.ts";
import { datasetOf, type Filter, where } from "../analysis/counts/mod.ts";
import { labelDataset } from "../analysis/truth/mod.ts";
import {
  type Dataset,
  type RowError,
  type Study,
  type StudySource,
  type TopicLabel,
  withTopics,
} from "../model/mod.ts";
import {
  asideText,
  defaultLocations,
  type DownloadOptions,
  hubEnvironment,
  loadMapping,
  readLabels,
  readTopicLabels,
  type RecordedOptions,
  recordedSessions,
} from "../sources/mod.ts";
import { importOf } from "../sources/imported_folder.ts";
import { parseServiceSpec, SERVICES } from "../sources/services/fetch.ts";
import { localFiles } from "../io/files.ts";
import { engineDataset, limitsFrom } from "./dataset.ts";
import { type EngineKind, engineKind, type EngineOptions, ENGINES, openEngine } from "./openers.ts";

/** Settings of {@link loadDataset}. */
export interface LoadOptions
  extends Partial<DownloadOptions>, Omit<RecordedOptions, keyof DownloadOptions>, Omit<EngineOptions, "env"> {
  /** Reads an environment variable; the process's own unless given. */
  env?: (name: string) => string | undefined;
  /**
   * A slice of the source alone. An engine is asked for it by names of cells, so that its distributions are the slice's; any
   * other source is sliced as `where` does.
   */
  where?: Filter;
  /**
   * A file of people's labels, which become the grades of its sessions; that of `TRACES_LABELS` where it is set and this is
   * not given. Null for none.
   */
  labels?: string | null;
  /**
   * A file of topics of its sessions, as `deno task topics --model` writes it; that of `TRACES_TOPICS` where it is set and this
   * is not given. Null for none.
   */
  topics?: string | null;
  /**
   * Family of tasks by benchmark: suites of one family are alike in length, so that figures by family and guardrails take them
   * together. All suites are one family unless given.
   */
  families?: Readonly<Record<string, string>>;
  /** Whose sources have names; none unless given. */
  study?: Pick<Study<LoadOptions>, "sources">;
}

/**
 * What a source can be, for help texts and errors: a line or more each.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { sourceHelp } from "agent-trace-lab";
 * equal(sourceHelp().includes("hub:OWNER/NAME@REVISION"), true);
 * ```
 */
export function sourceHelp(study?: Pick<Study, "sources">): string {
  const named = Object.entries(study?.sources ?? {}).map(([name, { help }]) => [name, help] as const);
  const engines = [...ENGINES.values()].map(({ spec, help }) => [spec, help] as const);
  const lines = [
    ...named,
    ["hub:OWNER/NAME@REVISION", "a Hugging Face dataset of traces, at a revision"],
    [
      `${SERVICES.map(({ id }) => `${id}:PROJECT`).join(", ")}`,
      "a project of a service, or with @FROM..TO behind it what began in that time; a copy is\nmade in the cache (docs/formats/services.md says which variables hold the keys)",
    ],
    [
      "PATH",
      "a file of traces of any kind in docs/formats, a table of sessions, a folder or a glob; a folder\nthat `deno task import` wrote",
    ],
    ...engines,
  ] as const;
  const WIDTH = 26;
  return lines.map(([spec, help]) => {
    const rest = help.replaceAll("\n", `\n${" ".repeat(WIDTH)}`);
    return spec.length < WIDTH ? `${spec.padEnd(WIDTH)}${rest}` : `${spec}\n${" ".repeat(WIDTH)}${rest}`;
  }).join("\n");
}

/**
 * Loads the sessions to analyse: the `spec` given, else the one in `TRACES_SOURCE`, else the first of the study's sources
 * that is already here, with people's labels as grades where there are some. A mapping that is not given is read from the file that `TRACES_MAPPING` names; tokens are counted where `TRACES_COUNT_TOKENS` is set. Only an
 * engine, a service, and a `hub:` source for shards that are not in the cache or a mirror, ask the network. Secrets in names and reasons are redacted, whatever the source.
 *
 * @param spec one of {@link sourceHelp}
 * @throws {Error} for a spec that is none of them, naming what is possible; whatever reading the source throws
 *
 * @example
 * ```ts
 * import { loadDataset } from "agent-trace-lab/engines";
 * await loadDataset("nowhere.jsonl").catch((error) => error.message.includes("duckdb:PATH")); // true
 * ```
 */
export async function loadDataset(spec?: string, options: LoadOptions = {}): Promise<Dataset> {
  const env = options.env ?? ((name: string) => Deno.env.get(name));
  const dataset = await loaded(spec, { ...options, env });
  const labels = options.labels === undefined ? env("TRACES_LABELS") : options.labels;
  const sorted = options.topics === undefined ? env("TRACES_TOPICS") : options.topics;
  const told = sorted ? sortedDataset(dataset, await readTopicLabels(sorted), sorted) : dataset;
  const labelled = labels ? await labelledBy(labels, told) : told;
  return options.families ? Object.assign(labelled, { families: options.families }) : labelled;
}

/** A dataset with the labels of a file, and how many of its records are none. */
async function labelledBy(path: string, dataset: Dataset): Promise<Dataset> {
  const aside: RowError[] = [];
  const labelled = labelDataset(dataset, await readLabels(path, (fault) => aside.push(fault)), path);
  if (aside.length === 0) return labelled;
  const sentence = `${labelled.info.sentence} Records of labels: ${asideText(aside)}.`;
  return { ...labelled, info: { ...labelled.info, sentence } };
}

async function loaded(
  spec: string | undefined,
  options: LoadOptions & { env: (name: string) => string | undefined },
): Promise<Dataset> {
  const { env } = options;
  const settings = { ...defaultLocations(env), ...options, env };
  const { sources = {} } = options.study ?? {};
  const chosen = spec || env("TRACES_SOURCE") || await firstHere(sources, settings);
  if (!chosen) {
    throw new Error(`no source is named (--source, or TRACES_SOURCE); it can be:\n${sourceHelp(options.study)}`);
  }
  const slice = (whole: Dataset) => settings.where ? where(whole, settings.where) : whole;
  if (Object.hasOwn(sources, chosen)) return redactDataset(slice(await sources[chosen]!.load(settings)));
  const kind = engineKind(chosen);
  if (kind) return redactDataset(await fromEngine(chosen, kind, settings));
  const named = options.mapping ? undefined : env("TRACES_MAPPING");
  const mapping = named ? { mapping: await loadMapping(named) } : {};
  if (!chosen.startsWith("hub:") && !parseServiceSpec(chosen)) checkFiles(chosen, Object.keys(sources));
  const countTokens = options.countTokens ?? Boolean(env("TRACES_COUNT_TOKENS"));
  const { info, sessions } = await recordedSessions(chosen, {
    ...hubEnvironment(env),
    ...settings,
    ...mapping,
    countTokens,
  });
  return redactDataset(slice(datasetOf(info, redactSessions(sessions))));
}

/** A dataset whose sessions have the topics of a file. @throws {Error} where its sessions stay in an engine */
function sortedDataset(dataset: Dataset, labels: readonly TopicLabel[], file: string): Dataset {
  if (dataset.held !== "all") {
    throw new Error(
      `${file}: topics of a file need all sessions in memory; write them to the tables instead: ` +
        "deno task topics --model MODEL --to ENGINE",
    );
  }
  return { ...dataset, sessions: withTopics(dataset.sessions, labels) };
}

function checkFiles(spec: string, names: readonly string[]): void {
  if (importOf(spec)) return;
  try {
    localFiles(spec);
  } catch (error) {
    const others = [...names, ...[...ENGINES.values()].map((kind) => kind.spec)].join(", ");
    throw new Error(`${(error as Error).message}, or ${others}`, { cause: error });
  }
}

export async function firstHere(
  sources: Record<string, StudySource<LoadOptions>>,
  settings: LoadOptions,
): Promise<string | null> {
  for (const [name, source] of Object.entries(sources)) if (await source.isHere(settings)) return name;
  return null;
}

/** The dataset of an engine: it is asked for everything here, and let go. */
async function fromEngine(
  spec: string,
  kind: EngineKind,
  options: LoadOptions & { env: (name: string) => string | undefined },
): Promise<Dataset> {
  const limits = { ...limitsFrom(options.env, kind.limits), ...options.limits };
  const engine = await openEngine(spec, options);
  try {
    return await engineDataset(engine, limits, options.where);
  } finally {
    await engine.close();
  }
}
