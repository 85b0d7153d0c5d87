import { bundleOf, type Showable } from "./bundle.ts";
import { type Display, kernelDisplay } from "./display.ts";

/**
 * Shows a figure, a table, prose or the source's banner below the cell, and returns when it has arrived. Always awaited:
 * a cell's last expression may get lost, an awaited `show` does not.
 */
export async function show(shown: Showable, display: Display = kernelDisplay): Promise<void> {
  await display(bundleOf(shown), {});
}
