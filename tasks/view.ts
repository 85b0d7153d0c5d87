/** `deno task view`: a workbench in the browser: see a session, say what you see, and watch the conclusions move. @module */
import { command, type Values } from "./atl/command.ts";
import { flag, text, wholeOr } from "./atl/options.ts";
import { LABELS_OPTION } from "./labels_option.ts";
import { loadNamed, oneSource, SOURCE_HELP, SOURCE_OPTIONS, SOURCE_WORD } from "./source_options.ts";
import { defaultSeeds } from "../lib/analysis/topics/mod.ts";
import { openBrowser } from "../lib/engines/mod.ts";
import { openInBrowser } from "./view/open.ts";
import { conversationsOf, verdictsOf } from "./view/source.ts";
import { bundlePage, openLabels, serveView } from "../lib/view/mod.ts";
import { note, print, say } from "./say.ts";

const options = {
  ...SOURCE_WORD,
  ...SOURCE_OPTIONS,
  traces: text("--traces", "SPEC", "where the texts are, where SOURCE is a table of sessions or an engine"),
  verdicts: text("--verdicts", "FILE", "a judge's verdicts: evidence and the failing step are linked to the calls"),
  ...LABELS_OPTION,
  port: wholeOr("--port", 0, "on which port; any free one where it is 0", { min: 0, max: 65535 }),
  noOpen: flag("--no-open", "print the address, and open no browser"),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const spec = oneSource(values.word, values.source, "one source is looked at at a time");
  const { labels: labelFile = "labels.jsonl" } = values;
  const files = await bundlePage("data/cache/view");
  const loaded = await loadNamed({ ...values, source: spec });
  const verdicts = await verdictsOf(values.verdicts, loaded);
  const { dataset } = verdicts;
  const database = spec?.startsWith("duckdb:") && values.verdicts === undefined ? spec.slice("duckdb:".length) : null;
  const browser = await openBrowser(
    database !== null && dataset.held !== "all" ? { database } : { sessions: dataset.sessions ?? [] },
  );
  const labels = await openLabels(labelFile);
  if (labels.repaired) note(`${labelFile}: ${labels.repaired}`);
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
    port: values.port,
    now: Date.now,
    signal: stop.signal,
  });
  say(dataset.info.sentence);
  // The address holds the key to this run of it, which the redactor would take out.
  print(view.url);
  say(`labels go to ${labelFile}; Ctrl+C ends it`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop.abort());
  if (!values.noOpen) await openInBrowser(view.url);
  await view.finished;
  labels.close();
  await conversations?.close();
  await browser.close();
}

export default command({
  about: `Opens a page on 127.0.0.1: sessions in a table beside charts that filter it, each session as people read it,
labels by keyboard (1 solved, 0 not, ? cannot tell), and what the labels do to the conclusions. Nothing leaves this machine.`,
  options,
  more: SOURCE_HELP,
  run,
});
