/**
 * A record with its names in snake_case, as files have them. Only the record's own names change, not those inside.
 *
 * @example
 * ```ts
 * import { snakeCased } from "./columns.ts";
 *
 * console.log(snakeCased({ sessionId: "a", usdAtMost: 1 })); // { session_id: "a", usd_at_most: 1 }
 * ```
 */
export function snakeCased(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), value]),
  );
}

/** A record of a file with its names in camelCase; names that were so already (earlier versions wrote them) stay. */
export function camelCased(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map((
      [name, value],
    ) => [name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()), value]),
  );
}
