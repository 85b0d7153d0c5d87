import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import {
  defaultSeeds,
  embedInto,
  labelTexts,
  offeredSeeds,
  parseSeeds,
  parseTopicModel,
  type Seed,
  seedsFromComments,
  seedsTogether,
  topicAgreement,
  topicCauses,
  topicModel,
  topicsOf,
  trainClassifier,
  withoutTaskWords,
} from "../../../lib/analysis/topics/mod.ts";
import { MIN_MATCHES } from "../../../lib/analysis/topics/guided.ts";
import { phraseMatcher } from "../../../lib/analysis/topics/phrases.ts";
import { latestLabels } from "../../../lib/model/mod.ts";
import { seededRandom } from "../../../lib/stats/mod.ts";
import { groupedTexts } from "./texts.ts";

const { texts, truth } = groupedTexts(40, 12);

const seed = (id: string, ...phrases: string[]): Seed => ({
  id,
  name: id.replaceAll("_", " "),
  definition: "d",
  phrases,
});

const kitchen = seed("burnt_cake", "oven");
const garden = seed("dry_garden", "hose", "wilted");

Deno.test("a phrase is matched by whole words, stems and gaps, whatever the case and spaces", () => {
  const matches = (phrase: string, text: string) => phraseMatcher([phrase])(text);
  ok(matches("cut off", "It was Cut\n off."));
  ok(!matches("cut off", "It was cut offline."));
  ok(matches("verif*", "Not VERIFIED"));
  ok(!matches("verif*", "unverified"));
  ok(matches("no ... output", "no tool gave any output"));
  ok(matches("no ... output", "no output"));
  ok(!matches("no ... output", "no one two three four five six output"));
  ok(matches("401", "error 401."));
  ok(!matches("401", "4012"));
  ok(matches("did not", "did  not"));
  ok(matches("a.b", "a.b") && !matches("a.b", "axb"));
});

Deno.test("a phrase that begins or ends with no word is refused", () => {
  for (const phrase of ["...", "... end", "no ...", " ", "!!"]) throws(() => phraseMatcher([phrase]), /no word/);
});

Deno.test("the seeds that come with the library have ids of their own, phrases that compile and sources", () => {
  const seeds = defaultSeeds();
  ok(seeds.length >= 12);
  for (const { phrases, sources, id } of seeds) {
    equal(phraseMatcher(phrases)("nothing of the kind"), false);
    ok(Object.keys(sources ?? {}).length > 0, id);
  }
});

Deno.test("seeds with an id twice, without phrases or with a wrong id are refused by name", () => {
  const file = (seeds: unknown[]) => ({ version: 1, seeds });
  throws(() => parseSeeds(file([kitchen, kitchen]), "mine.json"), /mine\.json.*"burnt_cake" is there twice/);
  throws(() => parseSeeds(file([{ ...kitchen, phrases: [] }]), "mine.json"), /mine\.json.*phrases/);
  throws(() => parseSeeds(file([{ ...kitchen, id: "Burnt cake" }]), "mine.json"), /lower case/);
});

Deno.test("texts go to the seed near which they lie, also without its phrases; the rest is clustered", () => {
  const topics = topicsOf(texts, { seed: 1, runs: 0, seeds: [kitchen, garden] });
  const [cake, dry] = ["burnt_cake", "dry_garden"].map((id) => topics.topics.find((topic) => topic.seed === id)!);
  ok(
    cake!.sessions > topics.seeds[0]!.matches && cake!.sessions >= 35,
    `${cake!.sessions} ${topics.seeds[0]!.matches}`,
  );
  ok(cake!.purity.benchmark.value === "kitchen" && dry!.purity.benchmark.value === "garden");
  const found = topics.topics.find((topic) => topic.seed === null)!;
  equal(found.purity.benchmark.value, "workshop");
  deepEqual([cake!.named_by, found.named_by], ["seed", "terms"]);
  const [offered] = offeredSeeds(topics);
  ok(offered && phraseMatcher(offered.phrases)("a drill and a clamp, with timber"));
  const again = topicsOf(texts, { seed: 1, runs: 0, seeds: [kitchen, garden, offered] });
  equal(again.topics.filter((topic) => topic.seed === null).length, 0);
});

Deno.test("a model fitted without the words of tasks does not know them, and keeps the seeds' phrases", () => {
  const own = texts.map(({ text }) => text);
  const { texts: reduced } = withoutTaskWords(texts);
  const masked = topicModel(own, { seed: 1, seeds: [kitchen, garden], reduced });
  ok(topicModel(own, { seed: 1, seeds: [kitchen, garden] }).space.vocabulary.includes("flour"));
  equal(masked.space.vocabulary.includes("flour"), false);
});

Deno.test("candidates of several lists have ids of their own, so that their file can be read again", () => {
  const together = seedsTogether([kitchen, garden], [kitchen], [kitchen]);
  equal(new Set(together.map(({ id }) => id)).size, 4);
  equal(parseSeeds({ version: 1, seeds: together }, "offered.json").length, 4);
});

