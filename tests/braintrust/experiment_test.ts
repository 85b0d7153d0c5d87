import { messagesText, type Redacted } from "../../lib/model/mod.ts";
import { redactValue } from "../../lib/traces/mod.ts";
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type DatasetRecord, exactMatch, pairedScores, runExperiment, type Scorer } from "../../lib/braintrust/mod.ts";
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

/** Scores what holds a 1, throws at r4, and cannot tell at r5. */
const ones: Scorer = {
  name: "ones",
  needsExpected: false,
  score: ({ id }, output) => {
    if (id === "r4") throw new Error("no judge");
    return { score: String(output).includes("1") ? 1 : id === "r5" ? null : 0, metadata: { by: "test" } };
  },
};

needs(
  ["read", "write", "net", "env", "sys"],
  "Eval runs offline: every record once, a throw is an error and no score",
  async () => {
    const results = await runExperiment(
      RECORDS,
      (input, { id, metadata }) => {
        if (id === "r3") throw new Error("no book");
        return `${input} ${metadata["benchmark"]}`;
      },
      [ones],
      { project: "offline", send: false, concurrency: 3 },
    );
    deepEqual(results.map(({ id }) => id), RECORDS.map(({ id }) => id));
    deepEqual(results.map(({ scores }) => scores["ones"] ?? null), [0, 1, 0, null, null, null, 0, 0, 0, 0, 1, 1]);
    deepEqual([3, 4, 5].map((i) => results[i]!.errors), [{ task: "no book" }, { ones: "no judge" }, {}]);
    equal(results[0]!.output, "Say number 0. appworld");
    deepEqual(results[1]!.metadata, { ones: { by: "test" } });
  },
);

needs(
  ["read", "write", "net", "env", "sys"],
  "several scorers score each answer; a record without an expected answer is not graded by those that need one",
  async () => {
    const records = RECORDS.map((record, i) =>
      redactValue({ ...record, expected: i < 6 ? `Say number ${i % 2 ? i : 99}.` : null }).value
    );
    const results = await runExperiment(records, (input) => input, [exactMatch, ones], {
      project: "offline",
      send: false,
      concurrency: 4,
    });
    deepEqual(results.map(({ scores }) => scores["exact_match"]), [0, 1, 0, 1, 0, 1, ...Array(6).fill(null)]);
    deepEqual(results.map(({ notGraded }) => notGraded.length), [...Array(6).fill(0), ...Array(6).fill(1)]);
    deepEqual(results[11]!.scores, { exact_match: null, ones: 1 });
  },
);

Deno.test("two runs are paired by record; what has no score in one of them is left out and counted", () => {
  const results = (text: string) =>
    [...text].map((c, i) => ({ id: `r${i}`, scores: { s: c === "?" ? null : Number(c) } }));
  deepEqual(pairedScores(results("1100?01"), results("10101?"), "s"), {
    before: [1, 1, 0, 0],
    after: [1, 0, 1, 0],
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
    match(first.out, /^12 records\n {2}task_success: 3 of 12, 25\.0% \[/);
    const second = await run(
      "experiment",
      [...args, "--task", `${dir}/after.ts`, "--before", `${dir}/before.jsonl`],
      env,
    );
    equal(second.code, 0, second.err);
    match(second.out, /task_success: 12 pairs: 2 in both, 9 only after, 1 only before, 0 in neither/);
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

withServer(
  "experiment: each scorer with its own paired test, the judge sees the expected answer",
  {},
  async (given) => {
    const { dir, server } = given;
    const records = RECORDS.map((record, i) => ({ ...record, expected: i < 10 ? `number ${i}` : null }));
    await Deno.writeTextFile(`${dir}/f.jsonl`, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    await Deno.writeTextFile(
      `${dir}/before.ts`,
      "export default (_: string, { id }: { id: string }) => Number(id.slice(1)) < 4 ? `number ${id.slice(1)}` : 'nothing';",
    );
    await Deno.writeTextFile(
      `${dir}/after.ts`,
      "export default (_: string, { id }: { id: string }) => Number(id.slice(1)) % 2 ? `It is number ${id.slice(1)}.` : 'nothing';",
    );
    const judge = startLlmServer(({ prompt }) => ({ text: answer(/BEGIN EXPECTED ANSWER/.test(prompt) ? 1 : 0) }));
    try {
      const env = { OPENAI_API_KEY: "none", OPENAI_BASE_URL: judge.url, ...leadingTo(server) };
      const args = ["--dataset", `${dir}/f.jsonl`, "--judge", "gpt-4.1"];
      const list = ["--scorers", "judge,judge_expected,exact_match,contains,levenshtein"];
      const first = await run(
        "experiment",
        [...args, ...list, "--task", `${dir}/before.ts`, "--out", `${dir}/before.jsonl`],
        env,
      );
      equal(first.code, 0, first.err);
      match(first.out, /task_success: 0 of 12/);
      match(first.out, /judge_expected: 10 of 10, 100\.0% \[.*\]; 2 without an expected answer, not graded/);
      match(first.out, /exact_match: 4 of 10/);
      match(first.out, /levenshtein: mean \d+\.\d% \[.*\] over 10; 2 without an expected answer/);
      const second = await run(
        "experiment",
        [...args, ...list, "--task", `${dir}/after.ts`, "--before", `${dir}/before.jsonl`],
        env,
      );
      equal(second.code, 0, second.err);
      match(
        second.out,
        /exact_match: 10 pairs: 0 in both, 0 only after, 4 only before, 6 in neither; 2 without a pair left out/,
      );
      match(second.out, /contains: 10 pairs: 2 in both, 3 only after, 2 only before, 3 in neither/);
      match(second.out, /levenshtein: 10 pairs, difference [+−]\d+\.\d points \[.*\], paired t, p = 0\.\d+/);
      const unasked = await run("experiment", ["--dataset", `${dir}/f.jsonl`, "--task", `${dir}/before.ts`], env);
      match(unasked.out, /exact_match: 4 of 10.*\n.*contains: 4 of 10/);
      const shown = judge.requests.find(({ prompt }) => prompt.includes("EXPECTED"))!.prompt;
      match(
        shown,
        /===== BEGIN EXPECTED ANSWER ([0-9a-f]{16}) =====\n\| number \d\n===== END EXPECTED ANSWER \1 =====/,
      );
    } finally {
      await judge.close();
    }
  },
);
