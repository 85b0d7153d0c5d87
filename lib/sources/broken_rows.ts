import type { LocalFile } from "../io/files.ts";
import { redactName } from "../traces/mod.ts";
import { add, type ReadNotes } from "./mapping/notes.ts";

/**
 * Rows of files whose bytes are not all UTF-8: they are read with U+FFFD in the place of such bytes, and it is said. And lines
 * of logs that are there twice, which are left out.
 */
export class BrokenRows {
  readonly #rows = new Map<string, Set<number>>();
  #repeats = 0;

  /** The file, which tells of such rows as it is read; one that is read twice tells once. */
  watched(file: LocalFile): LocalFile {
    const onBroken = (row: number) => {
      this.#rows.set(file.path, (this.#rows.get(file.path) ?? new Set()).add(row));
    };
    return { ...file, onBroken, onRepeat: () => this.#repeats++ };
  }

  /** Forgets what was told. */
  clear(): void {
    this.#rows.clear();
    this.#repeats = 0;
  }

  /** Notes how many there are, and where the first of each file is. */
  noteIn({ repaired, leftOut }: ReadNotes): void {
    if (this.#repeats) add(leftOut, "lines that are there twice", this.#repeats);
    for (const [path, rows] of this.#rows) {
      const place = `${redactName(path).text}, row ${Math.min(...rows)}${rows.size > 1 ? " and others" : ""}`;
      add(repaired, `rows with bytes other than UTF-8, read as U+FFFD (${place})`, rows.size);
    }
  }
}
