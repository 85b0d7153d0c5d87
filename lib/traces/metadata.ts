/** An entry of metadata that was left out because there was no room for it. */
export interface DroppedMetadata {
  /** Its name. */
  key: string;
  /** Length of its value as JSON, UTF-8 bytes. */
  bytes: number;
}

/** Metadata within its limit, and what did not fit. */
export interface CappedMetadata {
  /** The entries that fit. */
  metadata: Record<string, unknown>;
  /** The entries that did not. */
  dropped: DroppedMetadata[];
}

const encoder = new TextEncoder();

/** Length of a value as JSON, UTF-8 bytes; 0 for what JSON leaves out. */
export function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value);
  return text === undefined ? 0 : encoder.encode(text).length;
}

/**
 * Leaves out the largest entries of metadata (of equal ones the last by name) until the rest, as JSON, takes at most
 * `maxBytes`. The order of the others stays.
 *
 * @param sizeOf length of a value as JSON in bytes, for callers that know the sizes of values they use again.
 */
export function capMetadata(
  metadata: Record<string, unknown>,
  maxBytes: number,
  sizeOf: (value: unknown) => number = jsonBytes,
): CappedMetadata {
  const entries = Object.entries(metadata)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value, bytes: sizeOf(value) }));
  // An entry takes its key, the colon and a comma; the braces take two, and the last entry has no comma.
  const room = ({ key, bytes }: { key: string; bytes: number }) => jsonBytes(key) + bytes + 2;
  let total = entries.reduce((sum, entry) => sum + room(entry), 1);
  if (entries.length === 0 || total <= maxBytes) {
    return { metadata: Object.fromEntries(entries.map(({ key, value }) => [key, value])), dropped: [] };
  }
  const left = new Set(entries);
  const bySize = [...entries].sort((a, b) => b.bytes - a.bytes || (a.key < b.key ? 1 : -1));
  const dropped: DroppedMetadata[] = [];
  for (const entry of bySize) {
    if (total <= maxBytes) break;
    left.delete(entry);
    total -= room(entry);
    dropped.push({ key: entry.key, bytes: entry.bytes });
  }
  return { metadata: Object.fromEntries([...left].map(({ key, value }) => [key, value])), dropped };
}
