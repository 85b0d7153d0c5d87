import { basename } from "node:path";
import { study } from "../../lib/study/mod.ts";

/** The environment of a notebook: 00 is of one's own sessions, so it is never told of a source of the study. */
export function environmentOf(path: string, environment: Record<string, string>): Record<string, string> {
  const { TRACES_SOURCE: source = "" } = environment;
  const own = basename(path).startsWith("00-") && Object.hasOwn(study.sources, source);
  return own ? { ...environment, TRACES_SOURCE: "" } : environment;
}
