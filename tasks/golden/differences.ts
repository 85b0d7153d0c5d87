/** Where two JSON values differ: every path that is missing on a side, of another kind, or off by more than the tolerance. */
export function differences(kept: unknown, made: unknown, tolerance: number, path = "$"): string[] {
  if (typeof kept === "number" && typeof made === "number") {
    const off = Math.abs(kept - made);
    return off <= tolerance * Math.max(1, Math.abs(kept)) ? [] : [`${path}: kept ${kept}, made ${made}`];
  }
  if (Array.isArray(kept) && Array.isArray(made)) {
    const length = kept.length === made.length ? [] : [`${path}: kept ${kept.length} values, made ${made.length}`];
    return [
      ...length,
      ...kept.flatMap((v, i) => i < made.length ? differences(v, made[i], tolerance, `${path}[${i}]`) : []),
    ];
  }
  if (isRecord(kept) && isRecord(made)) {
    const keys = [...new Set([...Object.keys(kept), ...Object.keys(made)])];
    return keys.flatMap((key) => {
      if (!(key in kept)) return [`${path}.${key}: not kept`];
      if (!(key in made)) return [`${path}.${key}: no longer made`];
      return differences(kept[key], made[key], tolerance, `${path}.${key}`);
    });
  }
  return kept === made ? [] : [`${path}: kept ${JSON.stringify(kept)}, made ${JSON.stringify(made)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
