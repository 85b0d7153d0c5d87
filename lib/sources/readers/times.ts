/** A time as a line of a log has it, whatever its form: it is read where the call is. */
export type RecordedTime = string | number | bigint | null;

/** The time that a value is: text, or a number since 1970; null where it is something else. */
export function recordedTime(value: unknown): RecordedTime {
  return (typeof value === "string" && value !== "") || typeof value === "number" || typeof value === "bigint"
    ? value
    : null;
}
