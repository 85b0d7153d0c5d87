import type { Label } from "../../model/mod.ts";
import type { LabelNames } from "./words.ts";

/** How a tool writes what people say. */
export interface LabelFormat {
  /** By which it is asked for. */
  id: string;
  /** In words. */
  help: string;
  /** Whether records are of this kind, told by the first that has something to tell. */
  is(record: Record<string, unknown>): boolean;
  /** Labels of records (of a CSV's rows, a JSON list, JSON lines). */
  read(records: readonly Record<string, unknown>[], path: string, names: LabelNames): Label[];
  /** Labels as text that the tool imports. */
  write(labels: readonly Label[]): string;
}
