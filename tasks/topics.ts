/** `deno task topics`: what failed sessions have in common, clustered, with how far to believe it. @module */
import { parseArgs } from "node:util";
import { failureReasons, failureTopics, nameTopics, type TopicText } from "../lib/analysis/topics/mod.ts";
import { drawTopics } from "../lib/figures/mod.ts";
import { DEFAULT_RETRIES, systemClock } from "../lib/io/mod.ts";
import { embedAll, openAiAsk, openAiEmbed } from "../lib/judge/mod.ts";
import { saveFigure } from "../lib/notebook/mod.ts";
import { loadDataset } from "../lib/sources/mod.ts";
import { isStudy, publishedClasses, taskFamily } from "../lib/study/mod.ts";
import { finalMessages } from "./topics/final_messages.ts";
import { topicsText } from "./topics/text.ts";

const HELP = `deno task topics [--source S] [--out FILE] …

Sorts the failed sessions into topics by what the judge said of them: their words (or embeddings) as points, dense places
as topics, each with its distinctive words, share, stability and purity. Texts that fit nowhere stay unclustered.

  --source S             where the sessions come from (default: the judged table where it is here, else the replica)
  --final-messages FILE  the agents' final messages instead of the judge's reasons: traces of these sessions
  --grades FILE          with --final-messages: which sessions failed, a CSV of session_id and reward, where the traces
                         do not say
  --without-task-words   leave out words that say which task it was
  --embed MODEL          embeddings of this model instead of words   } OPENAI_API_KEY, and OPENAI_BASE_URL for an
  --name MODEL           names by this model instead of words        } endpoint other than OpenAI's
  --seed N               another seed, other chance (default 1)
  --runs N               bootstrap runs for the stability (default 50)
  --out FILE             everything as JSON
  --figure DIR           draw 06-topics into DIR as well`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      source: { type: "string" },
      "final-messages": { type: "string" },
      grades: { type: "string" },
      "without-task-words": { type: "boolean", default: false },
      embed: { type: "string" },
      name: { type: "string" },
      seed: { type: "string", default: "1" },
      runs: { type: "string", default: "50" },
      out: { type: "string" },
      figure: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [seed, runs] = [wholeNumber(values.seed, "--seed"), wholeNumber(values.runs, "--runs")];
  const traces = values["final-messages"];
  const said = traces === undefined ? null : await finalMessages(traces, values.grades);
  const dataset = said?.dataset ?? await loadDataset(values.source);
  const texts = said?.texts ?? failureReasons(dataset);
  const embeddings = values.embed === undefined ? null : await embedded(texts, values.embed);
  const found = failureTopics(dataset, {
    seed,
    runs,
    leaveOutTaskWords: values["without-task-words"],
    ...(isStudy(dataset) ? { familyOf: taskFamily } : {}),
    ...(embeddings ? { embeddings } : {}),
  }, texts);
  console.log(found.sentence);
  if (said) console.log(said.sentence);
  if (found.topics === null) return;
  const { topics, unnamed } = values.name === undefined
    ? { topics: found.topics, unnamed: [] }
    : await nameTopics(found.topics, texts, naming(values.name));
  for (const { number, why } of unnamed) console.error(`topics: topic ${number} keeps its words as name: ${why}`);
  console.log(topicsText(topics, isStudy(dataset) ? publishedClasses(topics, texts) : []));
  if (values.out !== undefined) await Deno.writeTextFile(values.out, `${JSON.stringify(topics, null, 2)}\n`);
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

function wholeNumber(text: string, flag: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${flag} expects a whole number, found ${text}`);
  return Number(text);
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
  console.error(`${texts.length} texts embedded by ${model}: ${reply.inputTokens ?? "an unknown number of"} tokens`);
  return reply.vectors;
}

function naming(model: string): (prompt: string) => Promise<string> {
  const ask = openAiAsk(endpoint());
  return async (prompt) =>
    (await ask({ model, messages: [{ role: "user", content: prompt }], maxOutputTokens: 200, plain: true })).text;
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(`topics: ${error.message.split("\n")[0]}`);
    Deno.exit(1);
  });
}
