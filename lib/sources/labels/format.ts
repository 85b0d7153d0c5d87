import type { Label } from "../../model/mod.ts";
import type { LabelNames } from "./words.ts";

/** A row of a CSV, an element of a JSON list, a line of JSON. */
export type LabelRecord = Record<string, unknown>;

/** Makes labels of each record; one of which none can be made is set aside, and the others go on. */
export type EachRecord = (
  records: readonly LabelRecord[],
  make: (record: LabelRecord, i: number) => Label[],
) => Label[];

/** How a tool writes what people say. */
export interface LabelFormat {
  /** By which it is asked for. */
  id: string;
  /** In words. */
  help: string;
  /** Whether records are of this kind, told by the first that has something to tell. */
  is(record: Record<string, unknown>): boolean;
  /** Labels of records (of a CSV's rows, a JSON list, JSON lines), made record by record through `each`. */
  read(records: readonly LabelRecord[], path: string, names: LabelNames, each: EachRecord): Label[];
  /** Labels as text that the tool imports. */
  write(labels: readonly Label[]): string;
}
