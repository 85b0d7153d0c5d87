import { fileValues } from "../readers/values.ts";
import type { LocalFile } from "../readers/reading.ts";

/** Rows that are looked at to tell what a file is: some formats begin with lines of bookkeeping. */
const ROWS = 50;

/** The first rows of a file of JSON, and why there are none where that is so. */
export async function firstRows({ path, format }: LocalFile): Promise<{ rows: unknown[]; fault: string | null }> {
  const rows: unknown[] = [];
  let fault: string | null = null;
  for await (const line of fileValues({ path, format })) {
    if ("value" in line) rows.push(line.value);
    else fault ??= line.fault;
    if (rows.length >= ROWS) break;
  }
  return { rows, fault };
}
