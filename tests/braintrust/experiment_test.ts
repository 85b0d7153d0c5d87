import { messagesText, type Redacted } from "../../lib/model/mod.ts";
import { redactValue } from "../../lib/traces/mod.ts";
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type DatasetRecord, pairedCounts, runExperiment } from "../../lib/braintrust/mod.ts";
import { mcnemar } from "../../lib/stats/mod.ts";
import { answer, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { sessionOfAnswer } from "../../tasks/experiment/scorer.ts";
import { withServer } from "./given.ts";
import { leadingTo, run } from "./task.ts";

const RECORDS: Redacted<DatasetRecord>[] = Array.from({ length: 12 }, (_, i) =>
  redactValue({
    id: `r${i}`,
    input: `Say number ${i}.`,
    expected: null,
    metadata: { benchmark: "appworld" },
  }).value);

needs(
  ["read", "write", "net", "env", "sys"],
  "Eval runs offline: every record once, a throw is an error and no verdict",
  async () => {
    const results = await runExperiment(
      RECORDS,
      (input, { id, metadata }) => {
        if (id === "r3") throw new Error("no book");
        return `${input} ${metadata["benchmark"]}`;
      },
      ({ id }, output) => {
        if (id === "r4") throw new Error("no judge");
        return Promise.resolve({
          success: String(output).includes("1") ? 1 : id === "r5" ? null : 0,
          metadata: { by: "test" },
        });
      },
      { project: "offline", send: false, concurrency: 3 },
    );
    deepEqual(results.map(({ id }) => id), RECORDS.map(({ id }) => id));
    deepEqual(results.map(({ success }) => success), [0, 1, 0, null, null, null, 0, 0, 0, 0, 1, 1]);
    deepEqual([results[3]!.error, results[4]!.error, results[5]!.error], ["task: no book", "scorer: no judge", null]);
    equal(results[0]!.output, "Say number 0. appworld");
    deepEqual(results[1]!.metadata, { by: "test" });
  },
);

Deno.test("two runs are paired by record; what has no verdict in one of them is left out and counted", () => {
  const results = (text: string) =>
    [...text].map((c, i) => ({ id: `r${i}`, success: c === "?" ? null : Number(c) as 0 | 1 }));
  deepEqual(pairedCounts(results("1100?01"), results("10101?")), {
    both: 1,
    afterOnly: 1,
    beforeOnly: 1,
    neither: 1,
    unpaired: 3,
  });
});

Deno.test("an answer becomes a session for the judge: a text, an object, or a whole conversation", () => {
  const read = (output: unknown) => {
    const [span] = sessionOfAnswer(RECORDS[0]!, output).spans;
    return [JSON.parse(messagesText(span!.inputMessages)!), JSON.parse(messagesText(span!.outputMessages)!)];
  };
  const user = { role: "user", content: "Say number 0." };
  deepEqual(read("0"), [[user], [{ role: "assistant", content: "0" }]]);
  deepEqual(read({ n: 0 }), [[user], [{ role: "assistant", content: '{\n "n": 0\n}' }]]);
  const own = [{ role: "user", content: "Hi" }, { role: "assistant", content: "0" }];
  deepEqual(read(own), [own.slice(0, 1), own.slice(1)]);
  equal(sessionOfAnswer(RECORDS[0]!, "0").benchmark, "appworld");
});

withServer("experiment: before and after with the judge, and the paired difference", {}, async ({ dir, server }) => {
  await Deno.writeTextFile(`${dir}/f.jsonl`, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(""));
  await Deno.writeTextFile(
    `${dir}/before.ts`,
    "export default (input: string) => input.includes('1') ? 'right' : 'wrong';",
  );
  await Deno.writeTextFile(
    `${dir}/after.ts`,
    "export default (_: string, { id }: { id: string }) => id === 'r1' ? 'wrong' : 'right';",
  );
  const judge = startLlmServer(({ prompt }) => ({
    text: answer(/\bright\b/.test(prompt.split("Say number").at(-1)!) ? 1 : 0),
  }));
  try {
    const env = { OPENAI_API_KEY: "none", OPENAI_BASE_URL: judge.url, ...leadingTo(server) };
    const args = ["--dataset", `${dir}/f.jsonl`, "--judge", "gpt-4.1"];
    const first = await run("experiment", [...args, "--task", `${dir}/before.ts`, "--out", `${dir}/before.jsonl`], env);
    equal(first.code, 0, first.err);
    match(first.out, /^12 records, 12 with a verdict, 3 solved: 25\.0% \[/);
    const second = await run(
      "experiment",
      [...args, "--task", `${dir}/after.ts`, "--before", `${dir}/before.jsonl`],
      env,
    );
    equal(second.code, 0, second.err);
    match(second.out, /12 pairs: 2 solved in both, 9 only after, 1 only before, 0 in neither/);
    const { pValue } = mcnemar({ both: 2, onlyFirst: 9, onlySecond: 1, neither: 0 });
    ok(second.out.includes(`p = ${pValue.toPrecision(3)}`), second.out);
    match(second.out, /difference \+66\.7 points/);
    deepEqual(server.seen, [], "nothing is sent to Braintrust");
    const wrong = await run("experiment", [...args, "--task", `${dir}/f.jsonl`], env);
    match(wrong.err, /^experiment: [^\n]+\n$/);
  } finally {
    await judge.close();
  }
});

withServer("experiment --send makes an experiment of the project", {}, async ({ dir, server }) => {
  await Deno.writeTextFile(
    `${dir}/f.jsonl`,
    RECORDS.slice(0, 3).map((record) => `${JSON.stringify(record)}\n`).join(""),
  );
  await Deno.writeTextFile(`${dir}/task.ts`, "export default () => 'right';");
  const judge = startLlmServer(() => ({ text: answer(1) }));
  try {
    const { code, err } = await run("experiment", [
      ...["--dataset", `${dir}/f.jsonl`, "--judge", "gpt-4.1", "--task", `${dir}/task.ts`],
      ...["--send", "--project", "agents", "--name", "tried"],
    ], {
      OPENAI_API_KEY: "none",
      OPENAI_BASE_URL: judge.url,
      ...leadingTo(server),
      BRAINTRUST_APP_URL: server.url,
    });
    equal(code, 0, err);
    const rows = [...server.experiment("tried").values()];
    const scores = rows.flatMap((row) => row["scores"] === undefined ? [] : [row["scores"]]);
    deepEqual(scores, [{ task_success: 1 }, { task_success: 1 }, { task_success: 1 }]);
  } finally {
    await judge.close();
  }
});
