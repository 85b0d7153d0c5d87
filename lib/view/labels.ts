import { Ledger } from "../io/mod.ts";
import { checkRow, type Label, labelSchema, latestLabels } from "../model/mod.ts";

/** A file of labels that is open: read, and added to. */
export interface LabelBook {
  path: string;
  /** Every line, in order; the last word of a person on a session counts (`latestLabels`). */
  all(): readonly Label[];
  latest(): Label[];
  /** Adds a label; it is on the disk when this returns. */
  add(label: Label): Promise<void>;
  /** What was mended when it was opened; null when nothing was. */
  repaired: string | null;
  close(): void;
}

/**
 * Opens `labels.jsonl`, or begins it. One program writes it at a time; every label is on the disk before it is confirmed, so a
 * kill loses none, and a line that a kill has torn is removed.
 *
 * @throws {LedgerBusyError} when another program has it open
 * @throws {RowError} naming file, line and field where a line is no label
 */
export async function openLabels(path: string): Promise<LabelBook> {
  const ledger = await Ledger.open(path, {
    busy: "another program is labelling into it; close it, or give another --labels",
  });
  const labels: Label[] = [];
  try {
    const { repaired } = await ledger.replay((value, { number }) => {
      labels.push(checkRow(labelSchema, value, path, number - 1) as Label);
    }, ({ number }, error) => {
      throw new Error(`${path}, line ${number}: not JSON (${error.message}); take the line out and open it again`);
    });
    return {
      path,
      all: () => labels,
      latest: () => latestLabels(labels),
      async add(label) {
        await ledger.append([label]);
        labels.push(label);
      },
      repaired,
      close: () => ledger.close(),
    };
  } catch (error) {
    ledger.close();
    throw error;
  }
}
