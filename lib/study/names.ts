import type { NameKind, Names } from "../model/mod.ts";
import { INK } from "../figures/mod.ts";
import { familySlug } from "../figures/kit/family.ts";

/** Labels of the study's names; one that is not listed is shown as it is. */
const LABELS: Readonly<Record<NameKind, Readonly<Record<string, string>>>> = {
  harness: {
    claude_code: "Claude Code",
    openai_solo: "OpenAI Solo",
    smolagents_code: "Smolagents",
    tool_calling: "Tool calling",
    tool_calling_with_shortlisting: "Shortlisting",
  },
  benchmark: {
    appworld: "AppWorld",
    browsecompplus: "BrowseComp+",
    swebench: "SWE-bench",
    tau2_airline: "tau2 airline",
    tau2_retail: "tau2 retail",
    tau2_telecom: "tau2 telecom",
  },
  model: {
    "claude-opus-4-5": "Claude Opus 4.5",
    "deepseek-v3.2": "DeepSeek V3.2",
    "gemini-3-pro": "Gemini 3 Pro",
    "gpt-4.1": "GPT-4.1",
    "gpt-5.2": "GPT-5.2",
    "kimi-k2.5": "Kimi K2.5",
  },
};

/** Their colours: told apart in grey and under the common colour-vision deficiencies. */
const COLORS: Readonly<Record<NameKind, Readonly<Record<string, string>>>> = {
  harness: {
    claude_code: "#c45f20",
    openai_solo: "#004b22",
    smolagents_code: "#6ca4ed",
    tool_calling: "#723ea6",
    tool_calling_with_shortlisting: "#e4c21c",
  },
  benchmark: {
    appworld: "#4a235f",
    browsecompplus: "#219abf",
    swebench: "#9a576c",
    tau2_airline: "#535625",
    tau2_retail: "#e1957b",
    tau2_telecom: "#95dcc0",
  },
  model: {
    "claude-opus-4-5": "#a16435",
    "deepseek-v3.2": "#435295",
    "gemini-3-pro": "#0b9fd5",
    "gpt-4.1": "#68164d",
    "gpt-5.2": "#b4b943",
    "kimi-k2.5": "#54ebe6",
  },
};

/** Figures and tables of each notebook; a suite family's figure is named after its family. */
const NOTEBOOKS: Readonly<Record<string, readonly string[]>> = {
  "01": ["conversation", "coverage", "logs", "model-coverage"],
  "02": ["failing-steps", "judge-agreement", "judge-confidence"],
  "03": [
    "config-benchmark-heatmap",
    "harness-model-heatmap",
    "harness-panels",
    "harness-report-card",
    "league",
    "paired-configs",
    "plan",
    "pooled-vs-balanced",
    "pooled-vs-balanced-without-swebench",
    "reliability-quadrant",
    "reliability-quadrant-without-swebench",
    "repeats",
    "swebench-claude-code",
    "table",
    "task-items",
    "winners",
  ],
  "04": ["effect-sensitivity", "harness-effect", "variance-explained"],
  "05": ["cost-per-success", "cost-quality-frontier", "failed-vs-successful", "rank-change", "suite-frontiers"],
  "06": [
    "contamination",
    "failed-tokens",
    "failure-modes",
    "failure-modes-pooled",
    "guardrail",
    "judge-terms",
    "thrash-or-give-up",
    "tool-errors",
    "topics",
  ],
  "07": [
    "agreement",
    "audit",
    "coefficients",
    "duplicates",
    "gaps",
    "judge-vs-official",
    "overturn",
    "variants",
    "what-explains-success",
  ],
};

const NUMBERED: ReadonlyMap<string, string> = new Map(
  [
    ...Object.entries(NOTEBOOKS).flatMap(([number, figures]) =>
      figures.map((figure) => [figure, `${number}-${figure}`] as const)
    ),
    ["published-claims", "08-claims"],
  ],
);

/** Figures with one file a suite family. */
const BY_FAMILY = ["cost-per-success", "failed-tokens"] as const;

/** What the file of a family is called, where that is not the family's own name. */
const FAMILY_FILES: Readonly<Record<string, string>> = { [familySlug("coding and search")]: "coding" };

/**
 * How the study's names read: its labels and colours, benchmarks and the others in order of name, and figures under the
 * number of the notebook that shows them. Names of other data read as they are and take the colours that are left.
 */
export const studyNames: Names = {
  label: (kind, name) => own(LABELS[kind], name) ?? name,
  colorsOf: (kind, names) => {
    const present = [...new Set(names)].sort();
    const free = Object.entries(COLORS[kind]).filter(([name]) => !present.includes(name)).map(([, color]) => color);
    return new Map(present.map((name) => [name, own(COLORS[kind], name) ?? free.shift() ?? INK.faint]));
  },
  figureName: (figure) => {
    const numbered = NUMBERED.get(figure);
    if (numbered) return numbered;
    const kind = BY_FAMILY.find((one) => figure.startsWith(`${one}-`));
    if (!kind) return figure;
    const family = figure.slice(kind.length + 1);
    return `${NUMBERED.get(kind)}-${own(FAMILY_FILES, family) ?? family}`;
  },
};

function own(of: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
