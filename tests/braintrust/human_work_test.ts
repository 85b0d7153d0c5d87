/** What people did at the service stays when verdicts are written back, shown with the service's own SDK. @module */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  type BraintrustRow,
  folderRows,
  type MergingSend,
  mergingSend,
  openJournal,
  planPush,
  pushRows,
  type RowVerdict,
  writeBackRows,
  writeTopics,
} from "../../lib/braintrust/mod.ts";
import { insertRows } from "../../lib/braintrust/insert.ts";
import { eventOf, isOwnScore } from "../../lib/braintrust/merge.ts";
import { type StandingRow } from "../../lib/braintrust/standing.ts";
import { panelVerdicts, rowVerdictOf } from "../../lib/judge/mod.ts";
import type { Verdict } from "../../lib/model/mod.ts";
import { judgeVerdict } from "../support/verdict.ts";
import { type Given, PROJECT, someRows, withServer, writeFolder } from "./given.ts";
import { leadingTo, run } from "./task.ts";

const verdictOf = (sessionId: string, success: Verdict, reasoning = "It gave the title."): [string, RowVerdict] => [
  sessionId,
  rowVerdictOf(panelVerdicts([judgeVerdict(sessionId, success, { reasoning })])[0]!),
];

/** A push as the task makes it. */
async function push(given: Given, verdicts: [string, RowVerdict][] = [], fresh = false): Promise<MergingSend> {
  const { client, project, dir, journal: path } = given;
  const journal = await openJournal(path, project.id, { fresh });
  try {
    const rows = () => writeBackRows(folderRows(dir), new Map(verdicts));
    const merging = await mergingSend(client, project, await planPush(rows(), journal), journal);
    await pushRows(rows(), merging.send, journal);
    return merging;
  } finally {
    journal.close();
  }
}

const rowOf = ({ server }: Given, id: string) =>
  server.logs(PROJECT).get(id) as unknown as BraintrustRow & { tags?: string[]; expected?: unknown };

/** A person reviews a row with the real SDK: a score of the form, a tag, a right answer, a comment, an entry of metadata. */
async function review({ server }: Given, id: string, scores: Record<string, number>): Promise<void> {
  const { initLogger } = await import("braintrust");
  const logger = initLogger({ projectName: PROJECT, apiKey: server.key, appUrl: server.url, forceLogin: true });
  logger.logFeedback({ id, scores, tags: ["checked"], expected: "Book 1", comment: "fine by me", source: "app" });
  await logger.flush();
  // The SDK's other way to change a row: an update of its span.
  const { updateSpan } = await import("braintrust");
  updateSpan({ exported: await exportedOf(server, id), metadata: { reviewer: "Ada" } });
  await logger.flush();
}

async function exportedOf(server: Given["server"], id: string): Promise<string> {
  const { SpanComponentsV3, SpanObjectTypeV3 } = await import("braintrust/util").catch(() => ({}) as never);
  const row = server.logs(PROJECT).get(id)!;
  const objectId = server.projectId(PROJECT);
  return new SpanComponentsV3({
    object_type: SpanObjectTypeV3.PROJECT_LOGS,
    object_id: objectId,
    row_id: id,
    span_id: String(row["span_id"]),
    root_span_id: String(row["root_span_id"]),
  }).toStr();
}

withServer("a verdict is merged: what a person did with the SDK stays", {}, async (given) => {
  const rows = someRows();
  await writeFolder(given.dir, rows);
  await push(given);
  const id = rows[0]!.id;
  await review(given, id, { human_review: 0, helpfulness: 0.5 });
  const { differing, readModifyWrite } = await push(given, [verdictOf("run1_1", 1)]);
  const row = rowOf(given, id);
  deepEqual(row.scores, { human_review: 0, helpfulness: 0.5, task_success: 1 });
  deepEqual([row.tags, row.expected, row.metadata["reviewer"]], [["checked"], "Book 1", "Ada"]);
  deepEqual(given.server.comments(id), ["fine by me"]);
  deepEqual([row.input, row.output, row.created], [rows[0]!.input, rows[0]!.output, rows[0]!.created]);
  equal(row.metadata["judge_reasoning"], "It gave the title.");
  deepEqual(differing, [{ sessionId: "run1_1", score: "human_review", theirs: 0, verdict: 1 }]);
  equal(readModifyWrite(), false);
});

