import assert from "node:assert/strict";
import { tellSource } from "../../lib/import/mod.ts";
import { transcriptOf } from "../../lib/judge/mod.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { toldText } from "../../tasks/import/told_text.ts";
import { ANSWER, ARGS, ASK, RESULT, SAMPLES } from "../sources/formats/samples.ts";
import { needs } from "../support/needs.ts";

/** Lines that an import may take to say what a source is; the last says how to go on. */
const MOST_LINES = 8;
const SAID = [ASK, ARGS, RESULT, ANSWER];
/** Arguments are kept as a value by some, which drops their spaces. */
const compact = (text: string) => text.replaceAll(/\s+/g, "");

for (const [name, files] of Object.entries(SAMPLES)) {
  needs(
    ["read", "write"],
    `${name}: told in few lines, all characters read, and all of it in the transcript`,
    async () => {
      const dir = await Deno.makeTempDir();
      try {
        for (const [file, content] of Object.entries(files)) {
          await Deno.mkdir(`${dir}/${file}`.replace(/\/[^/]*$/, ""), { recursive: true });
          const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
          await Deno.writeFile(`${dir}/${file}`, bytes);
        }
        const [only, ...more] = Object.keys(files);
        const path = more.length ? dir : `${dir}/${only}`;
        const told = await tellSource(await openTraces(path));
        assert.deepEqual([told.sessions, told.calls, told.toolCalls], [1, 2, 1]);
        assert.equal(told.characters, told.charactersThere);
        assert.equal(told.characters, SAID.reduce((sum, text) => sum + text.length, 0));
        assert.ok(toldText(told).split("\n").length < MOST_LINES);
        const [row] = await Array.fromAsync((await openTraces(path)).rows());
        assert.ok(row && !isFault(row));
        const shown = compact(transcriptOf(row).items.map(({ text }) => text).join("\n"));
        for (const text of SAID) assert.ok(shown.includes(compact(text)), `not in the transcript: ${text}`);
        const short = compact(SAID[3]!.slice(1));
        assert.equal(shown.split(short).length, 2, "the answer is there once");
      } finally {
        await Deno.remove(dir, { recursive: true });
      }
    },
  );
}
