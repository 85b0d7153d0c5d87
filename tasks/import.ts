/** `deno task import`: recorded sessions to span rows, a sessions table and a manifest, or into an engine. @module */
import { parseArgs } from "node:util";
import { importTraces, type Manifest, redactOptions, tellSource, toldByManifest } from "../lib/import/mod.ts";
import { countsText, loadMapping, openTraces, progressBar } from "../lib/sources/mod.ts";
import { importTo } from "./import/to.ts";
import { asideText, toldText } from "./import/told_text.ts";
import { failure, say } from "./say.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task import SOURCE... [--mapping FILE] [--limit N] [--json]
deno task import SOURCE... --out DIR [--mapping FILE] [--limit N] [--redact pii] [--force]
deno task import SOURCE... --to ENGINE [--texts] [--verdicts FILE] [--mapping FILE] [--limit N] [--redact pii]

Says what SOURCE is and what is in it: format, sessions, calls, messages, tool calls, characters of text, what is unknown.

With --out it also writes into DIR:
  spans-00001.jsonl ...  rows for Braintrust's logs: a root for each session, a child for each model call; 256 MB a file
  sessions.parquet       one row a session
  set-aside.jsonl        rows that could not be read, counted from 0, with the reason (only where there are any)
  manifest.json          source, hash, counts, what was repaired, redacted and left out; written last

SOURCE is a file of traces of any kind in docs/formats (OTLP and its dialects, Langfuse, LangSmith, Claude Code, Codex,
Inspect, messages of the chat format ...), a folder, a glob, hub:OWNER/NAME@REVISION, or a project of a service:
langfuse:PROJECT, phoenix:PROJECT, langsmith:PROJECT, with @FROM..TO behind it what began in that time (see
docs/formats/services.md). Files are read in order. Nothing is sent anywhere. Interrupted, the same command goes on
where it stopped.

With --to the sessions and their calls go into tables of an engine instead. What is there already stays as it is, so the
same command goes on where it stopped, and a second run changes nothing; only a verdict that changed takes the place of
the one that is there. ENGINE is one of
  duckdb:PATH      a database file, made where there is none
  clickhouse:http://HOST:PORT/DATABASE[?cluster=NAME[&nodes=URL,URL][&replicated]]
                   CLICKHOUSE_USER and CLICKHOUSE_PASSWORD say who. cluster: rows are spread over the shards of this
                   cluster (of the servers' remote_servers). nodes: the cluster's other servers, where it has no
                   ZooKeeper to make tables everywhere. replicated: tables on the shards are replicated
SOURCE may then also be a table of sessions, judged or replica.

  --texts          with --to: load messages too, secrets redacted; without it numbers, times and names alone
  --verdicts FILE  with --to: verdicts of \`deno task judge --out FILE\`, on new sessions and on those that are there
  --mapping FILE   which column or attribute is what, for data of your own (JSON; see lib/sources/mappings)
  --limit N        import the first N sessions only
  --redact pii     redact e-mail addresses, phone numbers, IBANs and card numbers too; secrets are redacted anyway
  --redact-rules FILE  rules for secrets of your own (JSON; see docs/redaction.md)
  --force          replace whatever import DIR holds
  --json           what is told as JSON

Exit code 0: all rows imported. 2: done, but rows were set aside. 1: failed.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      out: { type: "string" },
      to: { type: "string" },
      verdicts: { type: "string" },
      texts: { type: "boolean", default: false },
      mapping: { type: "string" },
      limit: { type: "string" },
      redact: { type: "string" },
      "redact-rules": { type: "string" },
      force: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    say(`${HELP}\n\n${needsText("import")}`);
    return 0;
  }
  if (positionals.length === 0) throw new TypeError("no SOURCE given; see deno task import --help");
  const limit = values.limit === undefined ? undefined : positiveInteger(values.limit);
  const redact = await redactOptions(values.redact, values["redact-rules"]);
  if (values.to !== undefined) {
    if (values.out !== undefined || values.force) throw new TypeError("--to goes with neither --out nor --force");
    const { to, mapping, texts, verdicts } = values;
    return await importTo({ sources: positionals, to, mapping, limit, texts, verdicts, redact });
  }
  if (values.texts) throw new TypeError("--texts goes with --to; files hold the texts anyway");
  if (values.verdicts !== undefined) throw new TypeError("--verdicts goes with --to; push and dataset take them too");
  if (values.out === undefined && values.force) throw new TypeError("--force goes with --out");
  const mapping = values.mapping === undefined ? undefined : await loadMapping(values.mapping);
  const bar = progressBar({ label: "import", unit: "sessions" });
  try {
    const traces = await openTraces(positionals.join(","), {
      ...(mapping ? { mapping } : {}),
      onProgress: ({ rows, estimatedRows }) => bar.update(rows, limit ?? estimatedRows),
    });
    if (values.out === undefined) {
      const told = await tellSource(traces, limit ? { limit } : {});
      bar.stop();
      const next = told.sessions > 0 ? `next: deno task import ${positionals.map(quoted).join(" ")} --out DIR` : "";
      const texts = [toldText(told), asideText(told.setAside), next].filter(Boolean);
      say(values.json ? JSON.stringify(told, null, 2) : texts.join("\n"));
      return told.setAside.length ? 2 : 0;
    }
    const manifest = await importTraces(traces, values.out, {
      force: values.force,
      redact,
      ...(limit ? { limit } : {}),
    });
    bar.stop();
    say(values.json ? JSON.stringify(toldByManifest(manifest), null, 2) : summary(manifest, values.out));
    return Object.keys(manifest.leftOut.setAside).length ? 2 : 0;
  } finally {
    bar.stop();
  }
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new TypeError(`--limit: expected a whole number above 0, found "${text}"`);
  return Number(text);
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
    `${dir}: ${n(rows)} rows, ${(bytes / 1e6).toFixed(1)} MB`,
    manifest.sessions > 0 && `next: deno task report --source ${quoted(dir)}`,
  ].filter(Boolean).join("\n");
}

/** A path as a shell takes it. */
const quoted = (path: string) => /^[\w./:@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

try {
  Deno.exitCode = await main();
} catch (error) {
  console.error(failure("import", error));
  Deno.exitCode = 1;
}
