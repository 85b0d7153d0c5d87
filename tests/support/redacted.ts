import type { Redacted } from "../../lib/model/mod.ts";
import { redactValue } from "../../lib/traces/mod.ts";

/** Values as a writer takes them. */
export const allRedacted = <T>(values: readonly T[]): Redacted<T>[] => values.map((value) => redactValue(value).value);
