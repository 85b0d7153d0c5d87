import type { FigureContext } from "./figure.ts";
import { plural } from "./format.ts";
import { naming } from "./names.ts";

/** What figures of the best are told beside their rows. */
export interface AgentsContext extends FigureContext {
  /** Models whose sessions are not an agent's and were left out; none unless given. */
  leftOut?: readonly { model: string; sessions: number }[];
}

/** A caption's sentence on models that were left out; none where none was. */
export function leftOutWords({ leftOut = [], ...context }: AgentsContext): string[] {
  if (!leftOut.length) return [];
  const names = naming(context);
  const models = leftOut.map(({ model, sessions }) => `${plural(sessions, "session")} of ${names.model(model)}`);
  return [`Left out: ${models.join(", ")}, very likely not an agent's.`];
}
