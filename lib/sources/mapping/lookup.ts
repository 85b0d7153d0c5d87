import type { Field } from "./mapping.ts";

/** A name of a mapping without its `?`, and whether it may be missing. */
export interface Name {
  name: string;
  optional: boolean;
}

/** Names of a field, in the order in which they are tried; constants are left out. */
export function namesOf(field: Field | undefined): Name[] {
  return placesOf(field).filter((place) => typeof place === "string").map((place) => {
    const optional = place.endsWith("?");
    return { name: optional ? place.slice(0, -1) : place, optional };
  });
}

/** The constant that a field falls back on, null when it has none. */
export function constantOf(field: Field | undefined): string | null {
  const place = placesOf(field).find((place) => typeof place === "object");
  return typeof place === "object" ? place.constant : null;
}

function placesOf(field: Field | undefined): (string | { readonly constant: string })[] {
  if (field === undefined) return [];
  return Array.isArray(field) ? field : [field as string];
}

/**
 * How to read a field from an object: the first of its names with a value, its constant, or null. An empty text is no value
 * where another name, or the constant, has one.
 */
export function reader(field: Field | undefined): (object: unknown) => unknown {
  const paths = namesOf(field).map(({ name }) => name);
  const constant = constantOf(field);
  return (object) => {
    let empty: string | null = null;
    for (const path of paths) {
      const value = valueAt(object, path);
      if (value === "") empty = "";
      else if (value !== null && value !== undefined) return value;
    }
    return constant ?? empty;
  };
}

/** The value at `a.b.c` of an object, whose own names may hold dots; undefined where there is none. */
export function valueAt(object: unknown, path: string): unknown {
  if (typeof object !== "object" || object === null) return undefined;
  if (Object.hasOwn(object, path)) return (object as Record<string, unknown>)[path];
  for (let dot = path.indexOf("."); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(object, head)) continue;
    const value = valueAt((object as Record<string, unknown>)[head], path.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}
