import { needSessions } from "../../lib/analysis/mod.ts";
import { type PanelVerdict, panelVerdicts, readVerdicts } from "../../lib/judge/mod.ts";
import { type EngineSink, openSink } from "../../lib/engines/mod.ts";
import {
  areSessions,
  loadMapping,
  notesTexts,
  openTraces,
  passedOverText,
  progressBar,
  type TraceStream,
} from "../../lib/sources/mod.ts";
import { loadStudy, study } from "../../lib/study/mod.ts";
import { redactName, type RedactOptions } from "../../lib/traces/mod.ts";
import { type LoadCounts, loadSessions, type LoadSettings, loadTraces } from "./load.ts";
import { AsideReasons } from "../../lib/import/mod.ts";
import { asideText } from "./told_text.ts";
import { EXIT } from "../atl/usage.ts";
import { say } from "../say.ts";

/** What `deno task import SOURCE --to ENGINE` was told. */
export interface ToOptions {
  sources: readonly string[];
  to: string;
  mapping: string | undefined;
  countTokens: boolean;
  limit: number | undefined;
  texts: boolean;
  /** File of verdicts that `deno task judge` wrote. */
  verdicts: string | undefined;
  redact: RedactOptions;
}

/** Loads sources into an engine and says what it did; the exit code says whether rows could not be read. */
export async function importTo(
  { sources, to, mapping, countTokens, limit, texts, redact, verdicts: file }: ToOptions,
): Promise<number> {
  const spec = sources.join(",");
  const verdicts = file === undefined ? undefined : await verdictsOf(file);
  const sink = await openSink(to);
  const bar = progressBar({ label: "import", unit: "sessions" });
  const reasons = new AsideReasons();
  const settings: LoadSettings = {
    texts,
    redact,
    onFault: ({ fault }) => reasons.add(fault),
    ...(limit ? { limit } : {}),
    ...(verdicts ? { verdicts } : {}),
  };
  try {
    const { counts, passedOver, read = "" } = await loaded(
      spec,
      { mapping, countTokens },
      sink,
      settings,
      (done, of) => bar.update(done, of),
    );
    bar.stop();
    const told = [
      read,
      summary(to, counts, await sink.count("sessions")),
      ...notesTexts(counts.notes),
      passedOverText(passedOver.map(({ path, why }) => ({ path: redactName(path).text, why }))),
      asideText(reasons.all()),
    ];
    say(told.filter(Boolean).join("\n"));
    return counts.faults ? EXIT.inPart : EXIT.done;
  } finally {
    bar.stop();
    await sink.close();
  }
}

async function verdictsOf(path: string): Promise<Map<string, PanelVerdict>> {
  return new Map(panelVerdicts(await readVerdicts(path)).map((panel) => [panel.sessionId, panel]));
}

async function loaded(
  spec: string,
  { mapping, countTokens }: Pick<ToOptions, "mapping" | "countTokens">,
  sink: EngineSink,
  settings: LoadSettings,
  update: (done: number, of: number | null) => void,
): Promise<{ counts: LoadCounts; passedOver: TraceStream["passedOver"]; read?: string }> {
  const chosen = mapping === undefined ? {} : { mapping: await loadMapping(mapping) };
  if (Object.hasOwn(study.sources, spec) || await areSessions(spec, chosen.mapping)) {
    let faults = 0;
    const dataset = await loadStudy(spec, { ...chosen, labels: null, topics: null, onFault: () => faults++ });
    const sessions = needSessions(dataset);
    const onRead = (read: number) => update(read, sessions.length);
    const counts = await loadSessions(sessions, sink, { ...settings, onRead });
    return { counts: { ...counts, faults: counts.faults + faults }, passedOver: [], read: dataset.info.sentence };
  }
  const traces = await openTraces(spec, { ...chosen, countTokens });
  const onRead = (read: number) => update(read, settings.limit ?? traces.estimatedRows);
  return { counts: await loadTraces(traces, sink, { ...settings, onRead }), passedOver: traces.passedOver };
}

function summary(
  to: string,
  { sessions, spans, there, judged, unknown, redacted }: LoadCounts,
  total: number,
): string {
  const n = (count: number, noun: string) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  return [
    `${to}: ${n(sessions, "session")} and ${n(spans, "span")} written; ${n(total, "session")} there now`,
    there &&
    `${n(there, "session")} of the source ${there === 1 ? "was" : "were"} there before, ${
      judged
        ? `${judged.toLocaleString("en")} with another verdict, which was replaced`
        : `and ${there === 1 ? "was left as it was" : "were left as they were"}`
    }`,
    unknown && `${n(unknown, "verdict")} on sessions that are not among those read`,
    Object.keys(redacted).length > 0 &&
    `secrets redacted: ${Object.entries(redacted).map(([kind, k]) => `${k.toLocaleString("en")} ${kind}`).join(", ")}`,
  ].filter(Boolean).join("\n");
}
