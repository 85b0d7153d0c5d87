/** One data page: levels as stored (empty where they say nothing), and its values. */
export interface Page {
  repetition: ArrayLike<number>;
  definition: ArrayLike<number>;
  /** How many levels there are, those of nulls included. */
  length: number;
  /** The next of the values that are not null, its bytes valid until the one after it; call it once for each. */
  value: () => unknown;
}
