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
  const claims = rows.filter((c) => c.view_of === null), views = rows.filter((c) => c.view_of !== null);
  const count = (of: readonly PublishedClaimRow[], verdict: string) =>
    int(of.filter((c) => c.verdict === verdict).length);
  const lines = CLAIM_VERDICTS.map((v) => row(v, count(claims, v), count(views, v)));
  const failed = claims.filter((c) => c.verdict === "does not survive ground truth");
  const apart = failed.filter((c) => c.graded?.comparable === false);
  const open = claims.filter((c) => c.verdict === "reproduced" && c.graded?.outcome === "cannot tell");
  return paragraphs(
    `${plural(claims.length, "claim")} of *${text(file.source)}*, and ${
      plural(views.length, "further number")
    } of them:`,
    markdownTable(["verdict", "claims:", "further numbers:"], lines),
    `Of ${plural(failed.length, "claim")} that ${failed.length === 1 ? "does" : "do"} not survive the grades ` +
      `${int(apart.length)} ${
        apart.length === 1 ? "is" : "are"
      } not like for like: judged and graded sessions of their suites ` +
      "are not the same amount of work. " +
      `Of those reproduced, ${int(open.length)} ${
        open.length === 1 ? "is" : "are"
      } neither confirmed nor refuted by grades.`,
  );
}

/** One claim with its expressions and its verdict; empty where it is not decided. */
export function claimTraced(claim: Claim | undefined, decided: PublishedClaimRow | undefined): string {
  if (!claim || !decided) return "";
  const field = (source: string | undefined) => source === undefined ? "-" : code(source);
  const lines = [
    `| value | ${field(claim.value)} |`,
    `| about | ${claim.about} |`,
    `| effect | ${field(claim.effect)} |`,
    `| by the grades | ${field(claim.graded ?? claim.graded_value ?? claim.ground_truth)} |`,
    `| like for like | ${field(claim.comparable)} |`,
    `| published, ours | ${String(decided.published)}, ${String(decided.value)} |`,
  ];
  return paragraphs(
    `**${text(claim.claim)}**: ${decided.verdict}. ${text(decided.why)}`,
    markdownTable(["field", ""], lines),
  );
}
