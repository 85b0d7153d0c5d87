/** `deno task report`: one HTML page with an answer to every question that a source can be asked, to share. @module */
import { loadNamed, MAPPING_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { parseArgs } from "node:util";
import { sourceHelp } from "../lib/engines/mod.ts";
import { isStudy, study } from "../lib/study/mod.ts";
import { answers } from "./questions/asked.ts";
import { ASKED_HELP, ASKED_OPTIONS, askedWith } from "./questions/options.ts";
import { chapterHref, reportHtml } from "./report/page.ts";
import { failure, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task report [SOURCE] [--source SOURCE] [--prices FILE] [--claims FILE] [--out FILE]

Writes one self-contained HTML page: nothing in it is loaded from anywhere.

  SOURCE          where the sessions come from; the judged table where it is already here, else the replica:
${sourceHelp(study).replaceAll(/^/gm, "                  ")}
${MAPPING_HELP}
${ASKED_HELP}
  --out FILE      default: out/report.html`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      ...SOURCE_OPTIONS,
      out: { type: "string", default: "out/report.html" },
      help: { type: "boolean", short: "h", default: false },
      ...ASKED_OPTIONS,
    },
  });
  if (values.help) return say(`${HELP}\n\n${needsText("report")}`);
  const own = await askedWith(values);
  const dataset = await loadNamed({ ...values, source: sourceOf(positionals, values.source) });
  const title = isStudy(dataset)
    ? "What explains the success of agents, and what the published claims are worth"
    : "What explains the success of agents";
  const html = await reportHtml(dataset, title, await answers(dataset, { ...own, chapterHref }));
  const folder = values.out.includes("/") ? values.out.slice(0, values.out.lastIndexOf("/")) : ".";
  if (folder) await Deno.mkdir(folder, { recursive: true });
  await writeWhole(values.out, html);
  say(`${values.out}: ${dataset.info.sentence}`);
}

function sourceOf(positionals: readonly string[], flag: string | undefined): string | undefined {
  const given = [...positionals, ...(flag === undefined ? [] : [flag])];
  if (given.length > 1) throw new Error(`one source is reported at a time; found ${given.join(" and ")}`);
  return given[0];
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(failure("report", error));
    Deno.exit(1);
  });
}
