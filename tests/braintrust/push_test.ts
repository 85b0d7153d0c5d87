import { deepEqual, equal, match, rejects } from "node:assert/strict";
import {
  type BraintrustRow,
  countRows,
  folderRows,
  openJournal,
  planPush,
  type PushReport,
  pushRows,
} from "../../lib/braintrust/mod.ts";
import { insertRows } from "../../lib/braintrust/insert.ts";
import { type PushOptions } from "../../lib/braintrust/push.ts";
import { type Redacted, RowError } from "../../lib/model/mod.ts";
import { type Given, inserts, PROJECT, someRows, withServer, writeFolder } from "./given.ts";

async function push({ client, project, dir, journal: path }: Given, options: PushOptions = {}): Promise<PushReport> {
  const journal = await openJournal(path, project.id);
  try {
    const send = (rows: readonly { text: Redacted<string> }[]) => insertRows(client, { projectLogs: project.id }, rows);
    return await pushRows(folderRows(dir), send, journal, options);
  } finally {
    journal.close();
  }
}

function sameRows({ server }: Given, rows: readonly BraintrustRow[]): void {
  const stored = server.logs(PROJECT);
  equal(stored.size, rows.length);
  for (const row of rows) {
    const { _xact_id, ...there } = stored.get(row.id)!;
    deepEqual(there, row);
  }
}

withServer("rows arrive complete, as they were written", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  deepEqual(await push(given), { sent: 9, unchanged: 0, requests: 1, tooLarge: [] });
  sameRows(given, someRows());
});

withServer("a second push sends nothing", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  await push(given);
  given.server.seen.length = 0;
  deepEqual(await push(given), { sent: 0, unchanged: 9, requests: 0, tooLarge: [] });
  deepEqual(given.server.seen, []);
});

withServer("a push after an edit sends the edit alone, and an edit taken back is sent too", {}, async (given) => {
  const rows = someRows();
  await writeFolder(given.dir, rows);
  await push(given);
  const edited = rows.map((row, i) => i === 3 ? { ...row, output: "edited" } : row);
  await writeFolder(given.dir, edited);
  equal((await push(given)).sent, 1);
  sameRows(given, edited);
  await writeFolder(given.dir, rows);
  equal((await push(given)).sent, 1);
  sameRows(given, rows);
});

withServer("429 and 5xx on the way lose and double nothing, also when the rows had been stored", {}, async (given) => {
  given.server.faults.push(
    { on: "/insert", status: 429, retryAfter: "3" },
    { on: "/insert", status: 500, afterStoring: true },
    { on: "/insert", status: 502 },
  );
  await writeFolder(given.dir, someRows());
  equal((await push(given, { maxRows: 4 })).sent, 9);
  sameRows(given, someRows());
  equal(given.clock.slept.length, 3);
});

withServer("a request that is too large is halved until it fits, and the next ones are smaller", {
  maxBodyBytes: 3000,
}, async (given) => {
  await writeFolder(given.dir, someRows(8));
  const { sent, tooLarge } = await push(given, { concurrency: 1 });
  deepEqual([sent, tooLarge], [24, []]);
  sameRows(given, someRows(8));
});

withServer("a single row that is too large is named, and the others arrive", { maxBodyBytes: 3000 }, async (given) => {
  const rows = someRows();
  const large = { ...rows[4]!, output: "x".repeat(4000) };
  await writeFolder(given.dir, [...rows.slice(0, 4), large, ...rows.slice(5)]);
  const { sent, tooLarge } = await push(given);
  equal(sent, 8);
  deepEqual(tooLarge.map(({ line, id }) => [line, id]), [[5, large.id]]);
  equal(given.server.logs(PROJECT).size, 8);
});

withServer("a refusal ends the push, and what was accepted before is not sent again", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  given.server.faults.push({ on: "/insert", status: 429, retryAfter: "1" });
  await push(given, { maxRows: 3, concurrency: 1 });
  await writeFolder(given.dir, [...someRows(), ...someRows(6).slice(9)]);
  given.server.faults.push({ on: "/insert", status: 400 });
  await rejects(push(given, { maxRows: 3, concurrency: 1 }), /refused \(400/);
  equal((await push(given)).unchanged, 9);
  sameRows(given, someRows(6));
});

