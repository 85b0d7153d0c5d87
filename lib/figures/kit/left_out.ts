import type { FigureContext } from "./figure.ts";
import { plural } from "./format.ts";
import { naming } from "./names.ts";

/** What figures of the best are told beside their rows. */
export interface AgentsContext extends FigureContext {
  /** Models whose sessions are not an agent's and were left out; none unless given. */
  leftOut?: readonly { model: string; sessions: number }[];
  /** Models whose sessions are not an agent's, where they are drawn all the same; none unless given. */
  notAgents?: readonly string[];
}

/** A caption's sentence on models that are drawn though their sessions are not an agent's; none where none is. */
export function notAgentsWords(
  models: readonly string[],
  notAgents: readonly string[],
  context: FigureContext,
): string[] {
  const drawn = notAgents.filter((model) => models.includes(model)).map(naming(context).model);
  return drawn.length ? [`Sessions of ${drawn.join(", ")} are very likely not an agent's.`] : [];
}

/** A caption's sentence on models that were left out; none where none was. */
export function leftOutWords({ leftOut = [], ...context }: AgentsContext): string[] {
  if (!leftOut.length) return [];
  const names = naming(context);
  const models = leftOut.map(({ model, sessions }) => `${plural(sessions, "session")} of ${names.model(model)}`);
  return [`Left out: ${models.join(", ")}, very likely not an agent's.`];
}
