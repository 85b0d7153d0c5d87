/** `deno task numbers`: every number that the notebooks report, as `results.json`. @module */
import { parseArgs } from "node:util";
import {
  checkPrices,
  fullResults,
  parseClaims,
  type Prices,
  publishedPrices,
  resultsJson,
} from "../lib/analysis/mod.ts";
import { loadDataset, officialRates, publishedClaims, SOURCE_HELP } from "../lib/sources/mod.ts";

const HELP = `deno task numbers [--source S] [--prices FILE] [--out FILE]

Computes every number of the notebooks and writes them as JSON, to standard output unless --out is given.

  --source S      where the sessions come from; the judged table where it is already here, else the replica:
${SOURCE_HELP.replaceAll(/^/gm, "                  ")}
  --prices FILE   your own rates, in the shape of data/prices.json (default: the published ones)
  --out FILE      written whole or not at all`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      source: { type: "string" },
      prices: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const prices = values.prices === undefined ? publishedPrices() : await readPrices(values.prices);
  const dataset = await loadDataset(values.source);
  const claims = parseClaims(publishedClaims(), "data/claims.json");
  const text = resultsJson(await fullResults(dataset, prices, officialRates(), claims));
  if (values.out === undefined) {
    await Deno.stdout.write(new TextEncoder().encode(text));
    return;
  }
  await writeWhole(values.out, text);
  console.error(`${values.out}: ${dataset.info.sentence}`);
}

async function readPrices(path: string): Promise<Prices> {
  const text = await Deno.readTextFile(path).catch((error: Error) => {
    throw new Error(`${path}: the price file cannot be read (${error.message}); give --prices a JSON file`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON in the shape of data/prices.json; ${(error as Error).message}`);
  }
  return checkPrices(json, path);
}

async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${Deno.pid}.part`;
  try {
    await Deno.writeTextFile(part, text);
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw new Error(`${path}: cannot be written (${(error as Error).message}); is the folder there?`);
  }
}

try {
  await main();
} catch (error) {
  console.error(`numbers: ${(error as Error).message.replaceAll(/\s*\n\s*/g, "; ")}`);
  Deno.exit(1);
}
