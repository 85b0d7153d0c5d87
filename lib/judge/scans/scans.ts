import { checkRow } from "../../model/mod.ts";
import { askedBy, ID_BEGINS } from "../rubrics/asked.ts";
import { type Rubric, rubricSchema } from "../rubrics/rubric.ts";
import index from "./index.json" with { type: "json" };

/** The built-in scans: rubrics that ask whether something is present in a session. */
export const SCANS: readonly Rubric[] = await Promise.all(index.map(async (name) => {
  const { default: value } = await import(`./${name}`, { with: { type: "json" } });
  return checkRow(rubricSchema, value, `lib/judge/scans/${name}`, null);
}));

/**
 * The name of a scan by the id of its rubric; null for the rubric of a verdict.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { scanOf } from "agent-trace-lab/judge";
 * equal(scanOf("scan.loops"), "loops");
 * equal(scanOf("general"), null);
 * ```
 */
export function scanOf(rubric: string): string | null {
  return askedBy(rubric) === "presence" ? rubric.slice(ID_BEGINS.presence.length) : null;
}

/**
 * Scans by name; `all` is every one.
 *
 * @throws {RangeError} for a name that there is not, with those that there are
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { scansNamed } from "agent-trace-lab/judge";
 * equal(scansNamed(["loops"])[0]?.id, "scan.loops");
 * ```
 */
export function scansNamed(names: readonly string[]): readonly Rubric[] {
  if (names.includes("all")) return SCANS;
  return names.map((name) => {
    const found = SCANS.find(({ id }) => id === `${ID_BEGINS.presence}${name}`);
    if (found) return found;
    throw new RangeError(`there is no scan ${name}; there are ${SCANS.map(({ id }) => scanOf(id)).join(", ")} and all`);
  });
}

/** What labels call the same as a built-in scan, by the scan's name. */
export const SCAN_MODES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  SCANS.map(({ id, modes = [] }) => [scanOf(id)!, modes]),
);
