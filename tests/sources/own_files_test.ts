import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { loadDataset } from "../../lib/engines/mod.ts";
import { readTold } from "../../lib/import/texts_told.ts";
import { openTraces, readLabelFile } from "../../lib/sources/mod.ts";
import { conversationOf, usageOf } from "../../lib/traces/mod.ts";
import { inFolder } from "../support/folder.ts";
import { needs } from "../support/needs.ts";
import { lines, read } from "./own_files.ts";

const NEEDS = ["read", "write", "env", "sys"] as const;

needs(
  [...NEEDS],
  "what an application keeps beside a message is no part of what was said",
  () =>
    inFolder(async (folder) => {
      const at = "2026-01-02T10:00:0";
      const rows = await read(
        folder,
        "log.jsonl",
        lines(
          {
            session_id: "n",
            messages: [
              { id: 1, role: "user", content: "hi", created_at: `${at}0Z`, user_id: 7 },
              {
                id: 2,
                role: "assistant",
                content: "yo",
                created_at: `${at}2Z`,
                latency_ms: 2000,
                prompt_tokens: 9,
                completion_tokens: 1,
              },
            ],
          },
          {
            session_id: "d",
            messages: [
              { role: "user", content: "hi" },
              { id: "msg_1", role: "assistant", content: [{ type: "text", text: "yo" }], stop_reason: "end_turn" },
            ],
          },
        ),
      );
      for (const row of rows) {
        const [call] = conversationOf(row);
        deepEqual([call!.input.map((one) => one.content), call!.output.map((one) => one.content)], [["hi"], ["yo"]]);
      }
      const [span] = rows[0]!.spans;
      deepEqual([span!.inputTokens, span!.outputTokens], [9, 1]);
      ok(span!.endTime?.startsWith(`${at}2`), String(span!.endTime));
    }),
);

needs([...NEEDS], "a session's number beyond 2^53 is one id in a log of calls", () =>
  inFolder(async (folder) => {
    const call = (session: string, id: number) =>
      `{"session_id":${session},"id":${id},"request":{"model":"m","messages":[{"role":"user","content":"q${id}"}]},` +
      `"response":{"choices":[{"message":{"role":"assistant","content":"a"}}]}}`;
    const rows = await read(
      folder,
      "calls.jsonl",
      lines(call("1234567890123456789", 1), call("1234567890123456789", 2), call("77", 3)),
    );
    deepEqual(rows.map((row) => [row.sessionId, row.spans.length]), [["1234567890123456789", 2], ["77", 1]]);
  }));

needs(
  [...NEEDS],
  "a table's ids may be numbers, and a row of a CSV that is too short is that row's fault",
  () =>
    inFolder(async (folder) => {
      const row = { harness: "A", model: "m", calls: 3 };
      await Deno.writeTextFile(
        `${folder}/t.jsonl`,
        lines({ session_id: 5, ...row, success: 1 }, { session_id: 6, ...row, success: 0 }),
      );
      const { sessions } = await loadDataset(`${folder}/t.jsonl`);
      deepEqual(sessions!.map(({ sessionId }) => sessionId), ["5", "6"]);
      await Deno.writeTextFile(`${folder}/t.csv`, "session_id,harness,calls,success\nr1,A,3,1\nr3,A,4\nr4,B,2,1\n");
      const csv = await loadDataset(`${folder}/t.csv`);
      deepEqual(csv.sessions!.map(({ sessionId }) => sessionId), ["r1", "r4"]);
      match(csv.info.sentence, /1 row left out.*t\.csv, row 1: expected 4 fields as in the header, found 3/);
    }),
);

