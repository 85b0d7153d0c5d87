/** `deno task figures`: draws every figure that a source is enough for. @module */
import type { Config } from "./atl/config.ts";
import { command, type Values } from "./atl/command.ts";
import { rest, text } from "./atl/options.ts";
import { loadNamed, noSources, SOURCE_HELP, SOURCE_SETTINGS, tellDefault } from "./source_options.ts";
import { naming, plainNames, plural } from "../lib/figures/mod.ts";
import { projectFigures, saveFigure } from "../lib/notebook/mod.ts";
import { answer, type Answered, isFigure, leftOutLine, questionContext } from "../lib/questions/mod.ts";
import { questionsOf } from "./questions/asked.ts";
import { ASKED_OPTIONS, askedWith } from "./questions/options.ts";
import { answerJson, done, isInClone, say } from "./say.ts";

const options = {
  names: rest("NAME", "only figures whose name begins so"),
  ...SOURCE_SETTINGS,
  ...ASKED_OPTIONS,
  out: text("--out", "DIR", "where they go (default: out/figures/; in a clone, on the replica, figures/)"),
} as const;

async function run(values: Values<typeof options>, settings: Config): Promise<void> {
  const { names: positionals, source = "replica" } = values;
  noSources(positionals);
  if (values.source === undefined) tellDefault(source);
  // The committed figures are a clone's own: from elsewhere they are not written over.
  const out = values.out ?? (source === "replica" && isInClone() ? projectFigures() : "out/figures");
  const own = await askedWith(values, settings);
  const dataset = await loadNamed({ ...values, source });
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
  done(`${plural(chosen.length, "figure")} drawn from ${source} into ${out}`);
  answerJson({ out, figures: chosen.map(({ name }) => name) });
}

function figuresOf(answered: readonly Answered[]) {
  return answered.flatMap(({ drawn }) => drawn.filter(isFigure));
}

export default command({
  about:
    "Draws the figures (all, or those whose name begins so) as SVG and as PNG at 2x, without the notebooks around them.",
  options,
  json: true,
  more: `${SOURCE_HELP}\nUnless told, figures are drawn from the replica.`,
  run,
});
