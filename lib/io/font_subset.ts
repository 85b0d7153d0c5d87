import { packageFile } from "./package_file.ts";

/** What is called of HarfBuzz's subsetter, compiled to WebAssembly; pointers are numbers. */
interface HarfBuzz {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  free(at: number): void;
  hb_blob_create(at: number, bytes: number, mode: number, data: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, member: number): void;
  hb_set_clear(set: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_set(input: number, which: number): number;
  hb_subset_input_unicode_set(input: number): number;
  hb_subset_or_fail(face: number, input: number): number;
}

/** The set of features of layout that are kept, among those of an input (`HB_SUBSET_SETS_LAYOUT_FEATURE_TAG`). */
const FEATURES = 6;

/** Figures of one width, as columns of numbers are set. */
const KEPT = ["tnum", "kern"];

/** A font's bytes with the glyphs of some characters alone. */
export type Subset = (font: Uint8Array, characters: Iterable<string>) => Uint8Array;

/** HarfBuzz's subsetter, ready to be called. */
export async function subsetter(): Promise<Subset> {
  const code = await packageFile("harfbuzzjs", "dist/harfbuzz-subset.wasm");
  const { instance } = await WebAssembly.instantiate(code, {});
  const hb = instance.exports as unknown as HarfBuzz;
  hb._initialize();
  return (font, characters) => subset(hb, font, characters);
}

/** @throws {Error} for bytes that are no font */
function subset(hb: HarfBuzz, font: Uint8Array, characters: Iterable<string>): Uint8Array {
  const at = hb.malloc(font.length);
  new Uint8Array(hb.memory.buffer).set(font, at);
  // Mode 2 is writable memory of ours; it is freed below.
  const blob = hb.hb_blob_create(at, font.length, 2, 0, 0);
  const face = hb.hb_face_create(blob, 0);
  const input = hb.hb_subset_input_create_or_fail();
  try {
    const wanted = hb.hb_subset_input_unicode_set(input);
    for (const character of characters) hb.hb_set_add(wanted, character.codePointAt(0) ?? 0);
    const features = hb.hb_subset_input_set(input, FEATURES);
    hb.hb_set_clear(features);
    for (const tag of KEPT) hb.hb_set_add(features, tagOf(tag));
    const small = hb.hb_subset_or_fail(face, input);
    if (small === 0) throw new Error("a font could not be cut down to the glyphs in use");
    const bytes = hb.hb_face_reference_blob(small);
    const start = hb.hb_blob_get_data(bytes, 0);
    const found = new Uint8Array(hb.memory.buffer).slice(start, start + hb.hb_blob_get_length(bytes));
    hb.hb_blob_destroy(bytes);
    hb.hb_face_destroy(small);
    return found;
  } finally {
    hb.hb_subset_input_destroy(input);
    hb.hb_face_destroy(face);
    hb.hb_blob_destroy(blob);
    hb.free(at);
  }
}

const tagOf = (tag: string) => [...tag].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
