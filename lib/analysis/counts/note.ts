/** Something a reader must know of a key: why it is null or empty, what was left out, which level was taken. */
export interface Note {
  /** The key of `results.json` it is about. */
  key: string;
  /** What a reader must know of it. */
  note: string;
}
