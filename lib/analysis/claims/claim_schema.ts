import { z } from "zod";

/** How a claim's value is held against the one it states; `effect`: only its effect is tested. */
export const CLAIM_TESTS = ["near", "at_least", "at_most", "is_true", "effect"] as const;

/**
 * What a claim is about, and so what its interval is for: the rows that are there (a count, a sum), new sessions of these
 * cells, new runs of them, new cells of the same levels, new tasks.
 */
export const CLAIM_ESTIMANDS = ["these rows", "these cells", "new runs", "new cells", "new tasks"] as const;

/** What a claim says of its effect: above 0, below 0, not below 0 by more than its margin, 0 within its margin. */
export const CLAIM_SAYS = ["above", "below", "not below", "same"] as const;

/** Words that a quotation may have. */
export const MOST_QUOTED_WORDS = 15;

const expression = z.string().trim().min(1, "expected a JSONata expression");

const claimSchema: z.ZodType<Claim> = z.preprocess(
  statedOf,
  z.strictObject({
    id: z.string().min(1),
    finding: z.string().min(1).default("own"),
    claim: z.string().min(1),
    quote: z.string().refine((text) => text.trim().split(/\s+/).length <= MOST_QUOTED_WORDS, {
      message: `expected at most ${MOST_QUOTED_WORDS} words of the text`,
    }).optional(),
    section: z.string().min(1).optional(),
    view_of: z.string().min(1).optional(),
    about: z.enum(CLAIM_ESTIMANDS).default("these rows"),
    stated: z.number(),
    unit: z.string().min(1).default("number"),
    value: expression,
    tolerance: z.number().nonnegative().nullable().default(null),
    test: z.enum(CLAIM_TESTS),
    says: z.enum(CLAIM_SAYS).default("above"),
    margin: z.number().nonnegative().default(0),
    effect: expression.optional(),
    effect_unit: z.string().min(1).optional(),
    graded: expression.optional(),
    graded_value: expression.optional(),
    comparable: expression.optional(),
    not_agents: expression.optional(),
    distinct: expression.optional(),
    ground_truth: expression.optional(),
    if_missing: z.enum(["not in these data", "contradicted"]).default("not in these data"),
    not_testable: z.string().min(1).optional(),
    interval: expression.optional(),
    value_why: expression.optional(),
    distinct_why: expression.optional(),
    ground_truth_why: expression.optional(),
    graded_why: expression.optional(),
    link: z.string().min(1).optional(),
  }).refine((c) => c.test === "is_true" || c.test === "effect" || c.tolerance !== null, {
    path: ["tolerance"],
    message: "near, at_least and at_most need a tolerance (0 for none)",
  }).refine((c) => c.test !== "effect" || c.effect !== undefined, {
    path: ["effect"],
    message: "a claim tested by its effect needs one",
  }).refine((c) => c.graded === undefined || c.effect !== undefined, {
    path: ["graded"],
    message: "a graded effect needs the judged one: give effect, or graded_value for a value",
  }).refine((c) => c.margin > 0 || (c.says !== "same" && c.says !== "not below"), {
    path: ["margin"],
    message: "same and not below need a margin: within how much",
  }),
);

/** What is stated where a claim does not say: an effect is held against 0, and what is true states that it is. */
const STATED: Readonly<Record<string, number>> = { effect: 0, is_true: 1 };

/** `published` is another name for `stated`. */
function statedOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || "stated" in value) return value;
  if ("published" in value) {
    const { published: stated, ...fields } = value;
    return { ...fields, stated };
  }
  const test = "test" in value ? String(value.test) : "";
  return Object.hasOwn(STATED, test) ? { ...value, stated: STATED[test] } : value;
}

const fileSchema: z.ZodType<ClaimFile> = z.strictObject({
  source: z.string().default("not said"),
  links: z.record(z.string(), z.string().min(1)).default({}),
  claims: z.array(claimSchema),
});

