import type { ModelRate } from "../../analysis/mod.ts";
import type { Figure, FigureContext } from "../../figures/kit/figure.ts";
import { int, pct, plural } from "../../figures/kit/format.ts";
import { emptyBlock, frame } from "../../figures/kit/frame.ts";
import { naming } from "../../figures/kit/names.ts";
import { bodyWidth } from "../../figures/kit/narrow.ts";
import { byName } from "../../figures/kit/order.ts";
import { rateBars } from "../../figures/kit/rate_bars.ts";
import { BAR, INK } from "../../figures/kit/theme.ts";
import { WILSON_LABEL } from "../../figures/kit/short.ts";

/** The harness held fixed: models on SWE-bench under `claude_code`. `rows` are of that harness and benchmark alone. */
export function drawSwebenchClaudeCode(rows: readonly ModelRate[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const sorted = rows.toSorted((a, b) => b.rate - a.rate || b.n - a.n || byName(a.model, b.model));
  const [best, worst] = [sorted[0], sorted.at(-1)];
  return frame({
    name: names.figure("swebench-claude-code"),
    title: best && worst && best !== worst
      ? `Under one harness the models are ${int(100 * (best.rate - worst.rate))} points apart on SWE-bench`
      : "Models on SWE-bench under Claude Code",
    subtitle: "Success of each model on SWE-bench with the harness held fixed (Claude Code).",
    description: sorted.map((row) => `${names.model(row.model)} ${pct(row.rate)} of ${int(row.n)}.`).join(" ") ||
      "No session of Claude Code on SWE-bench.",
    legend: [
      { mark: "square", color: BAR, label: "success rate" },
      { mark: "whisker", color: INK.text, label: WILSON_LABEL },
    ],
    width: context.width,
    body: [
      sorted.length
        ? rateBars(sorted.map((row) => ({ ...row, label: names.model(row.model), color: BAR })), {
          width,
          full: width,
          rowHeight: 30,
        })
        : emptyBlock("No scored session of Claude Code on SWE-bench.", width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(sorted.reduce((sum, row) => sum + row.n, 0), "scored session")} of ${
        plural(sorted.length, "model")
      }.`,
      "No cut-off.",
    ],
  });
}
