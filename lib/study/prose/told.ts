import type { Dataset } from "../../model/mod.ts";
import { type FigureContext, type Naming, naming } from "../../figures/mod.ts";
import { inProse } from "../../notebook/markdown.ts";
import { isStudy } from "../is_study.ts";
import { publishedValues } from "../published.ts";
import { publishedClaimFile } from "../results.ts";

/** What the sentences of a notebook are told beside their rows. */
export interface Told {
  /** How names read, as they stand in Markdown. */
  names: Naming;
  /** Whether the rows are the study's: only then is anything said of the published text. */
  ofStudy: boolean;
  /** A published value by the id of its claim. */
  said: (id: string) => number;
}

/** What a notebook on this dataset tells its sentences. */
export function toldOf(dataset: Dataset, context: Pick<FigureContext, "names">): Told {
  return { names: inProse(naming(context)), ofStudy: isStudy(dataset), said: publishedValues(publishedClaimFile()) };
}

/** Paragraphs of Markdown; those that are empty are left out. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.filter(Boolean).join("\n\n");
}

/** A table of Markdown. Columns whose head ends in a colon are of numbers, to the right. */
export function markdownTable(heads: readonly string[], lines: readonly string[]): string {
  const rule = heads.map((head) => head.endsWith(":") ? "---:" : "---");
  const names = heads.map((head) => head.replace(/:$/, ""));
  return [`| ${names.join(" | ")} |`, `| ${rule.join(" | ")} |`, ...lines].join("\n");
}
