/** ISO 8601 of milliseconds since 1970; null where a value is no such number. */
export function millisTime(value: unknown): string | null {
  return typeof value === "number" && value > 0 && value < 8.64e15 ? new Date(value).toISOString() : null;
}
