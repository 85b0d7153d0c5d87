import { z } from "zod";
import type { Counted } from "../../traces/mod.ts";
import { SPAN_FIELDS, type SpanField } from "./span_fields.ts";
import type { MessageLayout } from "../messages/layout.ts";
import { GRADE_ORIGINS, type GradeOrigin } from "../../model/mod.ts";

/**
 * Where a value is: the name of a column or attribute, `parent.child` inside another one (a name may hold dots itself:
 * `attributes.gen_ai.request.model`), a `?` at the end where it may be missing, or a constant for what the data does not
 * say. Of several, the first that is not null counts, and one has to be there unless all may be missing.
 */
export type Field = Place | readonly Place[];
/** A path to a value, or the value itself. */
export type Place = string | { readonly constant: string };

/**
 * Which column or attribute of a source is what: the one thing to edit for data of one's own. The built-in ones are
 * the JSON files beside this one; a user's own is a file of the same shape.
 */
export interface Mapping {
  /** For messages. */
  name: string;
  /** `rows`: one row a session (Parquet, JSONL); `otlp`: one span at a time, grouped into sessions by `session.sessionId`. */
  form: "rows" | "otlp";
  /** Where a session has its parts; what the data does not have may be left out where it is optional here. */
  session: {
    sessionId: Field;
    benchmark: Field;
    harness: Field;
    models: Field;
    collectedAt?: Field | undefined;
    totalTokens?: Field | undefined;
    /** The task, the same for every session on it. */
    taskId?: Field | undefined;
    /** Which attempt at the task. */
    trial?: Field | undefined;
    /** The batch of sessions made together. */
    run?: Field | undefined;
    /** USD that the source recorded for the agent's calls. */
    recordedUsd?: Field | undefined;
  };
  /** Grades; left out where the source has none. */
  grades?: {
    /** Who graded; not known unless given. */
    origin?: GradeOrigin | undefined;
    /** True, false, 0 or 1; a number between is null. */
    success?: Field | undefined;
    score?: Field | undefined;
    status?: Field | undefined;
    agentUsd?: Field | undefined;
    benchmarkUsd?: Field | undefined;
  } | undefined;
  /** The column that lists the spans of a session (`rows` only). */
  spans: string;
  /** Where a span has its parts; names are relative to the span. What the data does not have may be left out. */
  span: Record<NeededSpanField, Field> & { [F in SpanField]?: Field | undefined };
  /**
   * Whether the parts of a call's tokens are counted `inside` the input (or output), which is what is taken where nothing is
   * said, or `beside` it: see `TOKEN_CONVENTIONS` of `lib/traces/tokens.ts` for who counts how.
   */
  tokens?:
    | { cached?: Counted | undefined; cacheWrite?: Counted | undefined; reasoning?: Counted | undefined }
    | undefined;
  /** Which spans are model calls: those whose `field` is one of `values`. Others are counted and left out. */
  modelCall: {
    field: Field;
    values: string[];
    /** What a span without the field is. */
    whenMissing: boolean;
  };
  /** Where a record has its conversation, in the place of `spans` (a mapping of form `messages`). */
  layout?: MessageLayout | undefined;
  /** Which columns are what where each row is a session summed up (a mapping of form `table`). */
  columns?: Readonly<Record<string, Field>> | undefined;
  /** The encoding that tokens were counted in where they were not recorded; not read from a file. */
  tokensCounted?: "o200k_base" | undefined;
  /** Columns or attributes kept as metadata; `rest` keeps every column that is not used above, and of OTLP the resource's. */
  metadata: "rest" | string[];
}

/** The parts of a span without which nothing can be said of a call. */
export type NeededSpanField =
  | "spanId"
  | "startTime"
  | "endTime"
  | "inputTokens"
  | "outputTokens"
  | "inputMessages"
  | "outputMessages";

const NEEDED = [
  "spanId",
  "startTime",
  "endTime",
  "inputTokens",
  "outputTokens",
  "inputMessages",
  "outputMessages",
] as const satisfies readonly NeededSpanField[];

const place = z.union([z.string().min(1), z.strictObject({ constant: z.string().min(1) })], {
  error: 'expected a name, or { "constant": "…" }',
});
/** Checks a {@link Field}. */
export const field: z.ZodType<Field> = z.union([place, z.array(place).min(1)], {
  error: 'expected a name, a list of names, or { "constant": "…" }',
});

const counted = z.enum(["inside", "beside"]);

/** Checks a {@link Mapping}. */
export const mappingSchema = z.strictObject({
  name: z.string().min(1),
  form: z.enum(["rows", "otlp"]),
  session: z.strictObject({
    sessionId: field,
    benchmark: field,
    harness: field,
    models: field,
    collectedAt: field.optional(),
    totalTokens: field.optional(),
    taskId: field.optional(),
    trial: field.optional(),
    run: field.optional(),
    recordedUsd: field.optional(),
  }),
  grades: z.strictObject({
    origin: z.enum(GRADE_ORIGINS).optional(),
    success: field.optional(),
    score: field.optional(),
    status: field.optional(),
    agentUsd: field.optional(),
    benchmarkUsd: field.optional(),
  }).optional(),
  spans: z.string().min(1),
  span: z.strictObject(Object.fromEntries(SPAN_FIELDS.map((f) => [f, field])) as Record<SpanField, typeof field>)
    .partial().required(Object.fromEntries(NEEDED.map((f) => [f, true])) as Record<NeededSpanField, true>),
  tokens: z.strictObject({ cached: counted.optional(), cacheWrite: counted.optional(), reasoning: counted.optional() })
    .optional(),
  modelCall: z.strictObject({ field, values: z.array(z.string()).min(1), whenMissing: z.boolean() }),
  layout: z.undefined().optional(),
  columns: z.undefined().optional(),
  metadata: z.union([z.literal("rest"), z.array(z.string().min(1))], { error: 'expected "rest" or a list of names' }),
}) satisfies z.ZodType<Mapping>;
