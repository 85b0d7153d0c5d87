/** `deno task report`: one HTML page with an answer to every question that a source can be asked, to share. @module */
import type { Config } from "./atl/config.ts";
import { command, type Values } from "./atl/command.ts";
import { textOr } from "./atl/options.ts";
import { loadNamed, oneSource, SOURCE_HELP, SOURCE_OPTIONS, SOURCE_WORD } from "./source_options.ts";
import { isStudy } from "../lib/study/mod.ts";
import { answers } from "./questions/asked.ts";
import { ASKED_OPTIONS, askedWith } from "./questions/options.ts";
import { chapterHref, reportHtml } from "./report/page.ts";
import { answerJson, done } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";

const options = {
  ...SOURCE_WORD,
  ...SOURCE_OPTIONS,
  ...ASKED_OPTIONS,
  out: textOr("--out", "FILE", "out/report.html", "the page"),
} as const;

async function run(values: Values<typeof options>, settings: Config): Promise<void> {
  const own = await askedWith(values, settings);
  const dataset = await loadNamed({
    ...values,
    source: oneSource(values.word, values.source, "one source is reported at a time"),
  });
  const title = isStudy(dataset)
    ? "What explains the success of agents, and what the published claims are worth"
    : "What explains the success of agents";
  const html = await reportHtml(dataset, title, await answers(dataset, { ...own, chapterHref }));
  const folder = values.out.includes("/") ? values.out.slice(0, values.out.lastIndexOf("/")) : ".";
  if (folder) await Deno.mkdir(folder, { recursive: true });
  await writeWhole(values.out, html);
  done(`${values.out}: ${dataset.info.sentence}`);
  answerJson({ out: values.out, source: dataset.info });
}

export default command({
  about: "Writes one self-contained HTML page: nothing in it is loaded from anywhere.",
  options,
  json: true,
  more: SOURCE_HELP,
  run,
});
