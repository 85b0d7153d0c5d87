/**
 * The text of `results.json`: keys in the order of the object, two spaces, a newline at the end.
 *
 * @throws {RangeError} naming the path of a number that is NaN or infinite, which JSON would silently turn into null
 */
export function resultsJson(results: object): string {
  const wrong = notFinite(results, "");
  if (wrong !== null) throw new RangeError(`results.json, ${wrong}; a value that is not known must be null`);
  return `${JSON.stringify(results, null, 2)}\n`;
}

/** Results as they read back from `results.json`. */
export function asInFile(results: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(results));
}

function notFinite(value: unknown, path: string): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : `field "${path}": found ${value}`;
  if (value === null || typeof value !== "object") return null;
  for (const [key, inner] of Object.entries(value)) {
    const wrong = notFinite(inner, path ? `${path}.${key}` : key);
    if (wrong !== null) return wrong;
  }
  return null;
}
