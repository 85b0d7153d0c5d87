/** `deno task topics`: how failed sessions failed, by known ways of failing and by what else they share. @module */
import { command, type Values } from "./atl/command.ts";
import { flag, text, wholeOr } from "./atl/options.ts";
import { UsageError } from "./atl/usage.ts";
import { heldWhole, loadNamed, settingsOf, SOURCE_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import {
  embedInto,
  failureReasons,
  failureTopics,
  labelTexts,
  nameTopics,
  offeredSeeds,
  parseSeeds,
  type Seed,
  seedsFromComments,
  seedsTogether,
  successReasons,
  topicAgreement,
  topicCauses,
  type TopicModel,
  topicModel,
  type TopicText,
  trainClassifier,
  withoutTaskWords,
} from "../lib/analysis/topics/mod.ts";
import { drawTopics } from "../lib/figures/mod.ts";
import { DEFAULT_RETRIES, systemClock, writeWhole, writtenText } from "../lib/io/mod.ts";
import { embedAll, facetsOf, openAiAsk, openAiEmbed, readAnswers } from "../lib/judge/mod.ts";
import { needSessions } from "../lib/analysis/mod.ts";
import type { Dataset, Label } from "../lib/model/mod.ts";
import { saveFigure } from "../lib/notebook/mod.ts";
import { seededRandom } from "../lib/stats/mod.ts";
import { redactSecrets } from "../lib/traces/mod.ts";
import { isStudy, publishedClasses, taskFamily } from "../lib/study/mod.ts";
import { finalMessages } from "./topics/final_messages.ts";
import { labelByKept } from "./topics/label_by_kept.ts";
import { topicsText } from "./topics/text.ts";
import { labelsTold } from "./labels/told.ts";
import { answerJson, asJson, note, say } from "./say.ts";

const options = {
  ...SOURCE_OPTIONS,
  seeds: text(
    "--seeds",
    "FILE",
    "your own seeds instead of lib/analysis/topics/seeds.json; none for clusters alone",
  ),
  offer: text(
    "--offer",
    "FILE",
    "topics without a seed, and groups of the labels' comments, as seeds to read and rename",
  ),
  keep: text("--keep", "FILE", "the classes, to label later sessions by without fitting anew"),
  model: text("--model", "FILE", "label the failures by classes kept before, and nothing else"),
  facets: text(
    "--facets",
    "FILE",
    "what judge --facets wrote, in the place of the judge's reasons: what agents did, told without their tasks",
  ),
  finalMessages: text(
    "--final-messages",
    "FILE",
    "the agents' final messages instead of the judge's reasons: traces of these sessions",
  ),
  grades: text(
    "--grades",
    "FILE",
    "with --final-messages: which sessions failed, a CSV of session_id and reward, where the traces do not say",
  ),
  withoutTaskWords: flag("--without-task-words", "leave out words that say which task it was"),
  embed: text("--embed", "MODEL", "embeddings of this model instead of words (OPENAI_API_KEY, OPENAI_BASE_URL)"),
  name: text("--name", "MODEL", "names by this model instead of words (OPENAI_API_KEY, OPENAI_BASE_URL)"),
  seed: wholeOr("--seed", 1, "another seed of chance", { min: 0 }),
  runs: wholeOr("--runs", 50, "bootstrap runs for the stability", { min: 0 }),
  to: text(
    "--to",
    "TARGET",
    "with --model: write the topics to the sessions there, duckdb:PATH, clickhouse:URL or braintrust:PROJECT",
  ),
  again: flag("--again", "with --model: label sessions anew that have topics already"),
  out: text(
    "--out",
    "FILE",
    "everything as JSON (with --model a JSONL of session_id and topics, which new sessions are added to)",
  ),
  figure: text("--figure", "DIR", "draw the map of topics into DIR as well"),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const { seed, runs } = values;
  const seeds = values.seeds === undefined ? undefined : await readSeeds(values.seeds);
  const labels = values.labels === undefined ? [] : await labelsTold(values.labels);
  const traces = values.finalMessages;
  const said = traces === undefined ? null : await finalMessages(traces, {
    ...(values.grades === undefined ? {} : { grades: values.grades }),
    ...await settingsOf(values),
  });
  if (values.model === undefined && (values.to !== undefined || values.again)) {
    throw new UsageError("--to and --again go with --model: the classes that topics --keep wrote");
  }
  const dataset = said?.dataset ?? await loadNamed(values, values.to === undefined ? undefined : heldWhole);
  const facets = values.facets === undefined ? null : facetsOf(await readAnswers(values.facets));
  const reasons = facets === null ? dataset : withFacets(dataset, facets);
  const texts = said?.texts ?? failureReasons(reasons);
  if (values.model !== undefined) return await labelByKept(values.model, dataset, texts, values);
  const embeddings = values.embed === undefined ? null : await embedded(texts, values.embed);
  const found = failureTopics(dataset, {
    seed,
    runs,
    ...(seeds ? { seeds } : {}),
    leaveOutTaskWords: values.withoutTaskWords,
    ...(isStudy(dataset) ? { familyOf: taskFamily } : {}),
    ...(embeddings ? { embeddings } : {}),
  }, texts);
  say(found.sentence);
  if (said) say(said.sentence);
  if (found.topics === null) return await offer(values.offer, [], labels, seed);
  const { topics, unnamed } = values.name === undefined
    ? { topics: found.topics, unnamed: [] }
    : await nameTopics(found.topics, texts, naming(values.name));
  for (const { number, why } of unnamed) note(`topics: topic ${number} keeps its words as name: ${why}`);
  const reduced = values.withoutTaskWords ? withoutTaskWords(texts).texts : undefined;
  const fitted = topicModel(texts.map(({ text }) => text), { seed, reduced, ...(seeds ? { seeds } : {}) });
  const { model, classifier } = trained(fitted, texts, labels, seed);
  const beside = {
    causes: said ? [] : topicCauses(fitted, texts, successReasons(reasons)),
    agreement: labels.length ? topicAgreement(topics, modesOf(labels)) : null,
    classifier,
    classes: isStudy(dataset) ? publishedClasses(topics) : [],
  };
  if (!asJson()) say(topicsText(topics, beside));
  const { causes, agreement } = beside;
  const learnt = classifier && { n: classifier.n, accuracy: classifier.accuracy, kappa: classifier.kappa };
  const answer = { ...topics, causes, agreement, classifier: learnt };
  answerJson(answer);
  await write(values.out, answer);
  await write(values.keep, model);
  await offer(values.offer, offeredSeeds(topics), labels, seed);
  if (values.figure !== undefined) {
    await saveFigure(
      drawTopics(topics, {
        source: dataset.info.caption,
        ...(said ? { said: "What agents said last before failing" } : {}),
      }),
      values.figure,
    );
  }
}

/** Sessions whose reasons are their facets; those without one have none. */
function withFacets(dataset: Dataset, facets: ReadonlyMap<string, string>): Dataset {
  const sessions = needSessions(dataset).map((session) => ({
    ...session,
    judgeReasoning: facets.get(session.sessionId) ?? null,
  }));
  if (!sessions.some(({ judgeReasoning }) => judgeReasoning !== null)) {
    throw new Error(`${dataset.info.name}: none of its sessions is in the file of facets`);
  }
  return { ...dataset, held: "all", sessions };
}

/** Candidate seeds from topics and from what people remarked; a file without any could not be read again. */
async function offer(
  path: string | undefined,
  ofTopics: readonly Seed[],
  labels: readonly Label[],
  seed: number,
): Promise<void> {
  if (path === undefined) return;
  const comments = labels.flatMap(({ session_id: sessionId, comment }) => comment ? [{ sessionId, comment }] : []);
  const seeds = seedsTogether(ofTopics, seedsFromComments(comments, { seed }));
  if (seeds.length) await write(path, { version: 1, seeds });
  say(
    seeds.length
      ? `${seeds.length} candidate ${seeds.length === 1 ? "seed" : "seeds"} in ${path}: read and rename them`
      : `no candidate seeds: every topic has a seed, and no three remarks are alike; ${path} is not written`,
  );
}

async function readSeeds(path: string): Promise<Seed[]> {
  if (path === "none") return [];
  const text = await writtenText(path).catch((error) => {
    throw error instanceof Deno.errors.NotFound ? new Error(`${path}: there is no such file of seeds`) : error;
  });
  return parseSeeds(JSON.parse(text), path);
}

function modesOf(labels: readonly Label[]) {
  return labels.map(({ session_id, mode }) => ({ sessionId: session_id, mode }));
}

/** The model with a classifier, where there are labels enough and it agrees with people better than phrases do. */
function trained(model: TopicModel, texts: readonly TopicText[], labels: readonly Label[], seed: number) {
  const modes = new Map(labels.flatMap(({ session_id, mode }) => mode === null ? [] : [[session_id, mode] as const]));
  const labelled = texts.filter(({ sessionId }) => modes.has(sessionId));
  const own = labelled.map(({ text }) => text);
  const truth = labelled.map(({ sessionId }) => modes.get(sessionId)!);
  const classifier = trainClassifier(embedInto(model.space, own), truth, own, seededRandom(seed));
  if (classifier === null) return { model, classifier };
  const byPhrases = labelTexts(model, own).filter(({ primary }, i) => primary === truth[i]).length / own.length;
  return {
    model: classifier.accuracy > byPhrases ? { ...model, classifier: classifier.classifier } : model,
    classifier,
  };
}

async function write(path: string | undefined, value: unknown): Promise<void> {
  if (path !== undefined) await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

function endpoint() {
  const apiKey = Deno.env.get("OPENAI_API_KEY");
  if (!apiKey) throw new Error("OPENAI_API_KEY is not set: --embed and --name ask a model");
  return { apiKey, baseUrl: Deno.env.get("OPENAI_BASE_URL") || "https://api.openai.com/v1", timeoutMs: 60_000 };
}

async function embedded(texts: readonly TopicText[], model: string): Promise<number[][]> {
  const reply = await embedAll(texts.map(({ text }) => text), {
    embed: openAiEmbed(endpoint()),
    model,
    retries: DEFAULT_RETRIES,
    clock: systemClock,
    random: Math.random,
  });
  note(`${texts.length} texts embedded by ${model}: ${reply.inputTokens ?? "an unknown number of"} tokens`);
  return reply.vectors;
}

function naming(model: string): (prompt: string) => Promise<string> {
  const ask = openAiAsk(endpoint());
  return async (prompt) =>
    (await ask({
      model,
      messages: [{ role: "user", content: redactSecrets(prompt).text }],
      maxOutputTokens: 200,
      plain: true,
    })).text;
}

export default command({
  about:
    `Sorts the failed sessions by what the judge said of them: first by known ways of failing (seeds), then, what is
near none, by what else has words in common. Each topic has its words, share, stability and purity, and its rate among
successes. From 50 labels on a classifier is learnt from them where it agrees with people better than phrases do.`,
  options,
  json: true,
  more: SOURCE_HELP,
  run,
});
