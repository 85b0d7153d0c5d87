import assert from "node:assert/strict";
import fc from "fast-check";
import { importTraces } from "../../lib/import/mod.ts";
import { journalLines } from "../../lib/import/journal.ts";
import { needs } from "../support/needs.ts";
import { aRow, filesOf, inTemporaryFolder, sourceOf } from "./source.ts";

const fault = { fault: "unreadable", source: "a.parquet", row: 3, sessionId: null };
const items = [
  fault,
  ...Array.from({ length: 30 }, (_, i) => aRow(i, 1 + i % 5)),
  fault,
  aRow(7, 3),
  aRow(8, 1, "other"),
  ...Array.from({ length: 10 }, (_, i) => aRow(50 + i, 3)),
];
const options = { rotateBytes: 6000, limit: 38 };
const isPart = (name: string) => /^spans-\d+\.jsonl\.part$/.test(name);

needs(
  ["read", "write"],
  "an import that breaks off anywhere, its files torn anywhere, ends with the same bytes",
  () =>
    inTemporaryFolder(async (dir) => {
      await importTraces(sourceOf(items), `${dir}/whole`, options);
      const whole = await filesOf(`${dir}/whole`);
      let run = 0;
      const tears = fc.array(
        fc.record({
          stopAfter: fc.nat(items.length),
          lost: fc.oneof(fc.constant(0), fc.nat(300), fc.nat(20_000)),
          garbage: fc.nat(3000),
        }),
        { minLength: 1, maxLength: 3 },
      );
      await fc.assert(
        fc.asyncProperty(tears, async (interruptions) => {
          const out = `${dir}/run-${run++}`;
          for (const { stopAfter, lost, garbage } of interruptions) {
            const done = await importTraces(sourceOf(items, stopAfter), out, options).then(() => true, () => false);
            if (done) break;
            // What a kill leaves: rows whose journal lines were not written yet, a line cut in two, half a row.
            const text = await Deno.readFile(`${out}/import.journal`);
            await Deno.writeFile(`${out}/import.journal`, text.slice(0, Math.max(0, text.length - lost)));
            const last = [...Deno.readDirSync(out)].map(({ name }) => name).filter(isPart).sort().at(-1);
            if (last) await Deno.writeFile(`${out}/${last}`, new Uint8Array(garbage), { append: true });
          }
          await importTraces(sourceOf(items), out, options);
          assert.deepEqual(await filesOf(out), whole);
          await Deno.remove(out, { recursive: true });
        }),
        { numRuns: 40 },
      );
    }),
);

needs(
  ["read", "write"],
  "span files that are shorter than the journal says are written again from where they end",
  () =>
    inTemporaryFolder(async (dir) => {
      await importTraces(sourceOf(items), `${dir}/whole`, options);
      await assert.rejects(importTraces(sourceOf(items, 25), `${dir}/out`, options));
      await Deno.truncate(`${dir}/out/spans-00002.jsonl.part`, 100);
      await importTraces(sourceOf(items), `${dir}/out`, options);
      assert.deepEqual(await filesOf(`${dir}/out`), await filesOf(`${dir}/whole`));
    }),
);

needs(
  ["read", "write"],
  "killed while the end products are made, an import finishes them without reading a row",
  () =>
    inTemporaryFolder(async (dir) => {
      const taken = `${dir}/taken`;
      const source = sourceOf(items);
      const out = `${dir}/out`;
      await importTraces(
        {
          ...source,
          notes: () => {
            Deno.mkdirSync(taken);
            for (const { name } of Deno.readDirSync(out)) Deno.copyFileSync(`${out}/${name}`, `${taken}/${name}`);
            return source.notes();
          },
        },
        out,
        options,
      );
      const whole = await filesOf(out);
      await Deno.writeFile(
        `${taken}/import.journal`,
        journalLines([{ kind: "end", notes: source.notes(), passedOver: [], formats: [] }]),
        {
          append: true,
        },
      );
      const parts = [...Deno.readDirSync(taken)].map(({ name }) => name).filter(isPart).sort();
      const unread = { ...source, rows: () => assert.fail("a row was asked for") };
      for (let renamed = 0; renamed <= parts.length; renamed++) {
        const state = `${dir}/state-${renamed}`;
        await Deno.mkdir(state);
        for (const { name } of Deno.readDirSync(taken)) await Deno.copyFile(`${taken}/${name}`, `${state}/${name}`);
        for (const name of parts.slice(0, renamed)) {
          await Deno.rename(`${state}/${name}`, `${state}/${name.slice(0, -5)}`);
        }
        await Deno.writeTextFile(`${state}/sessions.parquet.part`, "half a table");
        await importTraces(unread, state, options);
        assert.deepEqual(await filesOf(state), whole);
      }
      await Deno.copyFile(`${taken}/import.journal`, `${out}/import.journal`);
      await importTraces(unread, out, options);
      assert.deepEqual(await filesOf(out), whole);
    }),
);
