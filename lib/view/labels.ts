import { Ledger, readLedger } from "../io/mod.ts";
import { checkRow, type Label, labelSchema, latestLabels } from "../model/mod.ts";
import { labelKey, mergeLabels, readLabelFile } from "../sources/mod.ts";

/** A file of labels: read, and added to. */
export interface LabelBook {
  /** Where labels are written. */
  path: string;
  /** Files of other people that are read beside it. */
  others: readonly string[];
  /** Every label of all files, in the order in which they were said. */
  all(): readonly Label[];
  /** The last word of each person on each session. */
  latest(): Label[];
  /** Those of one session. */
  of(sessionId: string): Label[];
  /** Adds labels that are not there yet, and says how many; they are on the disk when this returns. */
  add(labels: readonly Label[]): Promise<number>;
  /** Reads what other programs have added meanwhile. */
  refresh(): Promise<void>;
  /** What was mended when it was opened; null when nothing was. */
  repaired: string | null;
}

/** How long a label waits for another program to finish writing its own, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Opens `labels.jsonl`, or begins it. Programs that label into one file take turns: the file is locked while a label is
 * written, and what others have written is read before. Every label is on the disk before it is confirmed, so a kill loses
 * none, and a line that a kill has torn is removed.
 *
 * @param others files of labels of any format, read once
 * @throws {RowError} naming file, line and field where a line is no label
 */
export async function openLabels(path: string, others: readonly string[] = []): Promise<LabelBook> {
  const beside = await Promise.all(others.map(async (file) => (await readLabelFile(file)).labels));
  let labels: Label[] = [];
  let bySession = new Map<string, Label[]>();
  let size = 0;
  const take = (own: readonly Label[], bytes: number) => {
    labels = mergeLabels([...beside, own]);
    bySession = Map.groupBy(latestLabels(labels), ({ session_id }) => session_id);
    size = bytes;
  };
  const write = async (added: readonly Label[]): Promise<{ repaired: string | null; added: number }> => {
    using ledger = await Ledger.open(path, {
      busy: "another program keeps it locked; close it, or give another --labels",
      patienceMs: PATIENCE_MS,
    });
    const own: Label[] = [];
    const { repaired } = await ledger.replay((value, { number }) => {
      own.push(checkRow(labelSchema, value, path, number - 1) as Label);
    }, ({ number }, error) => {
      throw new Error(`${path}, line ${number}: not JSON (${error.message}); take the line out and open it again`);
    });
    const known = new Set(own.map(labelKey));
    const fresh = added.filter((label) => !known.has(labelKey(label)));
    if (fresh.length) await ledger.append(fresh);
    take([...own, ...fresh], (await ledger.file.stat()).size);
    return { repaired, added: fresh.length };
  };
  const { repaired } = await write([]);
  // One after another: what a label adds to must be what is there.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
  return {
    path,
    others,
    all: () => labels,
    latest: () => [...bySession.values()].flat(),
    of: (sessionId) => bySession.get(sessionId) ?? [],
    add: (added) => inTurn(async () => (await write(added)).added),
    refresh: () =>
      inTurn(async () => {
        const now = (await Deno.stat(path)).size;
        if (now === size) return;
        const own: Label[] = [];
        for await (const value of readLedger(path)) own.push(checkRow(labelSchema, value, path, own.length) as Label);
        take(own, now);
      }),
    repaired,
  };
}
