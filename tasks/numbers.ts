/** `deno task numbers`: every number that the notebooks report, as `results.json`. @module */
import { command, type Values } from "./atl/command.ts";
import { text } from "./atl/options.ts";
import { loadNamed, SOURCE_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { resultsJson } from "../lib/analysis/mod.ts";
import { fullResults } from "../lib/study/mod.ts";
import { ASKED_OPTIONS, askedWith } from "./questions/options.ts";
import { note } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";

const options = {
  ...SOURCE_OPTIONS,
  ...ASKED_OPTIONS,
  out: text("--out", "FILE", "written whole or not at all"),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const options = await askedWith(values);
  const dataset = await loadNamed(values);
  const text = resultsJson(await fullResults(dataset, options));
  if (values.out === undefined) {
    await Deno.stdout.write(new TextEncoder().encode(text));
    return;
  }
  await writeWhole(values.out, text);
  note(`${values.out}: ${dataset.info.sentence}`);
}

export default command({
  about: `Computes every number of the notebooks and writes them as JSON, to standard output unless --out is given.
The published claims are decided for the study's sessions alone; your own (--claims) are decided as well.`,
  options,
  json: true,
  more: SOURCE_HELP,
  run,
});