withServer("a journal torn at any byte resends no more than it must, and ends the same", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  await push(given, { maxRows: 2 });
  const whole = await Deno.readFile(given.journal);
  for (const bytes of [0, 1, 60, 200, whole.length - 1]) {
    await Deno.writeFile(given.journal, whole.subarray(0, bytes));
    const { sent, unchanged } = await push(given);
    equal(sent + unchanged, 9);
    sameRows(given, someRows());
    equal((await push(given)).sent, 0);
  }
});

withServer("a journal of another project counts for nothing", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  await push(given);
  const journal = await openJournal(given.journal, "another project");
  journal.close();
  equal((await push(given)).sent, 9);
});

withServer("two pushes at once are refused", {}, async ({ journal: path, project }) => {
  const journal = await openJournal(path, project.id);
  const other = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { openJournal } from "${new URL("../../lib/braintrust/journal.ts", import.meta.url)}";
      try { await openJournal(${JSON.stringify(path)}, "p"); } catch (e) { console.log(e.message); }`,
    ],
  }).output();
  journal.close();
  match(new TextDecoder().decode(other.stdout), /another push is writing it/);
});

withServer("rows are counted by SQL, and sessions that lack some are named", {}, async (given) => {
  const { server, client, project, dir, clock } = given;
  await writeFolder(dir, someRows());
  await push(given);
  const plan = await planPush(folderRows(dir), { sent: () => undefined });
  const all = await countRows(client, project, plan);
  deepEqual([all.expected, all.found, all.missing, all.surplus], [9, 9, [], []]);
  const lost = someRows()[4]!;
  server.logs(PROJECT).delete(lost.id);
  const after = await countRows(client, project, plan);
  equal(after.found, 8);
  deepEqual(after.missing.map(({ root, sessionId, rows, found }) => [root, sessionId, rows, found]), [
    [lost.root_span_id, "run2_2", 3, 2],
  ]);
  equal(clock.slept.filter((ms) => ms === 5000).length, 4, "it asks again before it says so");
  const queries = server.seen.filter(({ path }) => path === "/btql").map(({ body }) => body);
  equal(queries.every((query) => /created >= '.+' AND created <= '/.test(query)), true);
});

const without = (row: BraintrustRow, field: keyof BraintrustRow): BraintrustRow => {
  const { [field]: _, ...rest } = row;
  return rest as BraintrustRow;
};

for (
  const [what, change, says] of [
    [
      "a field that is missing",
      (rows) => rows.map((row, i) => i === 4 ? without(row, "metadata") : row),
      /line 5, field "metadata"/,
    ],
    [
      "an output that is missing",
      (rows) => rows.map((row, i) => i === 0 ? without(row, "output") : row),
      /line 1, field "output"/,
    ],
    [
      "a score that is null",
      (rows) => rows.map((row, i) => i === 3 ? { ...row, scores: { a: null as never } } : row),
      /line 4, field "scores.a"/,
    ],
    [
      "a row that is not the root it says",
      (rows) => rows.map((row, i) => i === 3 ? { ...row, is_root: false } : row),
      /line 4, field "root_span_id"/,
    ],
    ["an id that comes twice", (rows) => [...rows, rows[2]!], /line 10, field "id": .*was there before/],
    ["a call without its root", (rows) => rows.filter((_, i) => i !== 3), /line 4, field "root_span_id": the root row/],
  ] as [string, (rows: BraintrustRow[]) => BraintrustRow[], RegExp][]
) {
  withServer(
    `rows with ${what} are refused before anything is sent, naming file, line and field`,
    {},
    async (given) => {
      await writeFolder(given.dir, change(someRows()));
      await rejects(planPush(folderRows(given.dir), { sent: () => undefined }), (error) => {
        equal(error instanceof RowError, true);
        match((error as Error).message, /spans-00001\.jsonl/);
        match((error as Error).message, says);
        return true;
      });
      equal(inserts(given.server), 0);
    },
  );
}

withServer("a folder without rows, and one whose import is not finished, are told apart", {}, async ({ dir }) => {
  const read = () => planPush(folderRows(dir), { sent: () => undefined });
  await rejects(read(), /holds no spans-\*\.jsonl/);
  await Deno.writeTextFile(`${dir}/spans-00001.jsonl.part`, "");
  await rejects(read(), /holds an unfinished import/);
  await rejects(planPush(folderRows(`${dir}/none`), { sent: () => undefined }), /cannot be read as a folder/);
});
