import jsonata from "jsonata";
import { registerClaimFunctions } from "./claim_functions.ts";
import { ClaimError, UnansweredError } from "./claim_schema.ts";

type Node = jsonata.ExprNode & Record<string, unknown>;

/** A JSONata expression, parsed and known to name only keys that exist. */
export interface Expression {
  source: string;
  ast: jsonata.ExprNode;
  /** Throws {@link ClaimError} where the expression is at fault, {@link UnansweredError} where the data are. */
  evaluate: (input: unknown) => Promise<unknown>;
}

/**
 * Parses one expression of a claim.
 *
 * @param where the claim and field, for errors
 * @param keys top-level keys of the results it will be asked of
 * @throws {ClaimError} when it does not parse, or names a top-level key that is not there
 */
export function parseExpression(source: string, where: string, keys: ReadonlySet<string>): Expression {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(source);
  } catch (error) {
    throw new ClaimError(`${where}: does not parse as JSONata: ${messageOf(error)}; found ${source}`);
  }
  registerClaimFunctions(expression);
  const ast = expression.ast();
  const unknown = [...new Set(rootNames(ast))].filter((name) => !keys.has(name));
  if (unknown.length) {
    throw new ClaimError(
      `${where}: the results have no key ${unknown.map((n) => `"${n}"`).join(", ")}; found ${source}; keys are ` +
        [...keys].sort().join(", "),
    );
  }
  const evaluate = async (input: unknown) => {
    try {
      return await expression.evaluate(input);
    } catch (error) {
      const text = `${where}: cannot be evaluated: ${messageOf(error)}; found ${source}`;
      throw NO_SUCH_FUNCTION.has(codeOf(error)) ? new ClaimError(text) : new UnansweredError(text);
    }
  };
  return { source, ast, evaluate };
}

/** JSONata's codes for calling what is not a function: the expression's fault whatever the data. */
const NO_SUCH_FUNCTION: ReadonlySet<string> = new Set(["T1005", "T1006"]);

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}

/** Parts of a syntax node that are asked of what a path has reached, not of the document. */
const INSIDE: ReadonlySet<string> = new Set(["stages", "predicate", "terms", "group", "update", "delete"]);

/**
 * Names that an expression looks up in the document itself. A name deeper in a path, or inside a predicate or a sort
 * term, is looked up in what the path has reached, which may rightly be empty.
 */
export function rootNames(ast: jsonata.ExprNode): string[] {
  const names: string[] = [];
  const visit = (value: unknown, atRoot: boolean): void => {
    if (Array.isArray(value)) return value.forEach((item) => visit(item, atRoot));
    if (typeof value !== "object" || value === null) return;
    const node = value as Node;
    if (node.steps) {
      node.steps.forEach((step, i) => visit(step, (i === 0 && atRoot) || (i === 1 && isRoot(node.steps?.[0], atRoot))));
    } else if (node.type === "name") {
      if (atRoot && typeof node.value === "string") names.push(node.value);
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === "steps") continue;
      visit(child, atRoot && !INSIDE.has(key));
    }
  };
  visit(ast, true);
  return names;
}

/** `$$` is the document; so is `$` where nothing has been entered yet. */
function isRoot(step: jsonata.ExprNode | undefined, atRoot: boolean): boolean {
  return step?.type === "variable" && (step.value === "$" || (step.value === "" && atRoot));
}
