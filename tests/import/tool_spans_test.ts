import assert from "node:assert/strict";
import { importTraces, tellSource } from "../../lib/import/mod.ts";
import { openTraces } from "../../lib/sources/mod.ts";
import { otlp } from "../sources/formats/otlp.ts";
import { inFolder } from "../support/folder.ts";
import { needs } from "../support/needs.ts";

const json = JSON.stringify;
const chat = {
  "gen_ai.operation.name": "chat",
  "session.id": "s1",
  "gen_ai.input.messages": json([{ role: "user", content: "Where is the atlas?" }]),
  "gen_ai.output.messages": json([{ role: "assistant", content: "On shelf 9." }]),
};
const tool = (id?: string) => ({
  "gen_ai.operation.name": "execute_tool",
  "session.id": "s1",
  ...(id ? { "gen_ai.tool.call.id": id } : {}),
});

needs(
  ["read", "write"],
  "tool calls that spans alone tell are counted of an import folder, too",
  () =>
    inFolder(async (folder) => {
      const path = `${folder}/spans.json`;
      const spans = [chat, tool("c1"), tool("c2"), tool()].map((attributes, i) => ({ id: `${i + 1}`, attributes }));
      await Deno.writeTextFile(path, json(otlp(...spans)));
      await importTraces(await openTraces(path), `${folder}/out`);
      const counts = await Promise.all(
        [path, `${folder}/out`].map(async (one) => await tellSource(await openTraces(one))),
      );
      assert.deepEqual(counts.map(({ toolCalls }) => toolCalls), [3, 3]);
    }),
);
