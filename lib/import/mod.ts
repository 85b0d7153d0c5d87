/** From a source of recorded sessions to files: span rows, the sessions table, a manifest. @module */
export { ImportError } from "./begin.ts";
export { type ImportOptions, type ImportSource, importTraces } from "./import.ts";
export type { ImportIdentity, SetAside } from "./journal.ts";
export type { Manifest } from "./manifest.ts";
export { type AsideReason, AsideReasons } from "./reasons.ts";
export { type SourceTold, tellSource, toldByManifest } from "./tell.ts";
export type { TextsTold } from "./texts_told.ts";
export { redactOptions } from "./redact_options.ts";
