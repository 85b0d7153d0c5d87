/** `deno task fetch`: the only task that downloads data, and only what it is told to. @module */
import { command, type Values } from "./atl/command.ts";
import { text, word } from "./atl/options.ts";
import { UsageError } from "./atl/usage.ts";
import { pricesFromLiteLLM } from "../lib/analysis/mod.ts";
import {
  defaultLocations,
  downloadHub,
  hubEnvironment,
  LITELLM_COMMIT,
  litellmTable,
  litellmUrl,
  progressBar,
} from "../lib/sources/mod.ts";
import { nearest } from "../lib/model/mod.ts";
import { judgedTable, publishedPrices, V1_TRACES } from "../lib/study/mod.ts";
import { answerJson, note, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";

const options = {
  what: word("judged|prices|hub", "what to download"),
  spec: word("SPEC", `for hub: hub:OWNER/NAME@COMMIT (default: ${V1_TRACES}, 2.77 GB)`),
  only: text("--only", "TEXT", "for hub: only shards whose path contains TEXT"),
  ref: text("--ref", "REF", `for prices: commit, tag or branch of BerriAI/litellm (default: ${LITELLM_COMMIT})`),
  url: text("--url", "URL", "for prices: another address of such a file"),
  sha256: text("--sha256", "HASH", "for prices: the hash that the file must have"),
  out: text(
    "--out",
    "FILE",
    "for prices: also writes the rates of the published models in the shape of data/prices.json, for --prices FILE; its " +
      "as_of is the day of the fetch",
  ),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const { what, spec } = values;
  if (spec !== undefined && what !== "hub") {
    throw new UsageError(`${spec}: only hub takes a SPEC; see --help`);
  }
  if (what === "judged") return await fetchJudged();
  if (what === "hub") return await fetchHub(spec ?? V1_TRACES, values.only);
  if (what === "prices") return await fetchPrices(values);
  const [near] = what === undefined ? [] : nearest(what, ["judged", "prices", "hub"]);
  throw new UsageError(
    `expected judged, prices or hub, found ${what === undefined ? "nothing" : `"${what}"`}; ${
      near === undefined ? "see" : `did you mean ${near}? See`
    } --help`,
  );
}

async function fetchJudged(): Promise<void> {
  const bar = progressBar({ label: "judged table", unit: "MB", scale: 1e6 });
  try {
    const { info } = await judgedTable({ allowNetwork: true, onProgress: bar.update });
    say(`${info.sentence} sha256 ${info.sha256}`);
    answerJson(info);
  } finally {
    bar.stop();
  }
}

async function fetchHub(spec: string, only?: string): Promise<void> {
  const bar = progressBar({ label: "shards", unit: "MB", scale: 1e6 });
  try {
    const files = await downloadHub(spec, {
      ...defaultLocations(),
      ...hubEnvironment(),
      ...(only === undefined ? {} : { only }),
      onList: (list) => {
        const megabytes = list.reduce((sum, { size }) => sum + size, 0) / 1e6;
        note(`${spec}: ${list.length} shards, ${megabytes.toFixed(1)} MB`);
      },
      onProgress: bar.update,
    });
    const fetched = files.filter(({ from }) => from === "network").length;
    const rest = fetched < files.length ? ", the others were here" : "";
    say(`${spec}: ${fetched} of ${files.length} shards fetched${rest}`);
    answerJson({ spec, files });
  } finally {
    bar.stop();
  }
}

type PriceOptions = Pick<Values<typeof options>, "ref" | "url" | "sha256" | "out">;

async function fetchPrices(options: PriceOptions): Promise<void> {
  if (options.ref !== undefined && options.url !== undefined) throw new UsageError("give --ref or --url, not both");
  const url = options.url ?? litellmUrl(options.ref ?? LITELLM_COMMIT);
  const sha256 = options.sha256?.toLowerCase();
  const table = await litellmTable({ url, ...(sha256 === undefined ? {} : { sha256 }) }, { allowNetwork: true });
  say(`${table.path} (from the ${table.from}): sha256 ${table.sha256}, checked against ${table.checked}`);
  answerJson({ path: table.path, from: table.from, sha256: table.sha256, checked: table.checked });
  if (options.out === undefined) return;
  const known = publishedPrices();
  const asOf = new Date().toISOString().slice(0, 10);
  const { prices, origins, missing, passedOver } = pricesFromLiteLLM(table.json, Object.keys(known.models), {
    source: `LiteLLM model prices, ${url}, sha256 ${table.sha256}`,
    asOf,
    known,
  });
  await writeWhole(options.out, JSON.stringify(prices, null, 2) + "\n");
  for (const { model, entry, differing } of origins) {
    const others = differing.length ? `; other rates at ${differing.join(", ")}` : "";
    say(`${model}: LiteLLM's entry ${entry}${others}`);
  }
  if (passedOver.length) say(`entries passed over: ${passedOver.length}; the first: ${passedOver[0]}`);
  if (missing.length) say(`without a rate in this table: ${missing.join(", ")}`);
}

export default command({
  about:
    `Downloads into data/cache/HOST/PATH. What is there already, or in a folder of TRACES_MIRROR, is not fetched again;
an interrupted download goes on where it ended.`,
  options,
  json: true,
  more:
    `judged   the judged table of the published analysis (1.2 MB), pinned by address and sha256. It carries no licence: use
         it, do not redistribute it
hub      the Parquet shards of a data set of the Hub, checked against the sha256 that the Hub states, so that hub:
         sources are read without network. HF_ENDPOINT and HF_TOKEN are honoured
prices   LiteLLM's model_prices_and_context_window.json. The default commit pins it by address; no sha256 of it is known
         beforehand, so the one found is written beside the file (.sha256), and later runs are checked against it. A
         branch or tag is fetched anew each time and is not pinned`,
  run,
});
