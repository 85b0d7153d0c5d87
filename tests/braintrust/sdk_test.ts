/** What the other ways in do to rows, shown with the service's own SDK and CLI. @module */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { folderRows, openJournal, pushDataset, pushRows, recordOfSession } from "../../lib/braintrust/mod.ts";
import { insertRows } from "../../lib/braintrust/insert.ts";
import { type Given, PROJECT, someRows, withServer, writeFolder } from "./given.ts";

async function push({ client, project, dir, journal: path }: Given): Promise<void> {
  const journal = await openJournal(path, project.id);
  await pushRows(folderRows(dir), (rows) => insertRows(client, { projectLogs: project.id }, rows), journal);
  journal.close();
}

withServer("the SDK's logger.log({ id, scores }) leaves nothing of input, output and metadata", {}, async (given) => {
  const { server, dir } = given;
  const [root] = someRows();
  await writeFolder(dir, someRows());
  await push(given);
  notEqual(server.logs(PROJECT).get(root!.id)!["input"], undefined);
  const { initLogger } = await import("braintrust");
  const logger = initLogger({ projectName: PROJECT, apiKey: server.key, appUrl: server.url, forceLogin: true });
  logger.log({ id: root!.id, scores: { task_success: 1 } });
  await logger.flush();
  const wiped = server.logs(PROJECT).get(root!.id)!;
  deepEqual(wiped["scores"], { task_success: 1 });
  deepEqual([wiped["input"], wiped["output"], wiped["metadata"]], [undefined, undefined, undefined]);
});

withServer("the SDK reads the dataset that was pushed, record by record", {}, async ({ server, client, project }) => {
  const records = someRows().filter((row) => row.is_root).map((row) => recordOfSession(row));
  const { sent, missing } = await pushDataset(client, project, "failures", records);
  deepEqual([sent, missing], [3, []]);
  const { initDataset } = await import("braintrust");
  const dataset = initDataset({
    project: PROJECT,
    dataset: "failures",
    apiKey: server.key,
    appUrl: server.url,
    forceLogin: true,
  });
  const read = [];
  for await (const { id, input, expected, metadata } of dataset) read.push({ id, input, expected, metadata });
  deepEqual(read, records);
});

/** The real CLI, with a home of its own. */
async function bt(server: Given["server"], home: string, ...args: string[]): Promise<string> {
  const decoder = new TextDecoder();
  const info = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { denoDir } = JSON.parse(decoder.decode(info.stdout)) as { denoDir: string };
  // The project's lock file and cache already hold the CLI: nothing has to be looked up.
  const config = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);
  const { braintrust } = JSON.parse(await Deno.readTextFile(config)).imports as { braintrust: string };
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", config, `${braintrust}/bt`, ...args, "--no-input"],
    cwd: home,
    env: {
      HOME: home,
      DENO_DIR: denoDir,
      BRAINTRUST_API_KEY: server.key,
      BRAINTRUST_API_URL: server.url,
      BRAINTRUST_APP_URL: server.url,
    },
  }).output();
  const said = decoder.decode(stdout) + decoder.decode(stderr);
  equal(code, 0, said);
  return said;
}

withServer(
  "bt sync push takes an edited file for completed and drops created; a push of ours sends the edit",
  {},
  async (given) => {
    const { server, dir } = given;
    const rows = someRows(1);
    const edited = rows.map((row) => row.is_root ? { ...row, output: "edited" } : row);
    const root = () => server.logs(PROJECT).get(rows[0]!.id)!;
    const file = `${dir}/spans-00001.jsonl`;
    const send = ["sync", "push", `project_logs:${PROJECT}`, "--in", file];
    await writeFolder(dir, rows);
    match(await bt(server, dir, ...send), /Push complete/);
    equal(root()["output"], rows[0]!.output);
    notEqual(root()["created"], rows[0]!.created);
    await writeFolder(dir, edited);
    match(await bt(server, dir, ...send), /already completed/);
    equal(root()["output"], rows[0]!.output, "the edit did not arrive");
    await push(given);
    deepEqual([root()["output"], root()["created"]], ["edited", rows[0]!.created]);
  },
);

withServer("bt sql reads what was pushed", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  await push(given);
  const sql = `SELECT metadata.session_id AS session, count(*) AS n FROM project_logs('${given.project.id}') ` +
    "WHERE is_root = true AND created >= '2020-01-01' AND created < '2100-01-01' GROUP BY metadata.session_id";
  const said = await bt(given.server, given.dir, "sql", sql, "--json");
  const from = said.indexOf("{");
  ok(from >= 0, said);
  for (const id of ["run1_1", "run2_2", "run3_3"]) match(said, new RegExp(id));
});