needs(
  [...NEEDS],
  "a CSV of labels without a column for the verdict is refused, and read when the column is named",
  () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/l.csv`, "session,ok\nconv-1,1\n");
      await rejects(
        readLabelFile(`${folder}/l.csv`),
        /no column says whether a session is solved; name it .*there are session, ok/,
      );
      const { labels } = await readLabelFile(`${folder}/l.csv`, { names: { verdict: "ok" } });
      equal(labels[0]?.verdict, 1);
    }),
);

needs(
  [...NEEDS],
  "tools of a UI message of the Vercel AI SDK are calls and results, told once, in order",
  () =>
    inFolder(async (folder) => {
      const asked = { role: "user", content: "go" };
      const old = { state: "result", step: 0, toolCallId: "t", toolName: "look", args: { q: 1 }, result: 2 };
      const [step, done] = [{ type: "step-start" }, { type: "text", text: "done", state: "done" }];
      const now = { toolCallId: "t", state: "output-available", input: { q: 1 }, output: 2 };
      const answers = [
        { parts: [step, { type: "tool-look", ...now }, step, done] },
        { parts: [step, { type: "dynamic-tool", toolName: "look", ...now }, done] },
        { content: "done", toolInvocations: [old] },
        { content: "done", toolInvocations: [old], parts: [{ type: "tool-invocation", toolInvocation: old }, done] },
      ];
      const rows = await read(
        folder,
        "ui.jsonl",
        lines(...answers.map((answer, id) => ({ id, messages: [asked, { role: "assistant", ...answer }] }))),
      );
      for (const row of rows) {
        const { told } = readTold(row);
        deepEqual([told.messages, told.toolCalls, told.lost], [4, 1, 0], row.sessionId);
        const output = conversationOf(row).flatMap((call) => call.output);
        deepEqual(output.flatMap((one) => one.tool_calls ?? []), [
          { id: "t", type: "function", function: { name: "look", arguments: '{"q":1}' } },
        ]);
        deepEqual(output.find(({ role }) => role === "tool"), { role: "tool", content: "2", tool_call_id: "t" });
        deepEqual(output.map(({ content }) => content).filter((one) => one !== "2" && one !== null), ["done"]);
      }
      deepEqual(rows.map(({ spans }) => spans.length), [2, 1, 1, 1]);
      // Its second step was given what the tool of its first found.
      deepEqual(conversationOf(rows[0]!)[1]!.input.map(({ role }) => role), ["user", "assistant", "tool"]);
    }),
);

needs(
  [...NEEDS],
  "other parts of a UI message are thoughts, or named; a tool that failed says so",
  () =>
    inFolder(async (folder) => {
      const parts = [
        { type: "reasoning", text: "hm", state: "done" },
        { type: "tool-look", toolCallId: "t", state: "output-error", input: {}, errorText: "boom" },
        { type: "text", text: "sorry" },
        { type: "source-url", sourceId: "s", url: "https://a.example/", title: "A" },
        { type: "file", mediaType: "image/png", url: "data:image/png;base64," + "A".repeat(80) },
      ];
      const [row] = await read(
        folder,
        "ui.json",
        lines({ messages: [{ role: "user", content: "go" }, { role: "assistant", parts }] }),
      );
      const [first, result, last] = conversationOf(row!)[0]!.output;
      equal(first!.reasoning, "hm");
      deepEqual(result, { role: "tool", content: "boom", tool_call_id: "t", is_error: true });
      equal(last!.content, "sorry\n[source A, https://a.example/]\n[file image/png, 60 bytes]");
    }),
);

needs([...NEEDS], "the name of who speaks is no part of what was said", () =>
  inFolder(async (folder) => {
    const messages = [
      { role: "system", name: "rules", content: "be brief" },
      { role: "user", name: "ada", content: "hi" },
      { role: "assistant", name: "bot", content: "yo" },
    ];
    const [row] = await read(folder, "names.json", lines({ messages }));
    const [call] = conversationOf(row!);
    deepEqual([...call!.input, ...call!.output].map((one) => one.content), ["be brief", "hi", "yo"]);
    equal(readTold(row!).told.lost, 0);
  }));

needs([...NEEDS], "what is said or called twice is two, what calls see again is one", () =>
  inFolder(async (folder) => {
    const look = (id: string) => ({
      role: "assistant",
      content: null,
      tool_calls: [{ id, type: "function", function: { name: "look", arguments: "{}" } }],
    });
    const found = (id: string) => ({ role: "tool", tool_call_id: id, content: "no" });
    const yes = { role: "user", content: "yes" };
    const said = [yes, look("1"), found("1"), look("2"), found("2"), { role: "assistant", content: "ok" }, yes];
    const whole = [...said, { role: "assistant", content: "ok" }];
    const call = (n: number) => ({
      session_id: "s",
      id: `c${n}`,
      request: { model: "m", messages: whole.slice(0, n) },
      response: { choices: [{ message: whole[n] }] },
    });
    const [kept] = await read(folder, "chat.json", lines({ messages: whole }));
    const [logged] = await read(folder, "calls.jsonl", lines(call(1), call(3), call(5), call(7)));
    for (const row of [kept!, logged!]) {
      const { messages, toolCalls, characters, lost } = readTold(row).told;
      deepEqual([row.spans.length, messages, toolCalls, characters, lost], [4, 8, 2, 18, 0]);
    }
  }));

needs(
  [...NEEDS],
  "what is said after the last answer is in no call, and counted as left out",
  () =>
    inFolder(async (folder) => {
      const [q, a, more] = [{ role: "user", content: "q" }, { role: "assistant", content: "a" }, {
        role: "user",
        content: "?",
      }];
      await Deno.writeTextFile(
        `${folder}/c.jsonl`,
        lines({ id: "1", messages: [q, a, more] }, { id: "2", messages: [q, a] }, { id: "3", messages: [q] }),
      );
      const traces = await openTraces(`${folder}/c.jsonl`);
      const rows = await Array.fromAsync(traces.rows());
      deepEqual(rows.map((row) => "spans" in row && row.spans.length), [1, 1, 0]);
      deepEqual(traces.leftOut(), { "messages that no answer follows": 2 });
    }),
);

needs(
  [...NEEDS],
  "bytes that are no UTF-8 are read as U+FFFD, counted, and named by file and row",
  () =>
    inFolder(async (folder) => {
      const latin = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0));
      const line = (id: string, content: string) =>
        lines({ id, messages: [{ role: "user", content }, { role: "assistant" }] });
      const path = `${folder}/l.jsonl`;
      await Deno.writeFile(path, latin([line("a", "ok"), line("b", "caf\u00e9"), line("c", "\u00ff"), ""].join("\n")));
      const traces = await openTraces(path);
      equal((await Array.fromAsync(traces.rows())).length, 3);
      const said = `rows with bytes other than UTF-8, read as U+FFFD (${path}, row 1 and others)`;
      deepEqual(traces.notes().repaired, { [said]: 2 });
      await Deno.writeTextFile(path, line("a", "\ufffd"));
      deepEqual((await openTraces(path)).notes().repaired, {});
      await Deno.writeFile(`${folder}/t.csv`, latin("session_id,harness,calls,success\nr1,A,3,1\nr2,caf\u00e9,3,1\n"));
      match(
        (await loadDataset(`${folder}/t.csv`)).info.sentence,
        /1 row with bytes other than UTF-8.*t\.csv, row 1\)/,
      );
    }),
);

needs(
  [...NEEDS],
  "tokens of a whole conversation are its calls', which add up to them, where no message has any",
  () =>
    inFolder(async (folder) => {
      const [q, a] = [{ role: "user", content: "q" }, { role: "assistant", content: "a" }];
      const usage = { prompt_tokens: 31, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 7 } };
      const own = { ...a, usage: { prompt_tokens: 5, completion_tokens: 1 } };
      const rows = await read(
        folder,
        "u.jsonl",
        lines(
          { id: "one", messages: [q, a], usage },
          { id: "two", messages: [q, a, q, a], usage },
          { id: "own", messages: [q, own], usage },
          { id: "sum", messages: [q, a], usage: { total_tokens: 40 } },
        ),
      );
      const sums = rows.map(usageOf).map((
        one,
      ) => [one.inputTokens, one.outputTokens, one.cachedTokens, one.totalTokens]);
      deepEqual(sums, [[31, 9, 7, 40], [31, 9, 7, 40], [5, 1, null, 6], [null, null, null, 40]]);
      ok(rows[1]!.spans[0]!.inputTokens! < rows[1]!.spans[1]!.inputTokens!);
    }),
);

needs(
  [...NEEDS],
  "a plain table is told what it lacks to be one of sessions, not of spans",
  () =>
    inFolder(async (folder) => {
      const lacks = /for a table of sessions there is no session_id; no calls, [^;]*; none of success, .*mapping FILE/;
      await rejects(read(folder, "runs.csv", "run,score,model\n1,0.5,m\n"), lacks);
      await rejects(read(folder, "runs.jsonl", lines({ run: 1, score: 0.5, model: "m" })), lacks);
      await rejects(
        read(folder, "d.csv", "session_id,calls,calls\na,1,1\n"),
        /d\.csv: holds no row.*the column "calls" stands twice/,
      );
    }),
);
