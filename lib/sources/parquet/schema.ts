import { parquetSchema } from "hyparquet";
import type { FileMetaData, SchemaTree } from "hyparquet";

/** A column that holds values (a leaf of the schema), and what its levels mean. */
export interface Leaf {
  /** Place of its chunk in each row group. */
  index: number;
  /** Names a reader uses, joined by dots; the wrappers that Parquet puts around lists are left out. */
  name: string;
  /** From the schema's root to the leaf. */
  schemaPath: SchemaTree[];
  /** Repetition levels: 0 for a plain column, 1 inside a list, 2 for a list inside a list. */
  maxRepetition: number;
  maxDefinition: number;
  /** Per list around the value, outermost first: the definition level from which that list has an element. */
  listLevels: number[];
  /** The same for an element of that list that is not null. */
  elementLevels: number[];
}

/** Leaves of a file in the order of its column chunks. */
export function leavesOf(metadata: FileMetaData): Leaf[] {
  const leaves: Leaf[] = [];
  walk([parquetSchema(metadata)], [], leaves);
  return leaves;
}

function walk(path: SchemaTree[], names: string[], leaves: Leaf[]): void {
  const node = path.at(-1)!;
  if (node.children.length === 0 && path.length > 1) {
    leaves.push({ index: leaves.length, name: names.join("."), schemaPath: path, ...levels(path) });
  }
  for (const child of node.children) {
    walk([...path, child], isWrapper(node, child, path.at(-2)) ? names : [...names, child.element.name], leaves);
  }
}

/** `list.element` of the three-level list form (also `bag.array_element`, `list.item`): not names a reader knows. */
function isWrapper(node: SchemaTree, child: SchemaTree, parent: SchemaTree | undefined): boolean {
  const isList = (n: SchemaTree) => n.element.converted_type === "LIST" || n.element.logical_type?.type === "LIST";
  if (isList(node)) return child.element.repetition_type === "REPEATED";
  return parent !== undefined && isList(parent) && node.element.repetition_type === "REPEATED" &&
    node.children.length === 1;
}

type Levels = Pick<Leaf, "maxRepetition" | "maxDefinition" | "listLevels" | "elementLevels">;

function levels(path: SchemaTree[]): Levels {
  let maxDefinition = 0;
  const listLevels: number[] = [];
  const elementLevels: number[] = [];
  path.slice(1).forEach(({ element, children }, i) => {
    if (element.repetition_type !== "REQUIRED") maxDefinition++;
    if (element.repetition_type !== "REPEATED") return;
    listLevels.push(maxDefinition);
    const inner = children.length === 1 && path[i + 2]?.element.repetition_type === "OPTIONAL";
    elementLevels.push(maxDefinition + (inner ? 1 : 0));
  });
  return { maxRepetition: listLevels.length, maxDefinition, listLevels, elementLevels };
}

/** Top-level columns, in the order of the file. */
export function columnsOf(metadata: FileMetaData): string[] {
  return parquetSchema(metadata).children.map((child) => child.element.name);
}

/** What a leaf holds, in a person's words: `text`, `integer`, `number`, `true/false`, `bytes`, `time`. */
export function kindOf(leaf: Leaf): string {
  const { type, converted_type, logical_type } = leaf.schemaPath.at(-1)!.element;
  const logical = logical_type?.type ?? converted_type ?? "";
  if (/^(TIME|DATE|INTERVAL)/.test(logical)) return "time";
  if (/^DECIMAL/.test(logical) || type === "FLOAT" || type === "DOUBLE") return "number";
  if (type === "BOOLEAN") return "true/false";
  if (type === "INT96") return "time";
  if (type === "INT32" || type === "INT64") return "integer";
  return /^(STRING|UTF8|ENUM|JSON)$/.test(logical) ? "text" : "bytes";
}
