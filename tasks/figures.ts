/** `deno task figures`: draws every figure that sessions alone are enough for. @module */
import { parseArgs } from "node:util";
import { projectFigures, saveFigure } from "../lib/notebook/mod.ts";
import { loadDataset } from "../lib/sources/mod.ts";
import { drawAll } from "./figures/draw_all.ts";
import { topicsFigure } from "./figures/draw_topics.ts";
import { drawTruth } from "./figures/draw_truth.ts";

const HELP = `deno task figures [NAME ...] [--source NAME] [--out DIR]

Draws the figures (all, or those whose name begins so) as SVG and as PNG at 2x, without the notebooks around them.

  --source NAME   replica (default), judged, or any other source
  --out DIR       where they go. On the replica figures/, on another source out/figures/`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      source: { type: "string", default: "replica" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const out = values.out ?? (values.source === "replica" ? projectFigures() : "out/figures");
  const dataset = await loadDataset(values.source);
  if (dataset.counted) console.log(dataset.info.sentence);
  const drawn = [...drawAll(dataset), ...await drawTruth(dataset)];
  if (!positionals.length || positionals.some((start) => "06-topics".startsWith(start))) {
    const { figure, sentence } = dataset.counted?.held === "none"
      ? { figure: null, sentence: "Its sessions stay in the engine." }
      : topicsFigure(dataset);
    if (figure) drawn.push(figure);
    else console.log(`06-topics is left as it is. ${sentence}`);
  }
  const chosen = drawn.filter(({ name }) => !positionals.length || positionals.some((start) => name.startsWith(start)));
  if (!chosen.length) {
    throw new Error(
      `no figure begins with ${positionals.join(" or ")}; there are ${drawn.map((f) => f.name).join(", ")}`,
    );
  }
  for (const figure of chosen) await saveFigure(figure, out);
  console.log(`${chosen.length} figures drawn from ${values.source} into ${out}`);
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(`figures: ${error.message.replaceAll(/\s*\n\s*/g, "; ")}`);
    Deno.exit(1);
  });
}
