import { type Claim, CLAIM_VERDICTS, type ClaimFile } from "../../analysis/claims/mod.ts";
import { int, plural } from "../../figures/mod.ts";
import { code, row, text } from "../../notebook/markdown.ts";
import type { PublishedClaimRow } from "../results.ts";
import { markdownTable, paragraphs } from "./told.ts";

/** How many published claims have which verdict; for other rows, that they are about the study's sessions. */
export function claimsCounted(rows: readonly PublishedClaimRow[], file: ClaimFile, ofStudy: boolean): string {
  if (!ofStudy) {
    return "No claims came with these sessions. One's own are decided below, or by `deno task claims --file FILE`.";
  }
  const tally = Map.groupBy(rows, (c) => c.verdict);
  const lines = CLAIM_VERDICTS.map((v) => row(v, int(tally.get(v)?.length ?? 0)));
  return paragraphs(
    `${plural(rows.length, "claim")} of *${text(file.source)}*:`,
    markdownTable(["verdict", "claims:"], lines),
  );
}

/** One claim with its expressions and its verdict; empty where it is not decided. */
export function claimTraced(claim: Claim | undefined, decided: PublishedClaimRow | undefined): string {
  if (!claim || !decided) return "";
  const field = (source: string | undefined) => source === undefined ? "-" : code(source);
  const lines = [
    `| value | ${field(claim.value)} |`,
    `| distinct | ${field(claim.distinct)} |`,
    `| ground truth | ${field(claim.ground_truth)} |`,
    `| published, ours | ${String(decided.published)}, ${String(decided.value)} |`,
  ];
  return paragraphs(
    `**${text(claim.claim)}**: ${decided.verdict}. ${text(decided.why)}`,
    markdownTable(["field", ""], lines),
  );
}
