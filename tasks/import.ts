/** `atl import`: recorded sessions to span rows, a sessions table and a manifest, or into an engine. @module */
import type { Config } from "./atl/config.ts";
import { command, type Values } from "./atl/command.ts";
import { flag, oneOf, rest, text, texts, whole } from "./atl/options.ts";
import { EXIT, UsageError } from "./atl/usage.ts";
import { importTraces, type Manifest, tellSource, toldByManifest } from "../lib/import/mod.ts";
import { countsText, loadMapping, openTraces, progressBar } from "../lib/sources/mod.ts";
import { redaction } from "./import/redaction.ts";
import { importTo } from "./import/to.ts";
import { asideText, toldText } from "./import/told_text.ts";
import { answerJson, asJson, say, typed } from "./say.ts";
import { COUNT_OPTION, MAPPING_OPTION } from "./source_options.ts";
import { plural } from "../lib/model/plural.ts";

const options = {
  sources: rest("SOURCE", "what to read: files, folders, globs or projects of services, see below"),
  more: texts("--source", "SOURCE", "the same as an option"),
  out: text("--out", "DIR", "write rows, a sessions table and a manifest into DIR"),
  to: text("--to", "ENGINE", "load sessions and calls into tables of an engine instead"),
  texts: flag("--texts", "with --to: load messages too, secrets redacted; without it numbers, times and names alone"),
  verdicts: text(
    "--verdicts",
    "FILE",
    "with --to: verdicts of judge --out FILE, on new sessions and on those that are there",
  ),
  ...MAPPING_OPTION,
  ...COUNT_OPTION,
  limit: whole("--limit", "import the first N sessions only"),
  redact: oneOf(
    "--redact",
    "KIND",
    ["pii"],
    "redact e-mail addresses, phone numbers, IBANs and card numbers too; secrets are redacted anyway",
  ),
  redactRules: text("--redact-rules", "FILE", "rules for secrets of your own (JSON; see docs/redaction.md)"),
  force: flag("--force", "with --out: replace whatever import DIR holds"),
} as const;

async function run(values: Values<typeof options>, settings: Config): Promise<number> {
  const { limit } = values;
  const told = [...values.sources, ...values.more];
  const positionals = told.length || !settings.source ? told : [settings.source];
  if (positionals.length === 0) throw new UsageError("no SOURCE given; see --help");
  const redact = await redaction(values, settings);
  if (values.to !== undefined) {
    if (values.out !== undefined || values.force) throw new UsageError("--to goes with neither --out nor --force");
    const { to, mapping, countTokens, texts, verdicts } = values;
    return await importTo({ sources: positionals, to, mapping, countTokens, limit, texts, verdicts, redact });
  }
  if (values.texts) throw new UsageError("--texts goes with --to; files hold the texts anyway");
  if (values.verdicts !== undefined) throw new UsageError("--verdicts goes with --to; push and dataset take them too");
  if (values.out === undefined && values.force) throw new UsageError("--force goes with --out");
  const mapping = values.mapping === undefined ? undefined : await loadMapping(values.mapping);
  const bar = progressBar({ label: "import", unit: "sessions" });
  try {
    const traces = await openTraces(positionals.join(","), {
      ...(mapping ? { mapping } : {}),
      countTokens: values.countTokens,
      onProgress: ({ rows, estimatedRows }) => bar.update(rows, limit ?? estimatedRows),
    });
    if (values.out === undefined) {
      const told = await tellSource(traces, limit ? { limit } : {});
      bar.stop();
      const next = told.sessions > 0 ? `next: ${typed(`import ${positionals.map(quoted).join(" ")} --out DIR`)}` : "";
      const texts = [toldText(told), asideText(told.setAside), next].filter(Boolean);
      if (asJson()) answerJson(told);
      else say(texts.join("\n"));
      return told.setAside.length ? EXIT.inPart : EXIT.done;
    }
    const manifest = await importTraces(traces, values.out, {
      force: values.force,
      redact,
      ...(limit ? { limit } : {}),
    });
    bar.stop();
    if (asJson()) answerJson(toldByManifest(manifest));
    else say(summary(manifest, values.out));
    return Object.keys(manifest.leftOut.setAside).length ? EXIT.inPart : EXIT.done;
  } finally {
    bar.stop();
  }
}

function summary(manifest: Manifest, dir: string): string {
  const { rows, bytes, leftOut, malformed, redacted } = manifest;
  const n = (count: number) => count.toLocaleString("en-US");
  const repaired = [
    countsText(malformed) && `messages repaired or kept as text: ${countsText(malformed)}`,
    countsText(redacted) && `secrets redacted: ${countsText(redacted)}`,
    leftOut.exactDuplicates && `exact duplicates left out: ${n(leftOut.exactDuplicates)}`,
  ].filter(Boolean);
  return [
    toldText(toldByManifest(manifest)),
    repaired.join("; "),
    asideText(leftOut.reasons, `${dir}/set-aside.jsonl`),
    `${dir}: ${plural(rows, "row")}, ${(bytes / 1e6).toFixed(1)} MB`,
    manifest.sessions > 0 && `next: ${typed(`report ${quoted(dir)}`)}`,
  ].filter(Boolean).join("\n");
}

/** A path as a shell takes it. */
const quoted = (path: string) => /^[\w./:@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

export default command({
  about:
    `Says what SOURCE is and what is in it: format, sessions, calls, messages, tool calls, characters of text, what is
unknown. With --out it also writes files, with --to it loads an engine.`,
  options,
  json: true,
  more: `With --out it writes into DIR:
  spans-00001.jsonl ...  rows for Braintrust's logs: a root for each session, a child for each model call; 256 MB a file
  sessions.parquet       one row a session
  set-aside.jsonl        rows that could not be read, counted from 0, with the reason (only where there are any)
  manifest.json          source, hash, counts, what was repaired, redacted and left out; written last

SOURCE is a file of traces of any kind in docs/formats (OTLP and its dialects, Langfuse, LangSmith, Claude Code, Codex,
Inspect, messages of the chat format ...), a folder, a glob, hub:OWNER/NAME@REVISION, or a project of a service:
langfuse:PROJECT, phoenix:PROJECT, langsmith:PROJECT, with @FROM..TO behind it what began in that time (see
docs/formats/services.md). Files are read in order. Nothing is sent anywhere. Interrupted, the same command goes on
where it stopped.

With --to, what is there already stays as it is, so the same command goes on where it stopped, and a second run changes
nothing; only a verdict that changed takes the place of the one that is there. SOURCE may then also be a table of
sessions, judged or replica. ENGINE is one of
  duckdb:PATH      a database file, made where there is none
  clickhouse:http://HOST:PORT/DATABASE[?cluster=NAME[&nodes=URL,URL][&replicated]]
                   CLICKHOUSE_USER and CLICKHOUSE_PASSWORD say who. cluster: rows are spread over the shards of this
                   cluster (of the servers' remote_servers). nodes: the cluster's other servers, where it has no
                   ZooKeeper to make tables everywhere. replicated: tables on the shards are replicated

Exit code 3: done, but rows were set aside.`,
  run,
});
