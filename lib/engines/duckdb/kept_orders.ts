import type { SessionFilter } from "../../model/mod.ts";
import type { Sort } from "../session_browser.ts";
import type { Asking } from "./asking.ts";
import { conditionOf, orderOf } from "./browse_sql.ts";

/** An order is made for what may be asked next when nothing was asked for so long, in milliseconds. */
const REST_MS = 500;

/** Places of rows in a table in an order, kept for a jump to any of them. */
export interface KeptOrders {
  /** Places of all rows that a filter leaves; null where rows have none (of a view, say). */
  places(filter: SessionFilter, sort: Sort | null): Promise<Uint32Array | null>;
  /** Makes the order when nothing else is asked for a while. */
  soon(filter: SessionFilter, sort: Sort | null): void;
  /** Something else is asked: what was to be made soon is not. */
  busy(): void;
}

/** Keeps the orders asked for last; they are made on a connection beside that of the questions. */
export function keptOrders(beside: Asking): KeptOrders {
  const known = lately<Uint32Array | null>();
  let resting: ReturnType<typeof setTimeout> | undefined;
  const places = (filter: SessionFilter, sort: Sort | null) =>
    known(JSON.stringify([filter, sort]), async () => {
      const { sql, values } = conditionOf(filter);
      const order = `SELECT CAST(rowid AS UINTEGER) FROM sessions ${sql} ORDER BY ${orderOf(sort)}`;
      return Uint32Array.from((await beside.columns(order, values))[0] as number[]);
    }).catch(() => null);
  const busy = () => clearTimeout(resting);
  const soon = (filter: SessionFilter, sort: Sort | null) => {
    busy();
    resting = setTimeout(() => void places(filter, sort), REST_MS);
  };
  return { places, soon, busy };
}

/** Answers by what was asked, the last few of them kept; one that failed is asked again. */
export function lately<T>(most = 4): (key: string, ask: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, ask) => {
    const found = known.get(key) ?? ask();
    known.delete(key);
    known.set(key, found);
    found.catch(() => known.delete(key));
    for (const old of [...known.keys()].slice(0, -most)) known.delete(old);
    return found;
  };
}
