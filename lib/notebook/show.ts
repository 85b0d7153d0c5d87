import { bundlesOf, type Showable } from "./bundle.ts";
import { type Display, kernelDisplay } from "./display.ts";

/**
 * Shows something below the cell, and returns when it has arrived. Always awaited: a cell's last expression may get lost, an
 * awaited `show` does not.
 *
 * ```ts
 * import { md, show } from "agent-trace-lab/notebook";
 *
 * await show("a text as it is");
 * await show([{ team: "a", solved: 3 }, { team: "b", solved: 5 }]);
 * await show(md`Success is **${"64%"}**.`);
 * ```
 *
 * @throws {TypeError} for what cannot be shown, saying what it is and what to do
 */
export async function show(shown: Showable, display: Display = kernelDisplay): Promise<void> {
  for (const bundle of bundlesOf(shown)) await display(bundle, {});
}
