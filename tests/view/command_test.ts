import { equal, match, ok } from "node:assert/strict";
import { inFolder } from "../support/folder.ts";
import { needs } from "../support/needs.ts";

const root = decodeURIComponent(new URL("../../", import.meta.url).pathname);

needs(
  ["read", "write", "run", "net", "env"],
  "the workbench opens from a folder that is not the project's",
  () =>
    inFolder(async (folder) => {
      await Deno.copyFile(`${root}data/examples/sessions.jsonl`, `${folder}/sessions.jsonl`);
      const process = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "--quiet", `${root}tasks/atl.ts`, "view", "sessions.jsonl", "--no-open"],
        cwd: folder,
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const said = new Response(process.stderr).text();
      let out = "";
      try {
        for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
          out += text;
          if (/token=\S+/.test(out)) break;
        }
        const address = /http:\/\/127\.0\.0\.1:\d+\/\S*token=\S+/.exec(out)?.[0];
        ok(address, `${out}${out.includes("token") ? "" : await said}`);
        const first = await fetch(address, { redirect: "manual" });
        const cookie = first.headers.get("set-cookie")!.split(";")[0]!;
        await first.body?.cancel();
        const page = await fetch(new URL("/", address), { headers: { cookie } });
        equal(page.status, 200);
        match(await page.text(), /<div id="app">/);
      } finally {
        try {
          process.kill("SIGTERM");
        } catch { /* it has ended by itself, which the assertion above has told */ }
        await process.status;
        await said;
      }
    }),
);
