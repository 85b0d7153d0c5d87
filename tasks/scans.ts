/** `deno task scans`: what programs and judges found in sessions, how often, and what it goes with. @module */
import { scanRows } from "../lib/analysis/mod.ts";
import { programScans, readAnswers, SCAN_MODES, scanOf } from "../lib/judge/mod.ts";
import type { ScanFinding, Session } from "../lib/model/mod.ts";
import { labelsTold } from "./labels/told.ts";
import { areSessions, eachOnce, isFault, notesTexts, openTraces, passedOverText } from "../lib/sources/mod.ts";
import { redactName, sessionOf } from "../lib/traces/mod.ts";
import { command, type Values } from "./atl/command.ts";
import { text } from "./atl/options.ts";
import { UsageError } from "./atl/usage.ts";
import { scansText } from "./scans/text.ts";
import { COUNT_OPTION, loadNamed, MAPPING_OPTION, NEEDED_SOURCE, settingsOf, SOURCE_HELP } from "./source_options.ts";
import { answerJson, asJson, note, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { redactedJson, redactValue } from "../lib/traces/mod.ts";

const options = {
  ...NEEDED_SOURCE,
  ...MAPPING_OPTION,
  ...COUNT_OPTION,
  found: text("--found", "FILE", "what a judge found: judge --scan --out FILE"),
  grades: text("--outcomes", "SOURCE", "where verdicts of these sessions stand, if not in the source itself"),
  labels: text("--labels", "FILE", "people's labels, whose modes are held against the scans of the same name"),
  out: text("--out", "FILE", "all that was found, a line a session, a scan and who looked, with the call"),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const { source } = values;
  if (source === undefined) throw new UsageError("no SOURCE given; see --help");
  const { found, sessions } = await byProgram(source, values);
  const byJudge = values.found === undefined ? [] : await judged(values.found);
  if (values.out !== undefined) {
    await writeWhole(
      values.out,
      [...found, ...byJudge].map((one) => `${redactedJson(redactValue(one).value)}\n`).join(""),
    );
  }
  const outcomes = values.grades === undefined
    ? sessions
    : (await loadNamed({ source: values.grades, labels: null })).sessions ?? [];
  const labels = values.labels === undefined ? [] : await labelsTold(values.labels);
  const rows = scanRows([...found, ...byJudge], outcomes, labels, SCAN_MODES);
  if (rows.length === 0) note("nothing was scanned: a table of sessions has no calls; give traces, or --found FILE");
  if (asJson()) answerJson(rows);
  else say(scansText(rows));
}

/** What programs find in traces; nothing in a table of sessions or an engine, which have no calls. */
async function byProgram(
  source: string,
  values: Values<typeof options>,
): Promise<{ found: ScanFinding[]; sessions: Session[] }> {
  const { mapping } = await settingsOf(values);
  if (
    /^(duckdb|clickhouse|braintrust):/.test(source) ||
    (!source.startsWith("hub:") && await areSessions(source, mapping).catch(() => true))
  ) {
    const { sessions } = await loadNamed({ ...values, source, labels: null });
    return { found: [], sessions: sessions ?? [] };
  }
  const stream = await openTraces(source, { ...(mapping ? { mapping } : {}), countTokens: values.countTokens });
  const found: ScanFinding[] = [];
  const sessions: Session[] = [];
  const faults: string[] = [];
  for await (const row of eachOnce(stream)) {
    if (isFault(row)) {
      faults.push(row.fault);
      continue;
    }
    sessions.push(sessionOf(row, null));
    found.push(...programScans(row).map((one) => ({ ...one, sessionId: redactName(one.sessionId).text })));
  }
  for (const line of notesTexts(stream.notes())) note(`${source}: ${line}`);
  if (faults.length) note(`${source}: ${faults.length} rows set aside, such as: ${redactName(faults[0]!).text}`);
  const passedOver = passedOverText(stream.passedOver);
  if (passedOver) note(`${source}: ${passedOver}`);
  return { found, sessions: sessions.map((one) => ({ ...one, sessionId: redactName(one.sessionId).text })) };
}

async function judged(path: string): Promise<ScanFinding[]> {
  const found = (await readAnswers(path)).flatMap(({ sessionId, rubric, judge, success, evidence }): ScanFinding[] => {
    const scan = scanOf(rubric);
    return scan === null
      ? []
      : [{ sessionId, scan, by: judge, found: success, call: success === 1 ? evidence[0] ?? null : null }];
  });
  if (found.length === 0) throw new Error(`${path}: holds no scans; deno task judge SOURCE --scan all writes them`);
  return found;
}

export default command({
  about:
    `Says what scans found in sessions: loops, refusals, sessions without a step, by a program that counts, and with --found
what a judge found of these and of broken environments, reward hacking and evaluation awareness. Each with its share among
failed and among solved sessions, and against people's labels.`,
  options,
  json: true,
  more: SOURCE_HELP,
  run,
});
