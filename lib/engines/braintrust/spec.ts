import type { BraintrustWhere } from "../../braintrust/mod.ts";
import { EngineError } from "../engine.ts";

/** A project, and which of its sessions. */
export interface BraintrustSpec {
  /** The project's name. */
  project: string;
  /** Which of its sessions. */
  where: BraintrustWhere;
}

/**
 * Reads `braintrust:PROJECT`, or `braintrust:PROJECT@FROM..TO` for sessions that began between two days (TO excluded).
 *
 * @throws {EngineError} when no project is named
 */
export function parseBraintrust(spec: string): BraintrustSpec {
  const rest = spec.replace(/^braintrust:/, "");
  const bounded = /^(.+)@(\d{4}-\d\d-\d\d[^@]*)\.\.(\d{4}-\d\d-\d\d[^@]*)$/.exec(rest);
  const [project = rest, from, to] = bounded?.slice(1) ?? [];
  if (!project) {
    throw new EngineError(spec, "expected braintrust:PROJECT or braintrust:PROJECT@2026-01-01..2026-02-01");
  }
  return { project, where: { ...(from ? { from } : {}), ...(to ? { to } : {}) } };
}
