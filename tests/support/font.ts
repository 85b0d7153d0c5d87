/** Reads a TrueType file's own advance widths, to hold a copied table against them. @module */

/** Widths of characters in thousandths of an em, rounded, as a TTF file's `cmap` and `hmtx` tables have them. */
export function fontWidths(bytes: Uint8Array, characters: string): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = (tag: string): number => {
    for (let i = 0; i < view.getUint16(4); i++) {
      const at = 12 + 16 * i;
      if (String.fromCharCode(...bytes.subarray(at, at + 4)) === tag) return view.getUint32(at + 8);
    }
    throw new Error(`the font has no ${tag} table`);
  };
  const glyph = glyphLookup(view, table("cmap"));
  const unitsPerEm = view.getUint16(table("head") + 18);
  const measured = view.getUint16(table("hhea") + 34);
  const hmtx = table("hmtx");
  return [...characters].map((character) => {
    const index = Math.min(glyph(character.codePointAt(0) ?? 0), measured - 1);
    return Math.round(1000 * view.getUint16(hmtx + 4 * index) / unitsPerEm);
  });
}

/** Glyph of a code point, from a format 4 or format 12 subtable; 0 where the font has none. */
function glyphLookup(view: DataView, cmap: number): (code: number) => number {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 8 + 8 * i);
    if (view.getUint16(at) === 12) return (code) => inGroups(view, at, code);
    if (view.getUint16(at) === 4) return (code) => inSegments(view, at, code);
  }
  throw new Error("the font has no cmap subtable of format 4 or 12");
}

function inGroups(view: DataView, at: number, code: number): number {
  for (let i = 0; i < view.getUint32(at + 12); i++) {
    const group = at + 16 + 12 * i;
    const start = view.getUint32(group);
    if (code >= start && code <= view.getUint32(group + 4)) return view.getUint32(group + 8) + code - start;
  }
  return 0;
}

function inSegments(view: DataView, at: number, code: number): number {
  const bytes = view.getUint16(at + 6);
  for (let i = 0; i < bytes; i += 2) {
    if (code > view.getUint16(at + 14 + i)) continue;
    const start = view.getUint16(at + 16 + bytes + i);
    if (code < start) return 0;
    const delta = view.getInt16(at + 16 + 2 * bytes + i);
    const offsetAt = at + 16 + 3 * bytes + i;
    const offset = view.getUint16(offsetAt);
    if (offset === 0) return (code + delta) & 0xffff;
    const glyph = view.getUint16(offsetAt + offset + 2 * (code - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
