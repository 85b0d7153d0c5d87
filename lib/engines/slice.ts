import { cellValue, type Condition, conditionsOf, type Filter } from "../analysis/counts/mod.ts";
import type { Cell } from "../model/mod.ts";
import { EngineError, type SqlEngine } from "./engine.ts";
import { nameIs } from "./sql.ts";

/** A part of a table: its cells, and the table with all but its rows left out. */
export interface Slice {
  /** The table, with all but these rows left out. */
  database: SqlEngine;
  /** Its cells. */
  cells: Cell[];
}

/**
 * The part of a table that fits a filter by names of cells: values, lists, regular expressions and tests are tried on the
 * names that the cells have, and those that pass are asked of the database.
 *
 * @param cells of the whole table
 * @throws {TypeError} for a name or a value that is not there, with the nearest ones
 * @throws {EngineError} for a field that cells do not have
 */
export function sliceOf(database: SqlEngine, cells: readonly Cell[], filter: Filter): Slice {
  const conditions = conditionsOf(filter, database.name, cells, null);
  const apart = conditions.find(({ ofCells }) => !ofCells);
  if (apart) {
    throw new EngineError(
      database.name,
      `"${apart.key}" is not counted in cells; slice by ${
        ["benchmark", "harness", "model", "run"].join(", ")
      } and their ` +
        "like, or give the engine a view that holds what is wanted",
    );
  }
  if (conditions.length === 0) return { database, cells: [...cells] };
  const all = conditions.map((one) => inSql(database, cells, one)).join(" AND ");
  return {
    cells: cells.filter((cell) => conditions.every((one) => one.keeps(cellValue(cell, one.key)))),
    database: {
      ...database,
      from: (condition) => database.from(condition === null ? all : `${all} AND (${condition})`),
      groups: (query, limit) =>
        database.groups({ ...query, where: query.where === null ? all : `${all} AND (${query.where})` }, limit),
      sessions: (sample) => database.sessions(sample, all),
    },
  };
}

/** A condition on the names that pass. */
function inSql({ dialect }: SqlEngine, cells: readonly Cell[], { key, keeps }: Condition): string {
  const passing = cells.filter((cell) => keeps(cellValue(cell, key)));
  const each = new Set(passing.map((cell) => {
    if (key === "verdict" || key === "success") {
      const verdict = dialect.column("success")!;
      return cell.verdict === null ? `${verdict} IS NULL` : `${verdict} = ${cell.verdict}`;
    }
    if (key === "config") return `${nameIs(dialect, "harness", cell.harness)} AND ${modelIs(dialect, cell)}`;
    return key === "model"
      ? modelIs(dialect, cell)
      : nameIs(dialect, key as "benchmark" | "harness", String(cellValue(cell, key)));
  }));
  // Nothing is 1 and 0 at once, whatever the rows hold.
  if (each.size === 0) return `(${dialect.column("success")!} = 1 AND ${dialect.column("success")!} = 0)`;
  return `(${[...each].map((one) => `(${one})`).join(" OR ")})`;
}

/** The model, where rows have it; else the deployment, of which it is told. */
function modelIs(dialect: SqlEngine["dialect"], { model, deployment }: Cell): string {
  return dialect.column("model") === null ? nameIs(dialect, "deployment", deployment) : nameIs(dialect, "model", model);
}
