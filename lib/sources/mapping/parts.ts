import type { GradeOrigin } from "../../model/mod.ts";
import type { SpanField } from "./span_fields.ts";

/** A row of a source taken apart: its columns, and the parts of each of its spans. */
export interface RowParts {
  columns: Record<string, unknown>;
  /** What was found out while spans were grouped into sessions; it is not looked up again. */
  known?: { sessionId: string; models: string[] };
  /** Null where the source has no list of spans; null elements are spans that are null. */
  spans: (SpanParts | null)[] | null;
  /** Whose grades the row has, where the rows of a source may differ in that. */
  origin?: GradeOrigin;
  /** Whether the source has verdicts on it that contradict each other: the first was taken. */
  contradicted?: boolean;
  /** Spans of tools that ran, by the id of the call that each answers; null where one does not say. */
  toolSpans?: (string | null)[];
  /** What was left out on the way here, counted by reason. */
  leftOut?: Record<string, number>;
}

/**
 * What a mapping placed of a span, and what says whether it is a model call. `tokens` is the convention by which its
 * counts were made, where the recorder's words say so and the mapping does not.
 */
export type SpanParts = Partial<Record<SpanField | "modelCall" | "tokens", unknown>>;
