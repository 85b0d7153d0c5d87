/** `deno task view`: a workbench in the browser: see a session, say what you see, and watch the conclusions move. @module */
import { command, type Values } from "./atl/command.ts";
import { flag, text, wholeOr } from "./atl/options.ts";
import { loadNamed, SOURCE_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { isStudy, study } from "../lib/study/mod.ts";
import { ASKED_OPTIONS, askedWith } from "./questions/options.ts";
import { serveWorkbench } from "./view/workbench.ts";

const options = {
  ...SOURCE_OPTIONS,
  traces: text("--traces", "SPEC", "where the texts are, where SOURCE is a table of sessions or an engine"),
  verdicts: text("--verdicts", "FILE", "a judge's verdicts: evidence and the failing step are linked to the calls"),
  also: text("--also", "FILE,...", "labels of other people, of any tool, read beside --labels"),
  ...ASKED_OPTIONS,
  port: wholeOr("--port", 0, "on which port; any free one where it is 0", { min: 0, max: 65535 }),
  noOpen: flag("--no-open", "print the address, and open no browser"),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const labels = values.labels ?? Deno.env.get("TRACES_LABELS") ?? "labels.jsonl";
  const own = await askedWith(values);
  // Labels are the workbench's own to read: its sessions stay as they were judged.
  const dataset = await loadNamed({ ...values, labels: null });
  await serveWorkbench({
    spec: values.source,
    dataset,
    traces: values.traces,
    mapping: values.mapping,
    verdicts: values.verdicts,
    labels: [labels, ...values.also?.split(",").map((file) => file.trim()) ?? []],
    prices: own.prices ?? (isStudy(dataset) ? study.prices : null),
    claims: own.claims ?? null,
    port: values.port,
    noOpen: values.noOpen,
  });
}

export default command({
  about: `Opens a page on 127.0.0.1: sessions in a table beside charts that filter it, each session as people read it,
labels by keyboard (1 solved, 0 not, ? cannot tell), and what the labels do to the conclusions. Nothing leaves this machine.`,
  options,
  more: SOURCE_HELP,
  run,
});
