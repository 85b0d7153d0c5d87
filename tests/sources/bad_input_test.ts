import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { parquetMetadata } from "hyparquet";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { messagesText, type TraceRow } from "../../lib/model/mod.ts";
import { needs } from "../support/needs.ts";
import { STORIES } from "../fixtures/stories.ts";
import { v1Row } from "../fixtures/shapes.ts";

const FOLDER = decodeURIComponent(new URL("../fixtures/bad/", import.meta.url).pathname);

/** What a bad file gives: an error for the whole of it, or what was read and what was set aside. */
type Outcome =
  | { error: string }
  | {
    rows: { sessionId: string; starts: (string | undefined)[]; inputs: (string | undefined)[] }[];
    faults: { row: number; sessionId: string | null; fault: string }[];
    leftOut: Record<string, number>;
    unreadable?: Record<string, number>;
  };

async function outcomeOf(path: string): Promise<Outcome> {
  try {
    const stream = await openTraces(path);
    const items = await Array.fromAsync(stream.rows());
    return {
      rows: items.filter((item): item is TraceRow => !isFault(item)).map((row) => ({
        sessionId: row.sessionId,
        starts: row.spans.map((span) => span.startTime?.slice(11, 19)),
        inputs: row.spans.slice(0, 1).map((span) => messagesText(span.inputMessages)?.slice(0, 60)),
      })),
      faults: items.filter(isFault).map(({ row, sessionId, fault }) => ({
        row,
        sessionId,
        fault: nameless(fault, path),
      })),
      leftOut: stream.notes().leftOut,
      ...(Object.keys(stream.notes().unreadable).length ? { unreadable: stream.notes().unreadable } : {}),
    };
  } catch (error) {
    return { error: nameless((error as Error).message, path) };
  }
}

const nameless = (text: string, path: string) => text.replaceAll(path, "FILE");

function fixtures(): string[] {
  // Without the permission there is nothing to list, and the test itself is skipped by name.
  if (Deno.permissions.querySync({ name: "read" }).state !== "granted") return ["*"];
  return [...Deno.readDirSync(FOLDER)].map(({ name }) => name).filter((name) => !name.endsWith(".expected.json"))
    .sort();
}

for (const name of fixtures()) {
  needs(["read"], `bad input ${name} gives what is expected of it`, async () => {
    const expected = JSON.parse(await Deno.readTextFile(`${FOLDER}${name}.expected.json`));
    deepEqual(await outcomeOf(FOLDER + name), expected);
  });
}

needs(
  ["read", "write"],
  "rows of a damaged group are set aside by their ids, and the shards after it are read",
  async () => {
    const whole = `${FOLDER}../traces_v2.parquet`;
    const bytes = await Deno.readFile(whole);
    const { row_groups } = parquetMetadata(bytes.buffer);
    const { data_page_offset, total_compressed_size } = row_groups[0]!.columns
      .find(({ meta_data }) => meta_data!.path_in_schema.includes("gen_ai.input.messages"))!.meta_data!;
    // Past the page's header, which is short.
    bytes.fill(0, Number(data_page_offset) + 60, Number(data_page_offset + total_compressed_size));
    const path = await Deno.makeTempFile({ suffix: ".parquet" });
    try {
      await Deno.writeFile(path, bytes);
      const ids = (await Array.fromAsync((await openTraces(whole)).rows())).map(({ sessionId }) => sessionId);
      const items = await Array.fromAsync((await openTraces(`${path},${whole}`)).rows());
      deepEqual(items.map(isFault), [...ids.map(() => true), ...ids.map(() => false)]);
      deepEqual(items.map(({ sessionId }) => sessionId), [...ids, ...ids]);
      for (const item of items.filter(isFault)) match(item.fault, /row group 0 cannot be read/);
    } finally {
      await Deno.remove(path);
    }
  },
);

needs(["read", "write"], "a message of 50 MB is read whole, its lone surrogates too", async () => {
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    const row = v1Row(STORIES[0]!);
    const [span] = row.spans as { attributes: Record<string, unknown> }[];
    const text = "0123456789".repeat(5_000_000) + "\ud83d";
    const spans = [{ ...span, attributes: { ...span!.attributes, "gen_ai.input.messages": text } }];
    await Deno.writeTextFile(path, JSON.stringify({ ...row, spans }) + "\n");
    const [read] = await Array.fromAsync((await openTraces(path)).rows());
    equal(!isFault(read!) && read!.spans[0]!.inputMessages === text, true);
  } finally {
    await Deno.remove(path);
  }
});

needs(["read"], "a path that is not there says what a source can be", async () => {
  await rejects(openTraces("nowhere/*.parquet"), (error: Error) => {
    match(
      error.message,
      /^nowhere\/\*\.parquet: no such file.*a path, a glob, hub:OWNER\/NAME@REVISION or a project of a service$/,
    );
    return true;
  });
});
