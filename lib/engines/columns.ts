import type { Session } from "../model/mod.ts";
import { EngineError } from "./engine.ts";

/** What a column holds, as far as it matters here, and what the engine calls it. */
export interface ColumnType {
  /** `nulls`: nothing but nulls, which fits any column that may be null. */
  kind: "text" | "number" | "nulls" | "other";
  type: string;
}

/** What the fields of a session are, as columns. */
export interface SessionColumn {
  kind: "text" | "integer" | "real";
  nullable: boolean;
}

/** Columns of a table of sessions, in the order of `Session`. */
export const SESSION_COLUMNS = {
  sessionId: { kind: "text", nullable: false },
  id: { kind: "text", nullable: false },
  run: { kind: "text", nullable: false },
  benchmark: { kind: "text", nullable: false },
  harness: { kind: "text", nullable: false },
  deployment: { kind: "text", nullable: false },
  model: { kind: "text", nullable: false },
  success: { kind: "integer", nullable: true },
  officialSuccess: { kind: "integer", nullable: true },
  totalTokens: { kind: "integer", nullable: false },
  inputTokens: { kind: "integer", nullable: true },
  cachedTokens: { kind: "integer", nullable: true },
  outputTokens: { kind: "integer", nullable: true },
  calls: { kind: "integer", nullable: false },
  durationS: { kind: "real", nullable: false },
  wallClockS: { kind: "real", nullable: true },
  toolErrors: { kind: "integer", nullable: true },
  errorSpans: { kind: "integer", nullable: false },
  failureMode: { kind: "text", nullable: true },
  judgeModel: { kind: "text", nullable: true },
  judgeConfidence: { kind: "text", nullable: true },
  judgeReasoning: { kind: "text", nullable: true },
  judgeReliability: { kind: "text", nullable: true },
  recordedUsd: { kind: "real", nullable: true },
} as const satisfies Record<keyof Session, SessionColumn>;

/** A column's name in SQL. */
export const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Checks that a table has every column of a session, of the right kind, before anything is asked of it.
 *
 * @throws {EngineError} naming each column that is missing or of another kind, and what to do
 */
export function checkColumns(source: string, found: ReadonlyMap<string, ColumnType>): void {
  const wanted = Object.entries(SESSION_COLUMNS);
  const missing = wanted.filter(([name]) => !found.has(name)).map(([name]) => name);
  if (missing.length) {
    throw new EngineError(
      source,
      `a table of sessions needs the column${missing.length > 1 ? "s" : ""} ${missing.join(", ")} too; ` +
        "load it with `deno task import SOURCE --to ...`, or give the engine a view that has them",
    );
  }
  const wrong = wanted.flatMap(([name, { kind, nullable }]) => {
    const column = found.get(name)!;
    const expected = kind === "text" ? "text" : "number";
    return column.kind === expected || (nullable && column.kind === "nulls")
      ? []
      : [`column "${name}": expected ${describe(name, expected)}, found ${column.type}`];
  });
  if (wrong.length) {
    throw new EngineError(source, `${wrong.join("; ")}; give the engine a view that casts what is of another type`);
  }
}

function describe(name: string, kind: "text" | "number"): string {
  return name === "success" || name === "officialSuccess"
    ? "a number (0, 1 or null)"
    : kind === "text"
    ? "text"
    : "a number";
}
