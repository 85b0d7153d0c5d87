import { Ledger, readLedger } from "../io/mod.ts";
import { type Label, latestLabels, RowError } from "../model/mod.ts";
import { labelOf } from "../sources/labels/csv.ts";
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
  /** Records of all files of which no label can be made. */
  aside: readonly RowError[];
}

/** How long a label waits for another program to finish writing its own, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Opens `labels.jsonl`, or begins it. Programs that label into one file take turns: the file is locked while a label is
 * written, and what others have written is read before. Every label is on the disk before it is confirmed, so a kill loses
 * none, and a line that a kill has torn is removed.
 *
 * @param others files of labels of any format, read once
 * @throws {Error} naming file and line where a line is no JSON
 */
export async function openLabels(path: string, others: readonly string[] = []): Promise<LabelBook> {
  const read = await Promise.all(others.map((file) => readLabelFile(file)));
  const beside = read.map(({ labels }) => labels);
  let labels: Label[] = [];
  let bySession = new Map<string, Label[]>();
  let size = 0;
  let aside: RowError[] = [];
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
    const own = new OwnLabels(path);
    const { repaired } = await ledger.replay((value, { number }) => {
      own.take(value, number - 1);
    }, ({ number }, error) => {
      throw new Error(`${path}, line ${number}: not JSON (${error.message}); take the line out and open it again`);
    });
    aside = own.aside;
    const known = new Set(own.labels.map(labelKey));
    const fresh = added.filter((label) => !known.has(labelKey(label)));
    if (fresh.length) await ledger.append(fresh);
    take([...own.labels, ...fresh], (await ledger.file.stat()).size);
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
        const own = new OwnLabels(path);
        let at = 0;
        for await (const value of readLedger(path)) own.take(value, at++);
        aside = own.aside;
        take(own.labels, now);
      }),
    repaired,
    get aside() {
      return [...aside, ...read.flatMap((one) => one.aside)];
    },
  };
}

/** Labels of a file of our own; a line that is none is set aside. */
class OwnLabels {
  readonly labels: Label[] = [];
  readonly aside: RowError[] = [];

  constructor(readonly path: string) {}

  take(value: unknown, at: number): void {
    try {
      this.labels.push(labelOf(Object(value), this.path, at));
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      this.aside.push(error);
    }
  }
}
