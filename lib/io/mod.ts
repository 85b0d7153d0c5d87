/**
 * The ground floor of all that touches the world: files, JSON lines, HTTP, waiting, the clock, progress.
 *
 * @module
 */
export * from "./bounded.ts";
export { bundledScript } from "./bundle.ts";
export * from "./cache.ts";
export * from "./clock.ts";
export * from "./csv.ts";
export * from "./download.ts";
export * from "./file_name.ts";
export * from "./files.ts";
export * from "./http.ts";
export { interFaces } from "./inter.ts";
export * from "./json_lines.ts";
export * from "./ledger.ts";
export { locked } from "./lock.ts";
export * from "./package_file.ts";
export * from "./pieces.ts";
export * from "./progress.ts";
export * from "./retry.ts";
export * from "./sha256.ts";
export * from "./write.ts";
