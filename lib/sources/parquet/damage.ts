/** What is wrong with bytes that a reader stumbled over: its own words, unless they are about the reader. */
export function damageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error instanceof TypeError || error instanceof ReferenceError || error instanceof SyntaxError ||
    /call stack|array length|typed array|offset is out|bounds of the DataView/i.test(error.message);
  return own ? "it does not follow the format" : error.message;
}
