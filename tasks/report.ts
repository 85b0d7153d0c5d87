/** `deno task report`: one HTML page with every figure, the claims and the key tables, to share. @module */
import { parseArgs } from "node:util";
import { loadDataset, SOURCE_HELP } from "../lib/sources/mod.ts";
import { reportHtml } from "./report/page.ts";

const HELP = `deno task report [--source S] [--out FILE]

Writes one self-contained HTML page: nothing in it is loaded from anywhere.

  --source S   where the sessions come from; the judged table where it is already here, else the replica:
${SOURCE_HELP.replaceAll(/^/gm, "               ")}
  --out FILE   default: out/report.html`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      source: { type: "string" },
      out: { type: "string", default: "out/report.html" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const dataset = await loadDataset(values.source);
  const html = await reportHtml(dataset);
  const folder = values.out.includes("/") ? values.out.slice(0, values.out.lastIndexOf("/")) : ".";
  if (folder) await Deno.mkdir(folder, { recursive: true });
  const part = `${values.out}.${Deno.pid}.part`;
  await Deno.writeTextFile(part, html);
  await Deno.rename(part, values.out);
  console.log(`${values.out}: ${dataset.info.sentence}`);
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(`report: ${error.message.replaceAll(/\s*\n\s*/g, "; ")}`);
    Deno.exit(1);
  });
}
