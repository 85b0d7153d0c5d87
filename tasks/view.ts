/** `deno task view`: a workbench in the browser: see a session, say what you see, and watch the conclusions move. @module */
import { parseArgs } from "node:util";
import { defaultSeeds } from "../lib/analysis/topics/mod.ts";
import { openBrowser, sourceHelp } from "../lib/engines/mod.ts";
import { openInBrowser } from "./view/open.ts";
import { conversationsOf, verdictsOf } from "./view/source.ts";
import { loadStudy, study } from "../lib/study/mod.ts";
import { bundlePage, openLabels, serveView } from "../lib/view/mod.ts";
import { failure, note, say } from "./say.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task view SOURCE [--labels FILE] [--verdicts FILE] …

Opens a page on 127.0.0.1: sessions in a table beside charts that filter it, each session as people read it, labels by
keyboard (1 solved, 0 not, ? cannot tell), and what the labels do to the conclusions. Nothing leaves this machine.

  SOURCE            what to look at (default: as TRACES_SOURCE says, else the judged table or the replica):
${sourceHelp(study).replaceAll(/^/gm, "                    ")}
  --traces SPEC     where the texts are, where SOURCE is a table of sessions or an engine
  --verdicts FILE   a judge's verdicts: evidence and the failing step are linked to the calls
  --labels FILE     where labels are written, only ever added to (default: labels.jsonl)
  --port N          default: any free one
  --no-open         print the address, and open no browser`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      traces: { type: "string" },
      verdicts: { type: "string" },
      labels: { type: "string", default: "labels.jsonl" },
      port: { type: "string", default: "0" },
      "no-open": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return say(`${HELP}\n\n${needsText("view")}`);
  if (positionals.length > 1) throw new Error(`one source is looked at at a time; found ${positionals.join(" and ")}`);
  if (!/^\d{1,5}$/.test(values.port)) throw new Error(`--port expects a number, found ${values.port}`);
  const [spec] = positionals;
  const files = await bundlePage("data/cache/view");
  const loaded = await loadStudy(spec);
  const verdicts = await verdictsOf(values.verdicts, loaded);
  const { dataset } = verdicts;
  const database = spec?.startsWith("duckdb:") && values.verdicts === undefined ? spec.slice("duckdb:".length) : null;
  const browser = await openBrowser(
    database !== null && dataset.held !== "all" ? { database } : { sessions: dataset.sessions ?? [] },
  );
  const labels = await openLabels(values.labels);
  if (labels.repaired) note(`${values.labels}: ${labels.repaired}`);
  const conversations = await conversationsOf(values.traces ?? spec);
  const stop = new AbortController();
  const view = serveView({
    caption: dataset.info.caption,
    browser,
    sessions: dataset.held === "all" ? dataset.sessions : null,
    conversations,
    labels,
    verdicts: verdicts.bySession,
    modes: defaultSeeds().map(({ id, name }) => ({ id, name })),
    files,
    token: [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    port: Number(values.port),
    now: Date.now,
    signal: stop.signal,
  });
  say(dataset.info.sentence);
  // The address holds the key to this run of it, which the redactor would take out.
  console.log(view.url);
  say(`labels go to ${values.labels}; Ctrl+C ends it`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop.abort());
  if (!values["no-open"]) await openInBrowser(view.url);
  await view.finished;
  labels.close();
  await conversations?.close();
  await browser.close();
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(failure("view", error));
    Deno.exit(1);
  });
}
