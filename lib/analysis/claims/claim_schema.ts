import { z } from "zod";

/** How a claim's value is held against the one it states. */
export const CLAIM_TESTS = ["near", "at_least", "at_most", "is_true"] as const;

const expression = z.string().trim().min(1, "expected a JSONata expression");

const claimSchema: z.ZodType<Claim> = z.preprocess(
  statedOf,
  z.strictObject({
    id: z.string().min(1),
    /** Which finding of a text it belongs to; decides the link. */
    finding: z.string().min(1).default("own"),
    claim: z.string().min(1),
    /** The value that the claim states. */
    stated: z.number(),
    unit: z.string().min(1).default("number"),
    /** Our value: JSONata over `results.json`, one number or true / false. */
    value: expression,
    tolerance: z.number().nonnegative().nullable().default(null),
    test: z.enum(CLAIM_TESTS),
    /** True where the value can be told from its rivals in its own data. */
    distinct: expression.optional(),
    /** True where the claim holds against official grades. */
    ground_truth: expression.optional(),
    /** What it means where the value is not there: the claim is of other data, unless it says that it is contradicted. */
    if_missing: z.enum(["not in these data", "contradicted"]).default("not in these data"),
    /** Why it cannot be decided here. */
    not_testable: z.string().min(1).optional(),
    /** JSONata that gives an object with any of `lo`, `hi` and `n` of the value. */
    interval: expression.optional(),
    /** JSONata that puts into words what `value`, `distinct`, `ground_truth` saw. */
    value_why: expression.optional(),
    distinct_why: expression.optional(),
    ground_truth_why: expression.optional(),
    /** Where a reader finds the rows behind it; otherwise that of its finding. */
    link: z.string().min(1).optional(),
  }).refine((c) => c.test === "is_true" || c.tolerance !== null, {
    path: ["tolerance"],
    message: "near, at_least and at_most need a tolerance (0 for none)",
  }),
);

/** `published` is another name for `stated`. */
function statedOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || "stated" in value || !("published" in value)) return value;
  const { published: stated, ...fields } = value;
  return { ...fields, stated };
}

const fileSchema: z.ZodType<ClaimFile> = z.strictObject({
  source: z.string().default("not said"),
  /** Where each finding is worked out: a notebook and its section. */
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
  /** The value that the claim states. */
  stated: number;
  /** What it is measured in. */
  unit: string;
  /** Our value: JSONata over `results.json`, one number or true / false. */
  value: string;
  /** How far ours may be from it; null for `is_true`. */
  tolerance: number | null;
  /** How the two are held against each other. */
  test: typeof CLAIM_TESTS[number];
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
 * @throws {ClaimError} naming file, claim and field, when something is missing, unknown, of the wrong kind, or an id is
 *   there twice
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
  const seen = new Set<string>();
  for (const { id } of parsed.data.claims) {
    if (seen.has(id)) throw new ClaimError(`${source}, claim "${id}": this id is there twice; ids must differ`);
    seen.add(id);
  }
  return parsed.data;
}

function claimAt(value: unknown, index: number): string {
  const claims = (value as { claims?: { id?: unknown }[] }).claims;
  const id = claims?.[index]?.id;
  return typeof id === "string" ? `claim "${id}"` : `claim number ${index + 1}`;
}
