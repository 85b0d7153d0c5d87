import type { Redacted, Session } from "../model/mod.ts";
import { type ImportIdentity, type JournalEnd, journalEntries } from "./journal.ts";
import type { Manifest } from "./manifest.ts";
import { writeAll, writeError, writeWhole } from "../io/write.ts";
import { writeSessionsTable } from "./sessions_table.ts";
import { exists, partPath, spanFileName } from "./span_files.ts";
import { AsideReasons } from "./reasons.ts";
import { noTotals, withEntry } from "./tally.ts";

export const JOURNAL = "import.journal";
export const MANIFEST = "manifest.json";
const SESSIONS = "sessions.parquet";
const SET_ASIDE = "set-aside.jsonl";

const encoder = new TextEncoder();

/**
 * Makes the end products of an import whose every row has been dealt with: the sessions table and what was set aside from
 * the journal, then the names of the span files, last of all the manifest. Interrupted anywhere, it can be run again.
 */
export async function finish(dir: string, identity: ImportIdentity, end: JournalEnd): Promise<Manifest> {
  try {
    return await finished(dir, identity, end);
  } catch (error) {
    // The journal has all that is in them.
    for (const name of [SET_ASIDE, SESSIONS]) await Deno.remove(`${dir}/${name}.part`).catch(() => {});
    throw error;
  }
}

async function finished(dir: string, identity: ImportIdentity, end: JournalEnd): Promise<Manifest> {
  const journal = `${dir}/${JOURNAL}`;
  let totals = noTotals();
  const reasons = new AsideReasons();
  await writeLines(`${dir}/${SET_ASIDE}.part`, async function* () {
    for await (const entry of journalEntries(journal)) {
      totals = withEntry(totals, entry);
      if (entry.kind !== "aside") continue;
      reasons.add(entry.aside.reason);
      yield JSON.stringify(entry.aside);
    }
  });
  await writeSessionsTable(`${dir}/${SESSIONS}.part`, sessionsOf(journal)).catch((error) => {
    throw writeError(`${dir}/${SESSIONS}`, error);
  });
  const files: Manifest["files"] = [];
  for (let part = 1; await renamed(partPath(dir, part), `${dir}/${spanFileName(part)}`); part++) {
    files.push(await described(dir, spanFileName(part), "spans"));
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  await renamed(`${dir}/${SESSIONS}.part`, `${dir}/${SESSIONS}`);
  files.push(await described(dir, SESSIONS, "sessions"));
  if (Object.keys(totals.leftOut.setAside).length === 0) {
    await Deno.remove(`${dir}/${SET_ASIDE}.part`);
  } else {
    await renamed(`${dir}/${SET_ASIDE}.part`, `${dir}/${SET_ASIDE}`);
    files.push(await described(dir, SET_ASIDE, "set aside"));
  }
  const { sessions, calls, rows, leftOut, ...counts } = totals;
  const { formats, passedOver, notes: { leftOut: withinRows, unreadable, repaired } } = end;
  const manifest = {
    ...identity,
    formats,
    sessions,
    calls,
    rows,
    bytes,
    files,
    ...counts,
    unreadable,
    repaired,
    leftOut: { ...leftOut, reasons: reasons.all(), passedOver, withinRows },
  };
  await writeWhole(`${dir}/${MANIFEST}`, `${JSON.stringify(manifest, null, 2)}\n`);
  await Deno.remove(journal);
  return manifest;
}

/** Removes everything that an import has written to a folder but its journal, and nothing else. */
export async function removeImport(dir: string): Promise<void> {
  const ours = /^(spans-\d{5,}\.jsonl|sessions\.parquet|set-aside\.jsonl|manifest\.json)(\.\d+)?(\.part)?$/;
  // The manifest goes first: without it nobody takes what is left for a finished import.
  await Deno.remove(`${dir}/${MANIFEST}`).catch(() => {});
  for await (const { name, isFile } of Deno.readDir(dir)) {
    if (isFile && ours.test(name)) await Deno.remove(`${dir}/${name}`);
  }
}

async function* sessionsOf(journal: string): AsyncGenerator<Redacted<Session>> {
  for await (const entry of journalEntries(journal)) if (entry.kind === "session") yield entry.session;
}

async function writeLines(path: string, lines: () => AsyncIterable<string>): Promise<void> {
  try {
    using file = await Deno.open(path, { write: true, create: true, truncate: true });
    for await (const line of lines()) await writeAll(file, encoder.encode(`${line}\n`));
  } catch (error) {
    throw writeError(path.replace(/\.part$/, ""), error);
  }
}

/** Renames what is not yet renamed; false when there is neither the one nor the other. */
async function renamed(from: string, to: string): Promise<boolean> {
  if (!await exists(from)) return await exists(to);
  await Deno.rename(from, to);
  return true;
}

async function described(dir: string, name: string, rows: Manifest["files"][number]["rows"]) {
  return { name, rows, bytes: (await Deno.stat(`${dir}/${name}`)).size };
}
