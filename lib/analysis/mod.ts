/**
 * The questions of this project, asked of cells and sessions with `lib/stats`. Pure: no files, network, clock or chance
 * of its own. What depends on counts and sums takes `Cell[]`; only distributions take `Session[]`. Claims and topics have
 * doors of their own, `claims/mod.ts` and `topics/mod.ts`.
 *
 * @module
 */
export * from "./cost/mod.ts";
export * from "./counts/mod.ts";
export * from "./explain/mod.ts";
export * from "./failure/mod.ts";
export * from "./judged/mod.ts";
export * from "./success/mod.ts";
export * from "./truth/mod.ts";
