import defaults from "./defaults.json" with { type: "json" };
import { type FamilyOf, modelFamilies } from "./families.ts";

/** Who judges, and where, unless told otherwise: the settings of `defaults.json`. */
export const DEFAULT_JUDGES: {
  readonly judge: string;
  /** Judges the sessions of the judge's own model family. */
  readonly otherJudge: string;
  readonly baseUrl: string;
} = defaults;

const builtInFamilies = modelFamilies();

/**
 * Which judge a session goes to: the one asked for, unless it is of the same model family as the agent, which would then
 * grade itself; then the other one.
 *
 * @param deployment model string of the agent as logged
 * @param familyOf the built-in families when not given
 * @throws {Error} when both judges are of the agent's family.
 */
export function judgeFor(
  deployment: string,
  judge: string,
  otherJudge: string,
  familyOf: FamilyOf = builtInFamilies,
): string {
  const family = familyOf(deployment);
  if (familyOf(judge) !== family) return judge;
  if (familyOf(otherJudge) !== family) return otherJudge;
  throw new Error(
    `no model judges its own family: ${deployment} is of the family "${family}", and so are the judge ${judge} and the ` +
      `other judge ${otherJudge}; give another one with --other-judge, or say with --families which names are whose`,
  );
}
