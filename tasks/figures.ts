/** `deno task figures`: draws every figure that a source is enough for. @module */
import { loadNamed, MAPPING_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { parseArgs } from "node:util";
import { naming, plainNames } from "../lib/figures/mod.ts";
import { projectFigures, saveFigure } from "../lib/notebook/mod.ts";
import { answer, type Answered, isFigure, leftOutLine, questionContext } from "../lib/questions/mod.ts";
import { questionsOf } from "./questions/asked.ts";
import { ASKED_HELP, ASKED_OPTIONS, askedWith } from "./questions/options.ts";
import { failure, say } from "./say.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task figures [NAME ...] [--source NAME] [--out DIR] [--prices FILE] [--claims FILE]

Draws the figures (all, or those whose name begins so) as SVG and as PNG at 2x, without the notebooks around them.

  --source NAME   replica (default), judged, or any other source
${MAPPING_HELP}
${ASKED_HELP}
  --out DIR       where they go. On the replica figures/, on another source out/figures/`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      ...SOURCE_OPTIONS,
      source: { type: "string", default: "replica" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
      ...ASKED_OPTIONS,
    },
  });
  if (values.help) return say(`${HELP}\n\n${needsText("figures")}`);
  const out = values.out ?? (values.source === "replica" ? projectFigures() : "out/figures");
  const own = await askedWith(values);
  const dataset = await loadNamed(values);
  const { questions, options } = questionsOf(dataset, own);
  const context = questionContext(dataset, options);
  const { figure } = naming({ names: context.names ?? plainNames });
  const wanted = (name: string) => !positionals.length || positionals.some((start) => name.startsWith(start));
  // A question draws figures under its own name, or under longer or shorter ones where it draws several.
  const likely = questions.filter(({ name }) =>
    positionals.some((start) => [name, figure(name)].some((own) => own.startsWith(start) || start.startsWith(own)))
  );
  const answered: Answered[] = [];
  for (const asked of [likely, questions]) {
    for (const question of asked) {
      if (answered.some((one) => one.question === question)) continue;
      answered.push(await answer(question, dataset, context));
    }
    if (figuresOf(answered).some(({ name }) => wanted(name))) break;
  }
  const chosen = figuresOf(answered).filter(({ name }) => wanted(name));
  for (const drawn of chosen) await saveFigure(drawn, out);
  const left = leftOutLine(answered);
  if (left) say(left);
  if (!chosen.length && positionals.length) {
    const names = figuresOf(answered).map(({ name }) => name);
    throw new Error(`no figure begins with ${positionals.join(" or ")}; there are ${names.join(", ") || "none"}`);
  }
  say(`${chosen.length} figures drawn from ${values.source} into ${out}`);
}

function figuresOf(answered: readonly Answered[]) {
  return answered.flatMap(({ drawn }) => drawn.filter(isFigure));
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(failure("figures", error));
    Deno.exit(1);
  });
}
