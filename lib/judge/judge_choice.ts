import { modelFamily } from "../model/mod.ts";

/**
 * Which judge a session goes to: the one asked for, unless it is of the same model family as the agent, which would then
 * grade itself; then the other one.
 *
 * @param deployment model string of the agent as logged
 * @throws {Error} when both judges are of the agent's family.
 */
export function judgeFor(deployment: string, judge: string, otherJudge: string): string {
  const family = modelFamily(deployment);
  if (modelFamily(judge) !== family) return judge;
  if (modelFamily(otherJudge) !== family) return otherJudge;
  throw new Error(
    `no model judges its own family: ${deployment} is of the family "${family}", and so are the judge ${judge} and the ` +
      `other judge ${otherJudge}; give another one with --other-judge`,
  );
}