withServer("only what changed is sent", {}, async (given) => {
  const rows = someRows();
  await writeFolder(given.dir, rows);
  await push(given);
  given.server.seen.length = 0;
  await push(given, [verdictOf("run1_1", 1)]);
  const events = given.server.seen.filter(({ path }) => path.endsWith("/insert"))
    .flatMap(({ body }) => JSON.parse(body).events as Record<string, unknown>[]);
  // The proof that merges are known, and the verdict.
  deepEqual(events.map((event) => Object.keys(event).sort()), [
    ["_is_merge", "created", "id", "span_id"],
    ["_is_merge", "id", "metadata", "scores"],
  ]);
  ok(Object.keys(events[1]!["metadata"] as object).every((key) => key.startsWith("judge_")));
});

withServer("a score that a person corrected is not written over, and is listed", {}, async (given) => {
  const rows = someRows();
  await writeFolder(given.dir, rows);
  await push(given, [verdictOf("run1_1", 1), verdictOf("run2_2", 1)]);
  await review(given, rows[0]!.id, { task_success: 0 });
  const { differing } = await push(given, [verdictOf("run1_1", 1, "Looked again."), verdictOf("run2_2", 0)]);
  deepEqual(rowOf(given, rows[0]!.id).scores, { task_success: 0 });
  equal(rowOf(given, rows[0]!.id).metadata["judge_success"], 1);
  equal(rowOf(given, rows[0]!.id).metadata["judge_reasoning"], "Looked again.");
  // Nobody touched this one: the new verdict takes the old one's place.
  deepEqual(rowOf(given, rows[3]!.id).scores, { task_success: 0 });
  deepEqual(differing, [{ sessionId: "run1_1", score: "task_success", theirs: 0, verdict: 1 }]);
});

withServer("a verdict of null takes our score away, and nobody else's", {}, async (given) => {
  const rows = someRows();
  await writeFolder(given.dir, rows);
  await push(given, [verdictOf("run1_1", 1), verdictOf("run2_2", 1)]);
  await review(given, rows[3]!.id, { task_success: 0, human_review: 1 });
  await push(given, [verdictOf("run1_1", null), verdictOf("run2_2", null)]);
  equal(rowOf(given, rows[0]!.id).scores["task_success"], null);
  deepEqual(rowOf(given, rows[3]!.id).scores, { task_success: 0, human_review: 1 });
});

withServer(
  "a row that was imported anew, or a journal that was lost, leaves work of others as it is",
  {},
  async (given) => {
    const rows = someRows();
    await writeFolder(given.dir, rows);
    await push(given, [verdictOf("run1_1", 1)]);
    await review(given, rows[0]!.id, { human_review: 0 });
    const edited = rows.map((row) => row.is_root ? { ...row, output: "edited" } : row);
    await writeFolder(given.dir, edited);
    await push(given, [verdictOf("run1_1", 1)]);
    const check = () => {
      const row = rowOf(given, rows[0]!.id);
      deepEqual(row.scores, { task_success: 1, human_review: 0 });
      deepEqual([row.output, row.tags, row.metadata["reviewer"]], ["edited", ["checked"], "Ada"]);
    };
    check();
    await Deno.remove(given.journal);
    await push(given, [verdictOf("run1_1", 1)]);
    check();
    await push(given, [verdictOf("run1_1", 1)], true);
    check();
    equal(given.server.logs(PROJECT).size, rows.length);
  },
);

withServer("a service that knows no merges is found out on one row, and its rows are read, changed and written", {
  merges: false,
}, async (given) => {
  const rows = someRows();
  await writeFolder(given.dir, rows);
  const first = await push(given);
  equal(first.readModifyWrite(), false);
  // This service replaces what the SDK merges, so the person writes whole rows.
  for (const root of rows.filter((row) => row.is_root)) {
    const text = JSON.stringify({ ...root, scores: { human_review: 0 }, tags: ["checked"] });
    await insertRows(given.client, { projectLogs: given.project.id }, [{ text: text as never }]);
  }
  const { readModifyWrite, differing } = await push(given, [verdictOf("run1_1", 1), verdictOf("run2_2", 0)]);
  equal(readModifyWrite(), true);
  deepEqual(differing.map(({ sessionId }) => sessionId), ["run1_1"]);
  for (const [at, success] of [[0, 1], [3, 0]] as const) {
    const row = rowOf(given, rows[at]!.id);
    deepEqual(row.scores, { human_review: 0, task_success: success });
    deepEqual([row.tags, row.input, row.output, row.created], [
      ["checked"],
      rows[at]!.input,
      rows[at]!.output,
      rows[at]!.created,
    ]);
    equal(row.metadata["judge_success"], success);
    equal(row.metadata["benchmark"], rows[at]!.metadata["benchmark"]);
  }
});

