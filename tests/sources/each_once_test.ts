import { deepEqual, match } from "node:assert/strict";
import { eachOnce, isFault, openTraces } from "../../lib/sources/mod.ts";
import { needs } from "../support/needs.ts";

needs(
  ["read", "write"],
  "a session that stands in two files is read once, and the second is a fault that names it",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const row = (id: string) =>
        JSON.stringify({
          session_id: id,
          messages: [{ role: "user", content: "Hi" }, { role: "assistant", content: "Ho" }],
        });
      await Deno.writeTextFile(`${folder}/a.jsonl`, [row("x"), row("y")].join("\n"));
      await Deno.writeTextFile(`${folder}/b.jsonl`, [row("z"), row("x")].join("\n"));
      const stream = await openTraces(folder);
      const items = await Array.fromAsync(eachOnce(stream));
      deepEqual(stream.notes().unknown, { "calls without times": 3, "calls without tokens": 3 });
      deepEqual(items.flatMap((item) => isFault(item) ? [] : [item.sessionId]), ["x", "y", "z"]);
      match(items.flatMap((item) => isFault(item) ? [item.fault] : []).join(), /^session id "x" was there before/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
