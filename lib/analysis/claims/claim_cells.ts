import type jsonata from "jsonata";

/** Fields of a row that name a cell. */
const FIELDS = ["benchmark", "harness", "model", "deployment", "config"] as const;
type Field = typeof FIELDS[number];

/** A condition on one name of a cell, and how a reader is told of it. */
interface NameTest {
  field: Field;
  words: string;
  holds: (name: string) => boolean;
}

/** A node of the syntax tree; its package types a part of the kinds alone. */
interface Node extends Record<string, unknown> {
  type?: string;
  value?: unknown;
  steps?: Node[];
}
type CellNames = Record<Field, string>;

/**
 * Which cells an expression asks about that the results do not have, in words; null where all are there. A filter such as
 * `cells[benchmark="a" and config="b · c"]` asks about cells with both names; so do a regression's term (`harness=b`) and
 * a config looked for in a list. Conditions on numbers ask about no cell. Results without a table of cells say nothing.
 *
 * @param together whether one cell must have all names of a filter; otherwise each name must be that of some cell
 */
export function absentCells(ast: jsonata.ExprNode, results: unknown, together: boolean): string | null {
  const cells = cellsIn(results);
  if (cells === null) return null;
  const groups = askedCells(ast as unknown as Node).flatMap((tests) =>
    together ? [tests] : tests.map((test) => [test])
  );
  const gone = groups.find((tests) => !cells.some((cell) => tests.every((t) => t.holds(cell[t.field]))));
  return gone === undefined ? null : `no session has ${gone.map((t) => t.words).join(" and ")}`;
}

function cellsIn(results: unknown): CellNames[] | null {
  const rows = (results as { ultimate?: unknown } | null)?.ultimate;
  if (!Array.isArray(rows)) return null;
  return rows.map(({ benchmark, harness, model, deployment }) => ({
    benchmark,
    harness,
    model,
    deployment,
    config: `${harness} · ${model}`,
  }));
}

/** Each group of conditions that must hold of one cell together. */
function askedCells(ast: Node): NameTest[][] {
  const groups: NameTest[][] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== "object" || value === null) return;
    const node = value as Node;
    const own = [...(node.steps ?? []).flatMap((step) => ofStep(step)), ...filtersOf(node).flatMap(ofFilter)];
    for (const group of [own, ofComparison(node)]) if (group.length) groups.push(group);
    Object.values(node).forEach(visit);
  };
  visit(ast);
  return groups;
}

function ofStep(step: Node): NameTest[] {
  const term = step.type === "name" ? /^(benchmark|model|harness)=(.+)$/.exec(String(step.value)) : null;
  const named = term ? [nameIs(term[1] as Field, term[2]!)] : [];
  return [...named, ...filtersOf(step).flatMap(ofFilter)];
}

const filtersOf = (node: Node): Node[] =>
  [node.stages, node.predicate].flatMap((list) => Array.isArray(list) ? list : [])
    .flatMap((stage) => stage.type === "filter" ? [stage.expr as Node] : []);

/** Names that a filter asks for; what stands under `or` or `$not` asks for none. */
function ofFilter(node: Node): NameTest[] {
  if (node.type === "binary" && node.value === "and") {
    return [node.lhs, node.rhs].flatMap((side) => ofFilter(side as Node));
  }
  if (node.type === "function") return ofContains(node);
  return comparison(node, (path) => path.length === 1);
}

/** A comparison outside a filter: of a row's name with a text, or a config looked for in a list. */
function ofComparison(node: Node): NameTest[] {
  const [left, right] = [node.lhs as Node | undefined, node.rhs as Node | undefined];
  if (node.type === "binary" && node.value === "in" && left?.type === "string" && right?.type === "path") {
    const name = String(left.value);
    return name.includes(" · ") ? [nameIs("config", name)] : [];
  }
  return comparison(node, (path) => path.length > 1);
}

function comparison(node: Node, takes: (path: Node[]) => boolean): NameTest[] {
  if (node.type !== "binary" || (node.value !== "=" && node.value !== "in")) return [];
  const sides = [[node.lhs, node.rhs], ...(node.value === "=" ? [[node.rhs, node.lhs]] : [])] as [Node, Node][];
  return sides.flatMap(([path, texts]) => {
    const steps = path.type === "path" ? path.steps ?? [] : [];
    const last = steps.at(-1);
    const field = FIELDS.find((name) => last?.type === "name" && name === last.value);
    const names = textsOf(texts);
    if (field === undefined || names === null || !takes(steps)) return [];
    return [{ field, words: `${field} ${names.join(" or ")}`, holds: (name: string) => names.includes(name) }];
  });
}

function ofContains(node: Node): NameTest[] {
  const [path, text] = (node.arguments ?? []) as Node[];
  const field = path?.type === "path" && path.steps?.length === 1
    ? FIELDS.find((f) => f === path.steps?.[0]?.value)
    : null;
  if ((node.procedure as Node | undefined)?.value !== "contains" || !field || text?.type !== "string") return [];
  const part = String(text.value);
  return [{ field, words: `${field} with "${part}" in it`, holds: (name) => name.includes(part) }];
}

/** A text, or the texts of a list; null for anything else. */
function textsOf(node: Node | undefined): string[] | null {
  if (node?.type === "string") return [String(node.value)];
  if (node?.type !== "unary" || node.value !== "[") return null;
  const items = node.expressions as Node[];
  return items.length && items.every((item) => item.type === "string") ? items.map((item) => String(item.value)) : null;
}

const nameIs = (field: Field, name: string): NameTest => ({
  field,
  words: `${field} ${name}`,
  holds: (other) => other === name,
});
