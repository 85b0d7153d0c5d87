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

/**
 * Names of a field of which one has to be there; empty where it may be missing. Several are tried one after the other, so
 * that one of them is enough.
 */
export function neededNames(field: Field | undefined): string[] {
  const names = namesOf(field);
  return names.some(({ optional }) => !optional) ? names.map(({ name }) => name) : [];
}

/** The constant that a field falls back on, null when it has none. */
export function constantOf(field: Field | undefined): string | null {
  const place = placesOf(field).find((place) => typeof place === "object");
  return typeof place === "object" ? place.constant : null;
}

/** The values of all names of a field. */
export function valuesOf(field: Field | undefined): (object: unknown) => unknown[] {
  const lookups = namesOf(field).map(({ name }) => lookup(name));
  return (object) => lookups.map((look) => look(object));
}

function placesOf(field: Field | undefined): (string | { readonly constant: string })[] {
  if (field === undefined) return [];
  return Array.isArray(field) ? field : [field as string];
}

/** Reads a value from an object. */
export type Reader = (object: unknown) => unknown;

/**
 * How to read a field from an object: the first of its names with a value, its constant, or null. An empty text is no value
 * where another name, or the constant, has one.
 *
 * @param like an object with the names that all others will have: what is not in it is not looked for
 */
export function reader(field: Field | undefined, like?: Named): Reader {
  const lookups = namesOf(field).flatMap(({ name }) => like ? lookupLike(like, name) : [lookup(name)]);
  const constant = constantOf(field);
  return (object) => {
    let empty: string | null = null;
    for (const look of lookups) {
      const value = look(object);
      if (value === "") empty = "";
      else if (value !== null && value !== undefined) return value;
    }
    return constant ?? empty;
  };
}

/** The value at `a.b.c` of an object, whose own names may hold dots; undefined where there is none. */
export function valueAt(object: unknown, path: string): unknown {
  return lookup(path)(object);
}

/** How to look up a path: cut at its dots once, and not for every object. */
function lookup(path: string): Reader {
  const steps = path.split(".");
  // From its last step on, what is left of the path after each.
  const rests: Reader[] = [];
  for (let from = steps.length - 1; from >= 0; from--) {
    const whole = steps.slice(from).join(".");
    const cuts = rests.slice(from + 1).map((rest, i) => [steps.slice(from, from + 1 + i).join("."), rest] as const);
    rests[from] = (object) => {
      if (typeof object !== "object" || object === null) return undefined;
      if (Object.hasOwn(object, whole)) return (object as Record<string, unknown>)[whole];
      for (const [head, rest] of cuts) {
        if (!Object.hasOwn(object, head)) continue;
        const value = rest((object as Record<string, unknown>)[head]);
        if (value !== undefined) return value;
      }
      return undefined;
    };
  }
  return rests[0]!;
}

/** How to look up a path in objects that have the names of this one, and of the objects in it; none where it leads nowhere. */
function lookupLike(like: Named, path: string): Reader[] {
  if (Object.hasOwn(like, path)) return [(object) => (object as Named)[path]];
  for (const [head, rest] of cutsOf(path)) {
    const inner = Object.hasOwn(like, head) ? like[head] : undefined;
    if (!mayHave(inner, rest)) continue;
    // What is deeper, or in a list, may differ between objects of the same names.
    return Array.isArray(inner) || !Object.hasOwn(inner as object, rest)
      ? [lookup(path)]
      : [(object) => ((object as Named)[head] as Named)[rest]];
  }
  return [];
}

type Named = Readonly<Record<string, unknown>>;

/** A path cut in two at each of its dots. */
function* cutsOf(path: string): Generator<[head: string, rest: string]> {
  for (let dot = path.indexOf("."); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    yield [path.slice(0, dot), path.slice(dot + 1)];
  }
}

/** Whether a path may lead to a value in such an object. */
function mayHave(object: unknown, path: string): boolean {
  if (typeof object !== "object" || object === null) return false;
  return Array.isArray(object) || Object.hasOwn(object, path) ||
    cutsOf(path).some(([head]) => Object.hasOwn(object, head));
}
