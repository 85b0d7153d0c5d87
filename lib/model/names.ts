/**
 * The family of a deployment: the part after the last `/`, lower case, without a trailing `-preview`, then without a
 * trailing date `-YYYY-MM-DD`. `cloud/acme/Large-2.5` is `large-2.5`; `Acme/small-4-2025-12-11` is `small-4`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { modelFamily } from "agent-trace-lab/model";
 * equal(modelFamily("acme/agent-2026-01-01"), "agent");
 * ```
 */
export function modelFamily(deployment: string): string {
  return deployment.slice(deployment.lastIndexOf("/") + 1).toLowerCase()
    .replace(/-preview$/, "").replace(/-\d{4}-\d{2}-\d{2}$/, "");
}

/**
 * `harness · model`, the name of a configuration: one harness driving one model family.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { configName } from "agent-trace-lab/model";
 * equal(configName("loop", "house-7b"), "loop · house-7b");
 * ```
 */
export function configName(harness: string, model: string): string {
  return `${harness} · ${model}`;
}

/** An id that a machine gave a run, in hexadecimal digits (a UUID's too), with a session's behind it. */
const RUN_AND_REST = /^([0-9a-f]{8}[0-9a-f-]*)_/i;

/**
 * The run that a session belongs to, where nothing but its id can say: the id of a run in hexadecimal digits that the
 * session's id begins with. What else stands before a `_` is no run (`session_17`, `django__django-11099`); such a session is
 * a run of its own.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { runOf } from "agent-trace-lab/model";
 * equal(runOf("a1f0c3d29b10_17"), "a1f0c3d29b10");
 * equal(runOf("session_17"), "session_17");
 * ```
 */
export function runOf(sessionId: string): string {
  return RUN_AND_REST.exec(sessionId)?.[1] ?? sessionId;
}

/** What a name is of. */
export type NameKind = "benchmark" | "harness" | "model";

/**
 * How the names of the data read and look in figures and tables. Functions of names alone, so that a name reads the same
 * everywhere; a name they do not know is returned as it is.
 */
export interface Names {
  /** What a reader sees for a name of the data. */
  label(kind: NameKind, name: string): string;
  /** A colour (`#rrggbb`) for each of the names given. */
  colorsOf(kind: NameKind, names: readonly string[]): Map<string, string>;
  /** The names given, in the order in which figures draw them; by code units where this is not given. */
  order?(kind: NameKind, names: readonly string[]): string[];
  /** The file name of a figure, where it is not the figure's own. */
  figureName?(name: string): string;
}
