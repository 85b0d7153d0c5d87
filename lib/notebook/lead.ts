import { type FigureContext, linkMarks, naming, packedNames } from "../figures/mod.ts";
import type { Dataset } from "../model/mod.ts";

let linked: (svg: string) => string = (svg) => svg;

/**
 * Makes the marks of figures that are shown from here on links to the sessions that they are of, in the workbench. Where that
 * runs is said by `TRACES_VIEW` (`deno task view SOURCE --port 4650` prints it); without it nothing is linked. Files that are saved
 * have no links.
 *
 * @example
 * ```ts
 * import { loadDataset } from "agent-trace-lab";
 * import { leadTo } from "agent-trace-lab/notebook";
 * leadTo(await loadDataset("data/examples/sessions.jsonl"), {}, "http://127.0.0.1:4650");
 * leadTo(null);
 * ```
 *
 * @param dataset whose names the marks have; null for no links
 * @param context as the figures are drawn with
 */
export function leadTo(
  dataset: Dataset | null,
  context: Pick<FigureContext, "names"> = {},
  view: string | undefined = Deno.env.get("TRACES_VIEW"),
): void {
  linked = (svg) => svg;
  if (!dataset || !view) return;
  const origin = view.replace(/\/+$/, "");
  const names = naming(context), packed = packedNames(dataset.cells, names);
  linked = (svg) => linkMarks(svg, packed, names, origin);
}

/** A figure as it is shown. */
export const withLinks = (svg: string): string => linked(svg);
