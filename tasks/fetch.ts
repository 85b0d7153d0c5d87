/** `deno task fetch`: the only task that downloads data, and only what it is told to. @module */
import { parseArgs } from "node:util";
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
import { judgedTable, publishedPrices, V1_TRACES } from "../lib/study/mod.ts";
import { failure, note, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task fetch judged | prices | hub [SPEC] [options]

Downloads into data/cache/HOST/PATH. What is there already, or in a folder of TRACES_MIRROR, is not fetched again; an
interrupted download goes on where it ended.

  judged           the judged table of the published analysis (1.2 MB), pinned by address and sha256. It carries no
                   licence: use it, do not redistribute it
  hub [SPEC]       the Parquet shards of hub:OWNER/NAME@COMMIT, checked against the sha256 that the Hub states, so that
                   hub: sources are read without network. HF_ENDPOINT and HF_TOKEN are honoured
                   (default: ${V1_TRACES}, 2.77 GB)
    --only TEXT    only shards whose path contains TEXT
  prices           LiteLLM's model_prices_and_context_window.json. The default commit pins it by address; no sha256 of
                   it is known beforehand, so the one found is written beside the file (.sha256), and later runs are
                   checked against it. A branch or tag is fetched anew each time and is not pinned
    --ref REF      commit, tag or branch of BerriAI/litellm (default: ${LITELLM_COMMIT})
    --url URL      another address of such a file
    --sha256 HASH  the hash that the file must have
    --out FILE     also writes the rates of the published models in the shape of data/prices.json, for
                   \`deno task numbers --prices FILE\`; its as_of is the day of the fetch`;

async function main(): Promise<void> {
  const { values, positionals: [what, spec, ...more] } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      only: { type: "string" },
      ref: { type: "string" },
      url: { type: "string" },
      sha256: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return say(`${HELP}\n\n${needsText("fetch")}`);
  if (more.length || (spec !== undefined && what !== "hub")) throw new Error(`too many arguments; see --help`);
  if (what === "judged") return await fetchJudged();
  if (what === "hub") return await fetchHub(spec ?? V1_TRACES, values.only);
  if (what === "prices") return await fetchPrices(values);
  throw new Error(`expected judged, prices or hub, found ${what === undefined ? "nothing" : `"${what}"`}; see --help`);
}

async function fetchJudged(): Promise<void> {
  const bar = progressBar({ label: "judged table", unit: "MB", scale: 1e6 });
  try {
    const { info } = await judgedTable({ allowNetwork: true, onProgress: bar.update });
    say(`${info.sentence} sha256 ${info.sha256}`);
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
  } finally {
    bar.stop();
  }
}

async function fetchPrices(options: { ref?: string; url?: string; sha256?: string; out?: string }): Promise<void> {
  if (options.ref !== undefined && options.url !== undefined) throw new Error("give --ref or --url, not both");
  const url = options.url ?? litellmUrl(options.ref ?? LITELLM_COMMIT);
  const sha256 = options.sha256?.toLowerCase();
  const table = await litellmTable({ url, ...(sha256 === undefined ? {} : { sha256 }) }, { allowNetwork: true });
  say(`${table.path} (from the ${table.from}): sha256 ${table.sha256}, checked against ${table.checked}`);
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

try {
  await main();
} catch (error) {
  console.error(failure("fetch", error));
  Deno.exit(1);
}
