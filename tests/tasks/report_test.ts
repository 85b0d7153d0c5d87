import { equal, match } from "node:assert/strict";
import { atl } from "../support/atl.ts";
import { inFolder } from "../support/folder.ts";
import { needs } from "../support/needs.ts";

needs(
  ["read", "write", "run", "env"],
  "the command takes a source by its place or by --source, and one alone; a form that is none is told",
  async () => {
    const folder = await Deno.makeTempDir();
    const task = new URL("../../tasks/atl.ts", import.meta.url).href;
    const report = async (...args: string[]) => {
      const command = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", task, "report", ...args, "--out", `${folder}/r.html`],
        stdout: "piped",
        stderr: "piped",
      });
      const { code, stdout, stderr } = await command.output();
      return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
    };
    try {
      const fixture = decodeURIComponent(new URL("../fixtures/traces_v1.parquet", import.meta.url).pathname);
      equal((await report(fixture)).code, 0);
      const first = await Deno.readTextFile(`${folder}/r.html`);
      match(first, /None of \d+ sessions? has a verdict/);
      equal((await report("--source", fixture)).code, 0);
      equal(
        await Deno.readTextFile(`${folder}/r.html`),
        first,
      );
      const two = await report(fixture, "--source", "replica");
      equal(two.code, 2);
      match(two.text, /report: give the source once; found/);
      const form = await report(fixture, "--format", "pdf");
      equal(form.code, 2);
      match(form.text, /--format.*html.*md.*json/s);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

needs(
  ["read", "write", "run", "env"],
  "a report finds the conversations of a source by its mapping",
  () =>
    inFolder(async (folder) => {
      const chats = [{ nr: "a", log: [{ who: "caller", says: "late parcel" }, { who: "bot", says: "on its way" }] }];
      await Deno.writeTextFile(`${folder}/desk.json`, JSON.stringify({ chats }));
      const mapping = {
        name: "desk",
        form: "messages",
        records: "chats",
        session: { sessionId: "nr" },
        messages: "log",
        message: { role: "who", content: "says", roles: { bot: "assistant", caller: "user" } },
      };
      await Deno.writeTextFile(`${folder}/desk-mapping.json`, JSON.stringify(mapping));
      const args = ["report", "desk.json", "--mapping", "desk-mapping.json", "--with-texts", "1", "--out", "r.html"];
      const { code, err } = await atl(args, { cwd: folder });
      equal(code, 0, err);
      const packed = /<script type="application\/json" id="texts">([^<]+)</.exec(
        await Deno.readTextFile(`${folder}/r.html`),
      )?.[1];
      match(packed ?? "", /^[A-Za-z0-9+/=]{40,}$/);
    }),
);

needs(
  ["read", "write", "run", "env"],
  "in another folder commands are named as they are typed there",
  () =>
    inFolder(async (folder) => {
      const row = { session_id: "a", calls: 1, harness: "h", model: "m", success: null, total_tokens: 3 };
      await Deno.writeTextFile(`${folder}/own.jsonl`, JSON.stringify(row));
      const [report, refused, unmapped] = await Promise.all([
        atl(["report", "own.jsonl", "--format", "json", "--out", "-"], { cwd: folder }),
        atl(["dataset", "own.jsonl", "--failed"], { cwd: folder }),
        atl(["dataset", "own.jsonl"], { cwd: folder }),
      ]);
      equal(report.code, 0, report.err);
      equal(JSON.parse(report.out).next[0].command, "atl judge TRACES --plan");
      match(refused.err, /give a folder that atl import --out wrote/);
      match(unmapped.err, /a table takes --mapping FILE .* of traces give the folder that atl import --out wrote/);
    }),
);
