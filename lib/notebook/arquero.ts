import * as arquero from "arquero";

/**
 * Arquero's functions for expressions: `op.count()`, `op.sum("n")`, `op.mean("cost_usd")`.
 *
 * @see https://idl.uw.edu/arquero/api/op
 */
export const op: (typeof arquero)["op"] = arquero.op;

/**
 * Makes an expression of a function that knows names of the program around it, which Arquero's own cannot.
 *
 * @see https://idl.uw.edu/arquero/api/expressions
 */
export const escape: (typeof arquero)["escape"] = arquero.escape;

/**
 * From the largest to the smallest, for `orderby`.
 *
 * @see https://idl.uw.edu/arquero/api/#desc
 */
export const desc: (typeof arquero)["desc"] = arquero.desc;

/**
 * A table of columns: `table({ team: ["a", "b"], solved: [3, 5] })`.
 *
 * @see https://idl.uw.edu/arquero/api/#table
 */
export const table: (typeof arquero)["table"] = arquero.table;
