/** `deno task dataset`: any table, or sessions that failed, as records of a Braintrust dataset. @module */
import { parseArgs } from "node:util";
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
import { failure, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { redactedJson } from "../lib/traces/mod.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task dataset SOURCE --mapping FILE --name N [--limit N] [--out FILE] [--project P --yes]
deno task dataset DIR --name N [--failed] [--verdicts FILE] [--topics FILE --topic N] [--ids FILE] [--out FILE] [--project P --yes]

Makes Braintrust dataset records { id, input, expected, metadata }. Without --out and --yes you see three of them, and
nothing is written or sent.

SOURCE is any table: hub:OWNER/NAME@REVISION, or a Parquet, JSONL or JSON file, folder or glob. FILE says which column
becomes what:
  { "id": "task_id", "input": "question", "expected": "answer", "metadata": "rest" }
  { "input": { "object": { "q": "question", "context": "doc.text" } }, "metadata": ["level"] }
A record without an id column gets one made from its input.

DIR is a folder that \`deno task import --out\` wrote: a record for each session, its task as input.
  --failed         only sessions with a verdict of 0
  --verdicts FILE  verdicts of \`deno task judge --out FILE\`, before --failed looks at them
  --ids FILE       only these sessions: a JSON array or lines of ids, or JSON lines with sessionId
  --topics FILE    only the sessions of one failure cluster, of \`deno task topics --out FILE\`
  --topic N        which one

  --limit N        at most N records
  --out FILE       writes the records as JSON lines, for \`deno task experiment --dataset FILE\`
  --name N         of the dataset
  --project P      the Braintrust project it belongs to
  --yes            sends the records (BRAINTRUST_API_KEY, BRAINTRUST_API_URL)`;

/** Records that a preview shows. */
const SHOWN = 3;

async function main(): Promise<number> {
  const { values, positionals: [source, ...more] } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      mapping: { type: "string" },
      name: { type: "string" },
      verdicts: { type: "string" },
      ids: { type: "string" },
      topics: { type: "string" },
      topic: { type: "string" },
      limit: { type: "string" },
      out: { type: "string" },
      project: { type: "string" },
      failed: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    say(`${HELP}\n\n${needsText("dataset")}`);
    return 0;
  }
  if (source === undefined || more.length) throw new TypeError("expected one SOURCE; see deno task dataset --help");
  if (values.yes && !(values.name && values.project)) {
    throw new TypeError("--yes needs --name N and --project P: where the records go");
  }
  const preview = !values.yes && values.out === undefined;
  const limit = values.limit === undefined ? Infinity : positiveInteger(values.limit);
  const records = await isImportFolder(source)
    ? sessionRecords(source, {
      failed: values.failed,
      verdicts: values.verdicts ?? null,
      ids: await chosenIds(values),
    })
    : tableRecords(source, await mappingOf(values));
  const taken = await take(records, preview ? Math.min(limit, SHOWN) : limit);
  if (taken.length === 0) throw new Error(`${source}: no record fits; see deno task dataset --help`);
  checkRecordIds(taken, source);
  if (preview) {
    say(JSON.stringify(taken, null, 2));
    say(
      `the first ${taken.length} records; nothing was written or sent: add --out FILE, or --project P --yes to send`,
    );
    return 0;
  }
  if (values.out !== undefined) await writeLines(values.out, taken);
  return values.yes ? await send(values.project!, values.name!, taken) : 0;
}

async function chosenIds(values: { ids?: string; topics?: string; topic?: string }): Promise<Set<string> | null> {
  const { ids, topics, topic } = values;
  if ((topics === undefined) !== (topic === undefined)) throw new TypeError("--topics FILE and --topic N go together");
  const lists = [
    ...(ids === undefined ? [] : [await sessionIds(ids)]),
    ...(topics === undefined || topic === undefined ? [] : [await topicSessions(topics, topic)]),
  ];
  return lists.length === 0 ? null : lists.reduce((both, list) => both.intersection(list));
}

async function mappingOf(values: { mapping?: string; [option: string]: unknown }) {
  const { mapping } = values;
  const about = ["failed", "ids", "topics", "topic", "verdicts"].filter((option) => values[option]);
  if (about.length) {
    throw new TypeError(`--${about.join(", --")}: about sessions; give a folder that deno task import --out wrote`);
  }
  if (mapping === undefined) throw new TypeError("--mapping FILE is missing; see deno task dataset --help");
  return parseDatasetMapping(await Deno.readTextFile(mapping), mapping);
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
  return missing.length ? 2 : 0;
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new TypeError(`--limit: expected a whole number above 0, found "${text}"`);
  return Number(text);
}

if (import.meta.main) {
  try {
    Deno.exitCode = await main();
  } catch (error) {
    console.error(failure("dataset", error));
    Deno.exitCode = 1;
  }
}