withServer(
  "push lists where a person's score differs from the verdict, in a file and on the console",
  {},
  async (given) => {
    const rows = someRows();
    await writeFolder(given.dir, rows);
    const env = leadingTo(given.server);
    const verdicts = `${given.dir}/v.jsonl`;
    const args = ["--in", given.dir, "--project", PROJECT, "--yes", "--wait", "1"];
    equal((await run("push", args, env)).code, 0);
    await review(given, rows[0]!.id, { human_review: 0 });
    await Deno.writeTextFile(verdicts, `${JSON.stringify(judgeVerdict("run1_1", 1))}\n`);
    const { code, out, err } = await run("push", [...args, "--verdicts", verdicts], env);
    equal(code, 0, err);
    match(
      out,
      /1 score that others gave differs from the verdicts, and stays as it is: .*v\.jsonl\.differing\.jsonl/,
    );
    match(out, /session run1_1: human_review 0, verdict 1/);
    equal(
      await Deno.readTextFile(`${verdicts}.differing.jsonl`),
      '{"session_id":"run1_1","score":"human_review","theirs":0,"verdict":1}\n',
    );
    deepEqual(rowOf(given, rows[0]!.id).scores, { human_review: 0, task_success: 1 });
  },
);

const standing = (over: Partial<StandingRow> = {}): StandingRow => ({
  id: "r",
  scores: {},
  judgeSuccess: undefined,
  judged: false,
  version: "1",
  ...over,
});

Deno.test("a score is ours when it is what was sent, what the verdict beside it says, or the session's own", () => {
  const there = standing({ scores: { task_success: 1 } });
  equal(isOwnScore(there, undefined, undefined), false);
  equal(isOwnScore(there, { score: 1 }, undefined), true);
  equal(isOwnScore(there, { score: 0 }, { hash: "", judged: true, score: 1 }), true);
  equal(isOwnScore({ ...there, judgeSuccess: 1 }, undefined, undefined), true);
  equal(isOwnScore({ ...there, judgeSuccess: 0 }, { score: null }, { hash: "", judged: true, score: 0 }), false);
  equal(isOwnScore(standing(), undefined, undefined), true);
});

Deno.test("a row that the service does not have is sent complete, byte for byte", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeFolder(folder, someRows(1));
    for await (const line of folderRows(folder)) equal(eventOf(line, undefined, undefined), line.text);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

for (const merges of [true, false]) {
  withServer(
    `topics are ${merges ? "merged" : "written"} into rows where work of others stays`,
    { merges },
    async (given) => {
      const rows = someRows();
      await writeFolder(given.dir, rows);
      await push(given, [verdictOf("run1_1", 0)]);
      const before = { ...rowOf(given, rows[0]!.id) };
      await insertRows(given.client, { projectLogs: given.project.id }, [{
        text: JSON.stringify({ ...before, scores: { ...before.scores, human_review: 0 }, tags: ["checked"] }) as never,
      }]);
      const sorted = (topics: string | null) => [
        { id: rows[0]!.id, sessionId: "run1_1", topics },
        { id: rows[3]!.id, sessionId: "run2_2", topics: null },
        { id: "nowhere", sessionId: "run9_9", topics: "refused" },
      ];
      const first = await writeTopics(given.client, given.project, sorted("refused | repeated steps"));
      deepEqual(first, { written: 1, same: 0, kept: [], missing: ["run9_9"] });
      const row = rowOf(given, rows[0]!.id);
      equal(row.metadata["topics"], "refused | repeated steps");
      deepEqual([row.scores, row.tags, row.input, row.output], [
        { task_success: 0, human_review: 0 },
        ["checked"],
        before.input,
        before.output,
      ]);
      equal(row.metadata["judge_reasoning"], before.metadata["judge_reasoning"]);
      equal("topics" in rowOf(given, rows[3]!.id).metadata, false);
      deepEqual(await writeTopics(given.client, given.project, sorted("refused | repeated steps")), {
        written: 0,
        same: 1,
        kept: [],
        missing: ["run9_9"],
      });
      await writeTopics(given.client, given.project, sorted("refused"));
      equal(rowOf(given, rows[0]!.id).metadata["topics"], "refused");
      // What somebody changed at the service is theirs.
      const changed = rowOf(given, rows[0]!.id);
      await insertRows(given.client, { projectLogs: given.project.id }, [{
        text: JSON.stringify({ ...changed, metadata: { ...changed.metadata, topics: "asked twice" } }) as never,
      }]);
      deepEqual((await writeTopics(given.client, given.project, sorted("loops"))).kept, ["run1_1"]);
      equal(rowOf(given, rows[0]!.id).metadata["topics"], "asked twice");
    },
  );
}
