/** `atl dataset`: any table, or sessions that failed, as records of a Braintrust dataset. @module */
import { command, type Values } from "./atl/command.ts";
import { flag, text, whole } from "./atl/options.ts";
import { EXIT, UsageError } from "./atl/usage.ts";
import type { Redacted } from "../lib/model/mod.ts";
import {
  braintrustClient,
  braintrustEnvironment,
  checkRecordIds,
  type DatasetRecord,
  parseDatasetMapping,
  projectNamed,
  pushDataset,
} from "../lib/braintrust/mod.ts";
import { isImportFolder, sessionRecords, tableRecords } from "./dataset/records.ts";
import { sessionIds, topicSessions } from "./dataset/session_ids.ts";
import { answerJson, asJson, note, say } from "./say.ts";
import { NEEDED_SOURCE } from "./source_options.ts";
import { writeWhole, writtenText } from "../lib/io/mod.ts";
import { redactedJson } from "../lib/traces/mod.ts";

const options = {
  ...NEEDED_SOURCE,
  mapping: text("--mapping", "FILE", "which column becomes what; see below"),
  failed: flag("--failed", "of DIR: only sessions with a verdict of 0"),
  verdicts: text("--verdicts", "FILE", "of DIR: verdicts of judge --out FILE, before --failed looks at them"),
  ids: text("--ids", "FILE", "of DIR: only these sessions: a JSON array or lines of ids, or JSON lines with sessionId"),
  topics: text("--topics", "FILE", "of DIR: only the sessions of one topic, of topics --out FILE"),
  topic: text("--topic", "NAME|N", "which one, by its name or number"),
  limit: whole("--limit", "at most N records"),
  out: text("--out", "FILE", "writes the records as JSON lines, for experiment --dataset FILE"),
  name: text("--name", "NAME", "of the dataset"),
  project: text("--project", "NAME", "the Braintrust project it belongs to"),
  yes: flag("--yes", "sends the records (BRAINTRUST_API_KEY, BRAINTRUST_API_URL)"),
} as const;

/** Records that a preview shows. */
const SHOWN = 3;

async function run(values: Values<typeof options>): Promise<number> {
  const { source } = values;
  if (source === undefined) throw new UsageError("expected one SOURCE; see --help");
  if (values.yes && !(values.name && values.project)) {
    throw new UsageError("--yes needs --name N and --project P: where the records go");
  }
  const preview = !values.yes && values.out === undefined;
  const { limit = Infinity } = values;
  const records = await isImportFolder(source)
    ? sessionRecords(source, {
      failed: values.failed,
      verdicts: values.verdicts ?? null,
      ids: await chosenIds(values),
    })
    : tableRecords(source, await mappingOf(values));
  const taken = await take(records, preview ? Math.min(limit, SHOWN) : limit);
  if (taken.length === 0) throw new Error(`${source}: no record fits; see --help`);
  checkRecordIds(taken, source);
  if (preview) {
    if (asJson()) answerJson(taken);
    else say(JSON.stringify(taken, null, 2));
    note(
      `the first ${taken.length} records; nothing was written or sent: add --out FILE, or --project P --yes to send`,
    );
    return 0;
  }
  if (values.out !== undefined) await writeLines(values.out, taken);
  return values.yes ? await send(values.project!, values.name!, taken) : 0;
}

async function chosenIds({ ids, topics, topic }: Values<typeof options>): Promise<Set<string> | null> {
  if ((topics === undefined) !== (topic === undefined)) {
    throw new UsageError("--topics FILE and --topic NAME go together");
  }
  const lists = [
    ...(ids === undefined ? [] : [await sessionIds(ids)]),
    ...(topics === undefined || topic === undefined ? [] : [await topicSessions(topics, topic)]),
  ];
  return lists.length === 0 ? null : lists.reduce((both, list) => both.intersection(list));
}

async function mappingOf(values: Values<typeof options>) {
  const { mapping } = values;
  const about = (["failed", "ids", "topics", "topic", "verdicts"] as const).filter((option) => values[option]);
  if (about.length) {
    throw new UsageError(`--${about.join(", --")}: about sessions; give a folder that deno task import --out wrote`);
  }
  if (mapping === undefined) {
    throw new UsageError(
      "a table takes --mapping FILE (see --help); of traces give the folder that deno task import --out wrote",
    );
  }
  return parseDatasetMapping(await writtenText(mapping), mapping);
}

async function take<T>(records: AsyncIterable<T>, limit: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const record of records) {
    taken.push(record);
    if (taken.length >= limit) break;
  }
  return taken;
}

async function writeLines(path: string, records: readonly Redacted<DatasetRecord>[]): Promise<void> {
  await writeWhole(path, records.map((record) => `${redactedJson(record)}\n`).join(""));
  say(`${path}: ${records.length.toLocaleString("en-US")} records`);
}

async function send(projectName: string, name: string, records: readonly Redacted<DatasetRecord>[]): Promise<number> {
  const client = braintrustClient(braintrustEnvironment());
  const project = await projectNamed(client, projectName);
  const { sent, missing, tooLarge } = await pushDataset(client, project, name, records);
  say(`dataset ${name} of project ${project.name}: ${sent.toLocaleString("en-US")} records sent`);
  for (const { id } of tooLarge) say(`  record ${id} is too large for the service`);
  if (missing.length) {
    say(`  not there: ${missing.slice(0, 5).join(", ")} (${missing.length} records); run it again`);
  }
  answerJson({ dataset: name, sent, missing, tooLarge });
  return missing.length ? EXIT.inPart : EXIT.done;
}

export default command({
  about:
    `Makes Braintrust dataset records { id, input, expected, metadata }. Without --out and --yes you see three of them,
and nothing is written or sent.`,
  options,
  json: true,
  more:
    `SOURCE is any table: hub:OWNER/NAME@REVISION, or a Parquet, JSONL or JSON file, folder or glob. The file of --mapping
says which column becomes what:
  { "id": "task_id", "input": "question", "expected": "answer", "metadata": "rest" }
  { "input": { "object": { "q": "question", "context": "doc.text" } }, "metadata": ["level"] }
A record without an id column gets one made from its input.

DIR is a folder that import --out wrote: a record for each session, its task as input.

Exit code 3: sent, but records are missing.`,
  run,
});