/** A claim as data: the value it states, how to compute ours, how to hold one against the other. */
export interface Claim {
  /** Its name: one word of a file. */
  id: string;
  /** Which finding of a text it belongs to; decides the link. */
  finding: string;
  /** What is claimed, in a sentence. */
  claim: string;
  /** The text's own words, 15 at most. */
  quote?: string | undefined;
  /** Where in the text they stand. */
  section?: string | undefined;
  /** The claim that this is another number of: one finding is one claim with views. */
  view_of?: string | undefined;
  /** What it is about; its intervals are for that. */
  about: typeof CLAIM_ESTIMANDS[number];
  /** The value that the claim states. */
  stated: number;
  /** What it is measured in. */
  unit: string;
  /** Our value: JSONata over `results.json`, one number or true / false. */
  value: string;
  /** How far ours may be from it; null for `is_true` and `effect`. */
  tolerance: number | null;
  /** How the two are held against each other. */
  test: typeof CLAIM_TESTS[number];
  /** What it says of `effect`, on either side. */
  says: typeof CLAIM_SAYS[number];
  /** For `same` and `not below`: within how much, in the effect's unit. */
  margin: number;
  /** What is tested, by the judged data: JSONata that gives `estimate`, `lo`, `hi`, and `p` where there is one. */
  effect?: string | undefined;
  /** What the effect is measured in; points for a rate, else the value's unit. */
  effect_unit?: string | undefined;
  /** The same by the grades, like for like: tested by the same rule. */
  graded?: string | undefined;
  /** The value by the grades, with its interval: the stated one has to be in it. */
  graded_value?: string | undefined;
  /** Whether judged and graded sessions are the same kind of work. */
  comparable?: string | undefined;
  /** True, or the sessions, where it rests on sessions that are not an agent's. */
  not_agents?: string | undefined;
  /** True where the value can be told from its rivals in its own data. */
  distinct?: string | undefined;
  /** True where the claim holds against official grades. */
  ground_truth?: string | undefined;
  /** What it means where the value is not there. */
  if_missing: "not in these data" | "contradicted";
  /** Why it cannot be decided here. */
  not_testable?: string | undefined;
  /** JSONata that gives an object with any of `lo`, `hi` and `n` of the value. */
  interval?: string | undefined;
  /** JSONata that puts into words what `value` saw. */
  value_why?: string | undefined;
  /** The same of `distinct`. */
  distinct_why?: string | undefined;
  /** The same of `ground_truth`. */
  ground_truth_why?: string | undefined;
  /** The same of `graded` or `graded_value`, after what they say. */
  graded_why?: string | undefined;
  /** Where a reader finds the rows behind it; otherwise that of its finding. */
  link?: string | undefined;
}

/** Claims with where they are from. */
export interface ClaimFile {
  /** What is claimed there: a text, a person, a run. */
  source: string;
  /** Where each finding is worked out: a notebook and its section. */
  links: Record<string, string>;
  /** The claims, in the file's order. */
  claims: Claim[];
}

/** An expression that these data do not answer: an aggregate of nothing, arithmetic on what is not there. */
export class UnansweredError extends Error {
  /** The class's name. */
  override readonly name = "UnansweredError";
}

/** A claim that cannot be decided because the claim itself is at fault: its file, id and expression are named. */
export class ClaimError extends Error {
  /** The class's name. */
  override readonly name = "ClaimError";
}

/**
 * Checks a claims file that has been read as JSON.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseClaims } from "agent-trace-lab/claims";
 * const claim = { id: "half", claim: "half are solved", stated: 0.5, value: "totals.successes / totals.scored" };
 * const file = parseClaims({ claims: [{ ...claim, test: "at_least", tolerance: 0 }] }, "mine.json");
 * equal(file.claims[0]?.stated, 0.5);
 * ```
 *
 * @param source the file's name, for errors
 * @throws {ClaimError} naming file, claim and field, when something is missing, unknown, of the wrong kind, an id is there
 *   twice, or a view is of no claim
 */
export function parseClaims(value: unknown, source: string): ClaimFile {
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const path = first?.path ?? [];
    const at = path[0] === "claims" && typeof path[1] === "number" ? claimAt(value, path[1]) : "the file";
    const field = path.slice(at === "the file" ? 0 : 2).join(".");
    throw new ClaimError(`${source}, ${at}${field && `, field "${field}"`}: ${first?.message ?? "not valid"}`);
  }
  const byId = new Map<string, Claim>();
  for (const claim of parsed.data.claims) {
    if (byId.has(claim.id)) {
      throw new ClaimError(`${source}, claim "${claim.id}": this id is there twice; ids must differ`);
    }
    byId.set(claim.id, claim);
  }
  for (const { id, view_of } of parsed.data.claims) {
    const of = view_of === undefined ? null : byId.get(view_of);
    if (of === null || (of && of.view_of === undefined)) continue;
    const found = of ? `"${view_of}" is itself a view` : `no claim is called "${view_of}"`;
    throw new ClaimError(`${source}, claim "${id}", field "view_of": ${found}; name a claim that is not a view`);
  }
  return parsed.data;
}

function claimAt(value: unknown, index: number): string {
  const claims = (value as { claims?: { id?: unknown }[] }).claims;
  const id = claims?.[index]?.id;
  return typeof id === "string" ? `claim "${id}"` : `claim number ${index + 1}`;
}
