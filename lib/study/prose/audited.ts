import type { DuplicateRow } from "../../analysis/mod.ts";
import { fixed, int, times } from "../../figures/mod.ts";
import { md, row } from "../../notebook/markdown.ts";
import type { SuspectRow } from "../audit.ts";
import type { CustomerEvidence, TokensPerCallRow } from "../customer_calls.ts";
import type { HeadlineVariantRow } from "../variants.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** Whose calls the customer's model made; empty for other rows. */
export function customersCalls(
  evidence: CustomerEvidence | null,
  calls: readonly TokensPerCallRow[],
  { names, ofStudy }: Told,
): string {
  if (!ofStudy) return "";
  const lines = calls.filter((r) => r.model === evidence?.model).map((r) => {
    const peer = `${int(r.peer_tokens_per_call)} (${r.peer ? names.config(r.peer) : "none"})`;
    const suite = [names.benchmark(r.benchmark), names.harness(r.harness)];
    return row(...suite, int(r.sessions), int(r.tokens_per_call), peer, times(r.ratio, 1));
  });
  return paragraphs(
    "**Whose calls are the sessions of GPT-4.1?** The three tau2 suites play a customer with a model of their own, a GPT-4.1 " +
      "by default.",
    evidence ? names.sentence(evidence.sentence) : "No session of GPT-4.1 is in this source.",
    lines.length
      ? markdownTable(["suite", "harness", "sessions:", "tokens a call:", "fewest of any peer:", "times less:"], lines)
      : "",
  );
}

/** What deserves a second look: copies, very short sessions, and, in the study, what its judge did not read. */
export interface Audited {
  /** Sessions that repeat another one; null where tokens or durations, by which they would show, are known of none. */
  copies: readonly DuplicateRow[] | null;
  /** Very short sessions; null where sessions are not at hand. */
  short: readonly SuspectRow[] | null;
  /** Sessions longer than what was read; null as above. */
  long: readonly SuspectRow[] | null;
  /** Reasons about the tool list; null where not known. */
  reasons: { sessions: number; reasonsAboutToolList: number; ofTheseJudgedSuccessful: number } | null;
}

/** The audit as a table; a line that is not known in these rows is left out. */
export function audited({ copies, short, long, reasons }: Audited, { ofStudy }: Told): string {
  const total = (rows: readonly SuspectRow[]) => int(rows.reduce((sum, r) => sum + r.suspect, 0));
  const lines = [
    row(
      "copies of a session under another id: same tokens, calls, and duration to the last digit",
      copies ? int(copies.reduce((sum, r) => sum + r.copies, 0)) : "not known",
    ),
    ...(ofStudy && reasons
      ? [
        row(
          "of the shortlisting harness, whose reason grades its own tool-list prompt",
          `${int(reasons.reasonsAboutToolList)} of ${int(reasons.sessions)}`,
        ),
        row("… of these judged solved", int(reasons.ofTheseJudgedSuccessful)),
      ]
      : []),
    ...(ofStudy && long
      ? [row("with calls longer on average than the 45,000 characters the judge read", total(long))]
      : []),
    ...(short ? [row("of two calls or fewer", total(short))] : []),
  ];
  return markdownTable(["what", "sessions:"], lines);
}

/** Every headline with and without the sessions in question; empty for other rows. */
export function headlinesWithout(variants: readonly HeadlineVariantRow[], { names, ofStudy }: Told): string {
  if (!ofStudy) return "";
  const choices = [...new Set(variants.map((v) => v.variant))];
  const lines = [...Map.groupBy(variants, (v) => v.title)].map(([title, of]) =>
    row(
      names.sentence(title),
      ...of.map(({ holds, value }) =>
        holds === null || value === null ? "n/a" : md`${holds ? "holds" : "**fails**"} (${fixed(value, 2)})`
      ),
    )
  );
  return paragraphs(
    "**Every headline without them.**",
    markdownTable(["headline", ...choices.map(names.sentence)], lines),
    "In brackets what the headline is read from, above zero where it holds (below zero for shortlisting): " +
      `${[...new Set(variants.map((v) => names.sentence(v.measure)))].join("; ")}.`,
  );
}
