import { cellsOf, modelsUnder } from "../../analysis/mod.ts";
import { HELD_FIXED } from "../held_fixed.ts";
import { ifAny, question } from "../../questions/mod.ts";
import { drawSwebenchClaudeCode } from "../figures/swebench_claude_code.ts";

/** The harness held fixed: models on SWE-bench under Claude Code. */
export const swebenchClaudeCode = question({
  name: "swebench-claude-code",
  title: "How far apart are the models on SWE-bench under Claude Code?",
  chapter: "success",
  needs: ["cells"],
  nothing: "no scored session of Claude Code on SWE-bench",
  ask: (dataset) => ifAny(modelsUnder(cellsOf(dataset), HELD_FIXED.harness, HELD_FIXED.benchmark)),
  draw: (rows, context) => [drawSwebenchClaudeCode(rows, context)],
});
