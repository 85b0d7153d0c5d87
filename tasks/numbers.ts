/** `deno task numbers`: every number that the notebooks report, as `results.json`. @module */
import { loadNamed, MAPPING_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { parseArgs } from "node:util";
import { resultsJson } from "../lib/analysis/mod.ts";
import { sourceHelp } from "../lib/engines/mod.ts";
import { fullResults, study } from "../lib/study/mod.ts";
import { readClaims } from "./claims/read.ts";
import { readPrices } from "./prices/read.ts";
import { failure, note, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task numbers [--source S] [--prices FILE] [--claims FILE] [--out FILE]

Computes every number of the notebooks and writes them as JSON, to standard output unless --out is given.

  --source S      where the sessions come from; the judged table where it is already here, else the replica:
${sourceHelp(study).replaceAll(/^/gm, "                  ")}
${MAPPING_HELP}
  --prices FILE   your own rates, in the shape of data/prices.json (default: for the study's sessions the
                  published ones, otherwise none: costs are then not known)
  --claims FILE   decide your own claims as well, in the shape of data/claims.json; the published ones are decided
                  for the study's sessions alone
  --out FILE      written whole or not at all`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      ...SOURCE_OPTIONS,
      prices: { type: "string" },
      claims: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return say(`${HELP}\n\n${needsText("numbers")}`);
  const options = {
    ...(values.prices === undefined ? {} : { prices: await readPrices(values.prices, "--prices") }),
    ...(values.claims === undefined ? {} : { claims: await readClaims(values.claims, "--claims") }),
  };
  const dataset = await loadNamed(values);
  const text = resultsJson(await fullResults(dataset, options));
  if (values.out === undefined) {
    await Deno.stdout.write(new TextEncoder().encode(text));
    return;
  }
  await writeWhole(values.out, text);
  note(`${values.out}: ${dataset.info.sentence}`);
}

try {
  await main();
} catch (error) {
  console.error(failure("numbers", error));
  Deno.exit(1);
}
