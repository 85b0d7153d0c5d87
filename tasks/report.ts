/** `deno task report`: every question of a source answered, as a page to share, as Markdown or as JSON. @module */
import type { Config } from "./atl/config.ts";
import { command, type Values } from "./atl/command.ts";
import { flag, oneOf, text, wholeOr } from "./atl/options.ts";
import { loadNamed, SOURCE_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { isStudy, study } from "../lib/study/mod.ts";
import { ASKED_OPTIONS, askedWith } from "./questions/options.ts";
import { type Form, FORMATS, reportText } from "./report/write.ts";
import { answerJson, done, print } from "./say.ts";
import { serveWorkbench } from "./view/workbench.ts";
import { writeWhole } from "../lib/io/mod.ts";

const options = {
  ...SOURCE_OPTIONS,
  ...ASKED_OPTIONS,
  format: oneOf(
    "--format",
    "FORM",
    Object.keys(FORMATS) as Form[],
    "html (default), md for a comment, json for a program",
  ),
  texts: wholeOr("--with-texts", 0, "conversations of so many sessions stand in the page, failed ones first", {
    min: 0,
  }),
  traces: text("--traces", "SPEC", "where the texts are, where SOURCE is a table of sessions or an engine"),
  verdicts: text(
    "--verdicts",
    "FILE",
    "a judge's verdicts: they count, and what they rest on is marked in conversations",
  ),
  view: text(
    "--view",
    "ORIGIN",
    "where the workbench runs (default: http://127.0.0.1:4650): links of the page lead there",
  ),
  serve: flag("--serve", "show it in the browser, its marks linked to the sessions behind them (as view does)"),
  noOpen: flag("--no-open", "with --serve: print the address, and open no browser"),
  out: text("--out", "FILE", "default: out/report.html (.md, .json); - for standard output"),
} as const;

async function run(values: Values<typeof options>, settings: Config): Promise<void> {
  const { format = "html", texts, traces, mapping, verdicts, view, source } = values;
  const own = await askedWith(values, settings);
  const dataset = await loadNamed(values);
  const wishes = { source, format, texts, traces, mapping, verdicts };
  if (values.serve) {
    return await serveWorkbench({
      spec: source,
      dataset,
      traces,
      mapping,
      verdicts,
      labels: [values.labels ?? "labels.jsonl"],
      prices: own.prices ?? (isStudy(dataset) ? study.prices : null),
      claims: own.claims ?? null,
      port: 0,
      noOpen: values.noOpen,
      pages: [{ path: "/report", html: await reportText(dataset, own, { ...wishes, format: "html", view: "" }) }],
    });
  }
  const written = await reportText(dataset, own, { ...wishes, view });
  const out = values.out ?? FORMATS[format];
  if (out === "-") return print(written.trimEnd());
  const folder = out.includes("/") ? out.slice(0, out.lastIndexOf("/")) : ".";
  if (folder) await Deno.mkdir(folder, { recursive: true });
  await writeWhole(out, written);
  done(`${out}: ${dataset.info.sentence}`);
  answerJson({ out, source: dataset.info });
}

export default command({
  about:
    "Writes one self-contained HTML page (nothing in it is loaded from anywhere): the finding, every question with its " +
    "answer, and the sessions; as Markdown for a comment, as JSON for a program.",
  options,
  json: true,
  more: SOURCE_HELP,
  run,
});
