import { z } from "zod";

/**
 * A secret that its own form gives away: it begins with something fixed, and goes on with so many characters of a kind.
 * Data, so that a project can bring its own; regular expressions are tried on one bounded piece of text only.
 */
export interface TokenRule {
  /** Unique among all rules. */
  id: string;
  /** What is written in the secret's place and counted; the id unless told. */
  kind?: string | undefined;
  /** How it begins, case mattering; any one of these. */
  begins: string[];
  /** Characters that may follow, as between the brackets of a regular expression, a hyphen last: `A-Za-z0-9_-`. */
  chars: string;
  /** Least number of characters after the beginning. */
  least: number;
  /** Most of them; a longer run is something else. No limit unless told. */
  most?: number | undefined;
  /** A regular expression for what follows the beginning, from its start. */
  shape?: string | undefined;
  /** A regular expression for what stands right before the beginning and belongs to the secret. */
  before?: string | undefined;
  /** Least Shannon entropy of what follows, bits a character. */
  entropy?: number | undefined;
  /** Least number of digits in what follows. */
  digits?: number | undefined;
  /** The beginning is short: only where a word begins. */
  strict?: boolean | undefined;
  /** A made-up secret; `~` stands for the beginning, so that no scanner takes the file for a leak. */
  example: string;
  /** Something like it that is none. */
  nearMiss: string;
}

/** A secret without a form of its own, told by the name that it is assigned to: `DATADOG_API_KEY=…`. */
export interface NamedRule {
  /** Unique among all rules. */
  id: string;
  /** What is written in the secret's place and counted; the id unless told. */
  kind?: string | undefined;
  /** Words of the name, in lower case; any one of these. */
  words: string[];
  /** A regular expression for the whole value. */
  value: string;
  /** A made-up assignment: what stays, and the secret. */
  example: [string, string];
  /** Something like it that is none. */
  nearMiss: string;
}

/** A rule of the redactor. */
export type SecretRule = TokenRule | NamedRule;

const name = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, "expected lower-case letters, digits and hyphens");
const pattern = z.string().refine(isPattern, "expected a regular expression");
const common = { id: name, kind: name.optional(), nearMiss: z.string() };

/** Checks a {@link TokenRule}. */
export const tokenRuleSchema: z.ZodType<TokenRule> = z.strictObject({
  ...common,
  begins: z.array(z.string().min(2)).min(1),
  chars: z.string().min(1).refine((chars) => isPattern(`[${chars}]`), "expected characters and ranges of them"),
  least: z.number().int().nonnegative(),
  most: z.number().int().positive().optional(),
  shape: pattern.optional(),
  before: pattern.optional(),
  entropy: z.number().nonnegative().optional(),
  digits: z.number().int().nonnegative().optional(),
  strict: z.boolean().optional(),
  example: z.string().includes("~"),
});

/** Checks a {@link NamedRule}. */
export const namedRuleSchema: z.ZodType<NamedRule> = z.strictObject({
  ...common,
  words: z.array(z.string().min(3).refine((word) => word === word.toLowerCase(), "expected lower case")).min(1),
  value: pattern,
  example: z.tuple([z.string().min(1), z.string().min(1)]),
});

/** Checks a list of rules of either sort. */
export const secretRulesSchema: z.ZodType<SecretRule[]> = z.array(z.union([tokenRuleSchema, namedRuleSchema]));

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** The kind that a rule writes and counts. */
export const kindOf = ({ id, kind }: SecretRule): string => kind ?? id;
