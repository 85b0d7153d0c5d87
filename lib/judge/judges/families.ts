import { z } from "zod";
import { checkRow, modelFamily, RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import builtIn from "./families.json" with { type: "json" };

/** Which names belong to a family of models: those that share training, whatever their size, date or provider. */
export interface FamilyRule {
  /** The family's name. */
  family: string;
  /** A regular expression, without regard to case, over the name's last part (`azure/gpt-4o-mini`: `gpt-4o-mini`), else over all of it. */
  pattern: string;
}

const rulesSchema: z.ZodType<FamilyRule[]> = z.array(z.strictObject({
  family: z.string().min(1),
  pattern: z.string().min(1).refine((text) => {
    try {
      return Boolean(new RegExp(text, "iu"));
    } catch {
      return false;
    }
  }, "expected a regular expression"),
}));

/** The family of a model by its name. */
export type FamilyOf = (model: string) => string;

/** What a name says of size, tuning and version once the family is known by nothing else. */
const VARIANT =
  /[-_:@](mini|nano|micro|tiny|small|medium|large|lite|light|flash|turbo|fast|pro|max|plus|ultra|preview|latest|exp|instruct|chat|it|thinking|reasoning|free|batch|\d+(\.\d+)?[bm]|v?\d{3,8}|\d{4}-\d{2}-\d{2})$/;

/**
 * Tells families: a model must not judge its own, and `gpt-4o-mini` is `gpt-4o`'s. The first rule that fits decides, own
 * ones before the built-in ones; a name that none fits is its own family, without size, date and tuning.
 *
 * @example
 * ```ts
 * import { modelFamilies } from "agent-trace-lab/judge";
 *
 * const familyOf = modelFamilies([{ family: "gpt-4o", pattern: "^our-judge" }]);
 * console.log(familyOf("azure/gpt-4o-mini-2024-07-18")); // gpt-4o
 * console.log(familyOf("our-judge-prod")); // gpt-4o
 * console.log(familyOf("acme/agent-1-mini")); // agent-1
 * ```
 */
export function modelFamilies(own: readonly FamilyRule[] = []): FamilyOf {
  const rules = [...own, ...builtIn].map(({ family, pattern }) => ({ family, pattern: new RegExp(pattern, "iu") }));
  return (model) => {
    const name = model.slice(model.lastIndexOf("/") + 1).toLowerCase().replace(/^ft:/, "");
    const whole = model.toLowerCase();
    const rule = rules.find(({ pattern }) => pattern.test(name)) ?? rules.find(({ pattern }) => pattern.test(whole));
    if (rule) return rule.family;
    let family = modelFamily(model);
    for (let shorter = family.replace(VARIANT, ""); shorter !== family; shorter = family.replace(VARIANT, "")) {
      family = shorter;
    }
    return family;
  };
}

/**
 * Reads a user's own families from the text of a JSON file: `[{ "family": "gpt-4o", "pattern": "^our-judge" }]`.
 *
 * @throws {RowError} naming the file and the field at fault
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseFamilies } from "agent-trace-lab/judge";
 * const [rule] = parseFamilies('[{ "family": "house", "pattern": "^house-" }]', "families.json");
 * equal(rule?.family, "house");
 * ```
 */
export function parseFamilies(json: string, source: string): FamilyRule[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RowError(
      source,
      null,
      "",
      `not JSON (${jsonFault(error)}); families are a list of { family, pattern }`,
    );
  }
  return checkRow(rulesSchema, value, source, null);
}
