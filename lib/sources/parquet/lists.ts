import type { ColumnChunk } from "hyparquet";
import { pagesOf } from "./pages.ts";
import type { Leaf } from "./schema.ts";
import { textOf } from "./text.ts";
import type { ByteWindow } from "./window.ts";

/** Stands for an element of the list that is null as a whole. */
export const ABSENT = Symbol("absent");

/**
 * The values of one row of a column inside a list: one for each element of the list, null where it has none, a list
 * where the column is a list inside the list. Null when the list itself is null.
 */
export type LeafRow = unknown[] | null;

/**
 * Rows of a column inside a list, put together from the levels that Parquet stores (Melnik et al., "Dremel", 2010). A row
 * is decoded when it is asked for, so one row's texts are held at a time.
 *
 * @param leaf with `maxRepetition` 1 or 2.
 */
export async function* listRows(leaf: Leaf, chunk: ColumnChunk, window: ByteWindow): AsyncGenerator<LeafRow> {
  const { maxDefinition, listLevels: [outer, inner], elementLevels: [element] } = leaf;
  let row: LeafRow | undefined;
  for await (const { repetition, definition, length, value: nextValue } of pagesOf(leaf, chunk, window)) {
    for (let i = 0; i < length; i++) {
      const level = definition.length ? definition[i]! : maxDefinition;
      const repeated = repetition[i] ?? 0;
      if (repeated === 0) {
        if (row !== undefined) yield row;
        row = level < outer! - 1 ? null : [];
      }
      if (level < outer!) continue;
      const value = level === maxDefinition ? textOf(nextValue()) : null;
      if (repeated === 2) (row!.at(-1) as unknown[]).push(value);
      else row!.push(level < element! ? ABSENT : inner === undefined ? value : innerList(level, inner, value));
    }
  }
  if (row !== undefined) yield row;
}

function innerList(level: number, inner: number, value: unknown): unknown[] | null {
  if (level < inner) return level === inner - 1 ? [] : null;
  return [value];
}