Deno.test("a seed that too few texts match is told, and takes none", () => {
  const few = topicsOf(texts, { seed: 1, runs: 0, seeds: [kitchen, seed("absent", "volcano")] });
  deepEqual(few.seeds[1], { id: "absent", name: "absent", matches: 0, texts: 0, topic: null, known: false });
  ok(MIN_MATCHES > 1);
});

Deno.test("a kept model labels later texts, and a damaged file of it is named", () => {
  const model = topicModel(texts.map(({ text }) => text), { seed: 1, seeds: [kitchen, garden] });
  const kept = parseTopicModel(JSON.parse(JSON.stringify(model)), "kept.json");
  const [label, none] = labelTexts(kept, [
    "the cake failed, dough and pastry burnt, flour missing, timer never set, butter wrong",
    "zzz yyy",
  ]);
  equal(label!.primary, "burnt_cake");
  deepEqual([none!.primary, none!.all], [null, []]);
  throws(() => parseTopicModel({ ...kept, space: {} }, "kept.json"), /kept\.json.*space/);
});

Deno.test("a classifier learns classes that people gave and says so only for texts it has not seen", () => {
  const model = topicModel(texts.map(({ text }) => text), { seed: 1, seeds: [] });
  const own = texts.filter((_, i) => truth[i]! >= 0).map(({ text }) => text);
  const labels = truth.filter((group) => group >= 0).map((group) => ["a", "b", "c"][group]!);
  const points = embedInto(model.space, own);
  const trained = trainClassifier(points, labels, own, seededRandom(1))!;
  ok(trained.accuracy > 0.9 && trained.kappa!.lo > 0.8);
  const shuffled = trainClassifier(
    points,
    labels.map((_, i) => ["a", "b", "c"][(i * 7 + i % 5) % 3]!),
    own,
    seededRandom(1),
  )!;
  ok(shuffled.accuracy < 0.6, `${shuffled.accuracy}`);
  equal(trainClassifier(points.slice(0, 20), labels.slice(0, 20), own.slice(0, 20), seededRandom(1)), null);
});

Deno.test("agreement counts labels without a text, unknown modes and sessions in no topic", () => {
  const topics = topicsOf(texts, { seed: 1, runs: 0, seeds: [kitchen, garden] });
  const at = (group: number) => texts[truth.indexOf(group)]!.sessionId;
  const agreement = topicAgreement(topics, [
    { sessionId: at(0), mode: "burnt_cake" },
    { sessionId: at(1), mode: "dry garden" },
    { sessionId: at(2), mode: "burnt_cake" },
    { sessionId: at(0), mode: null },
    { sessionId: "elsewhere", mode: "burnt_cake" },
    { sessionId: at(1), mode: "a storm" },
  ]);
  deepEqual([agreement.n, agreement.without_text, agreement.unknown_modes], [4, 1, ["a storm"]]);
  equal(agreement.accuracy, 0.5);
  equal(agreement.modes.find(({ mode }) => mode === "burnt_cake")!.recall, 0.5);
  const none = topicAgreement(topics, []);
  deepEqual([none.n, none.accuracy, none.kappa, none.modes], [0, null, null, []]);
});

Deno.test("a mode as frequent in successes as in failures tells them not apart", () => {
  const model = topicModel(texts.map(({ text }) => text), { seed: 1, seeds: [kitchen, garden] });
  const gardens = texts.filter((_, i) => truth[i] === 1);
  const cakes = texts.filter((_, i) => truth[i] === 0);
  const same = topicCauses(model, texts, texts);
  ok(same.every(({ difference, tells_apart }) => difference === 0 && !tells_apart));
  const causes = topicCauses(model, cakes, gardens);
  const cake = causes.find(({ topic }) => topic === "burnt_cake")!;
  ok(cake.tells_apart && cake.lo > 0.4 && cake.of_failures === 40 && cake.of_successes === 40);
  deepEqual(topicCauses(model, texts, []), []);
});

Deno.test("comments that say the same become a candidate seed; one alone does not", () => {
  const comments = [
    ...["retries the same search", "the same search again and again", "search, the same search", "same search thrice"],
    ...["ignores the user", "user ignored", "the user is ignored", "ignored what the user said"],
  ].map((comment, i) => ({ sessionId: `c${i}`, comment }));
  const seeds = seedsFromComments([...comments, { sessionId: "x", comment: " " }], { seed: 1 });
  equal(seeds.length, 2);
  for (const { id } of seeds) match(id, /^[a-z][a-z0-9_]*$/);
  deepEqual(seedsFromComments(comments.slice(0, 2), { seed: 1 }), []);
});

Deno.test("the last word of a person on a session counts", () => {
  const label = (rater: string, verdict: 0 | 1, at: string) => ({
    session_id: "s",
    rater,
    verdict,
    mode: null,
    comment: null,
    at,
    sampling_probability: null,
    stratum: null,
  });
  const latest = latestLabels([label("a", 1, "2026-01-02"), label("a", 0, "2026-01-01"), label("b", 0, "2026-01-01")]);
  deepEqual(latest.map(({ rater, verdict }) => [rater, verdict]), [["a", 1], ["b", 0]]);
});
