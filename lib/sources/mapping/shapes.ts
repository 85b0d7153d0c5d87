import { reader } from "./lookup.ts";
import type { Field } from "./mapping.ts";

/** Shapes that are remembered: a recorder writes a few, and what has ever new names is read without. */
const MOST_SHAPES = 500;

/**
 * How to read several fields from each of many objects. Objects of one recorder have the same names again and again: which
 * of a field's names can be in one is worked out once for each set of names, so that the others are not looked for.
 */
export function fieldsReader(fields: readonly (readonly [name: string, field: Field | undefined])[]) {
  const readersOf = (like?: Record<string, unknown>) =>
    fields.map(([name, field]) => [name, reader(field, like)] as const);
  const all = readersOf();
  const byShape = new Map<string, typeof all>();
  return (object: unknown): Record<string, unknown> => {
    const like = typeof object === "object" && object !== null ? object as Record<string, unknown> : null;
    const shape = like ? shapeOf(like) : "";
    let readers = byShape.get(shape);
    if (!readers) {
      readers = !like || byShape.size >= MOST_SHAPES ? all : readersOf(like);
      if (byShape.size < MOST_SHAPES) byShape.set(shape, readers);
    }
    const found: Record<string, unknown> = {};
    for (const [name, read] of readers) found[name] = read(object);
    return found;
  };
}

/** The names in an object and, where its values are objects, in these. */
function shapeOf(object: Record<string, unknown>): string {
  let shape = "";
  for (const key in object) {
    shape += `${key}\n`;
    const value = object[key];
    if (typeof value !== "object" || value === null) continue;
    shape += "{\n";
    if (!Array.isArray(value)) { for (const inner in value) shape += `${inner}\n`; }
    shape += "}\n";
  }
  return shape;
}
