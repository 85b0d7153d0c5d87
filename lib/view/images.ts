/** A picture of a conversation, as base64. */
export interface Picture {
  /** Its type, told by its first bytes: raster types that can hold no script. */
  type: string;
  /** Its bytes. */
  base64: string;
}

/** First bytes of the types that are shown, as base64. */
const BEGINNINGS: readonly (readonly [type: string, base64: RegExp])[] = [
  ["image/png", /^iVBORw0KGgo/],
  ["image/jpeg", /^\/9j\//],
  ["image/gif", /^R0lGOD(dh|lh)/],
  ["image/webp", /^UklGR[\w+/]{6}XRUJQ/],
];

/** The largest picture that is kept, in characters of base64, and how deep pictures are looked for. */
const LARGEST = 14_000_000;
const DEPTH = 12;

/** Pictures of a recorded message, in order; whatever says it is one and does not begin as one is none. */
export function picturesIn(value: unknown, depth = 0): Picture[] {
  if (typeof value === "string") {
    const picture = pictureOf(value);
    if (picture) return [picture];
    return [...value.matchAll(/data:image\/[\w.+-]+;base64,([A-Za-z0-9+/]+=*)/g)].flatMap(([, data]) =>
      pictureOf(data!) ?? []
    );
  }
  if (depth > DEPTH || value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((inner) => picturesIn(inner, depth + 1));
}

function pictureOf(base64: string): Picture | null {
  if (base64.length < 60 || base64.length > LARGEST) return null;
  const type = BEGINNINGS.find(([, beginning]) => beginning.test(base64))?.[0];
  return type !== undefined && /^[A-Za-z0-9+/]+=*$/.test(base64) ? { type, base64 } : null;
}
