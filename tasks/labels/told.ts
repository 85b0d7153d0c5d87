import type { Label, RowError } from "../../lib/model/mod.ts";
import { asideText, readLabels } from "../../lib/sources/mod.ts";
import { note } from "../say.ts";

/** The last words of people in a file of labels; records that are none are told. */
export async function labelsTold(path: string): Promise<Label[]> {
  const aside: RowError[] = [];
  const labels = await readLabels(path, (fault) => aside.push(fault));
  if (aside.length) note(`${path}: ${asideText(aside)}`);
  return labels;
}
