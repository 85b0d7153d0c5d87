import { equal, match } from "node:assert/strict";
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
      match(two.text, /report: one source is reported at a time/);
      const form = await report(fixture, "--format", "pdf");
      equal(form.code, 2);
      match(form.text, /--format.*html.*md.*json/s);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
