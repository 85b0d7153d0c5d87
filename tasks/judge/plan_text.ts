import type { Bill, Plan, RunReport } from "../../lib/judge/mod.ts";
import { plural } from "../../lib/model/plural.ts";

const number = (n: number) => n.toLocaleString("en");

/** USD to the cent; a price that is not known is not $0. */
export function usdText(usd: number | null): string {
  return usd === null ? "unknown price" : `$${usd.toFixed(2)}`;
}

/** The plan as shown before anything is asked. */
export function planText(plan: Plan): string {
  const lines = [
    `${plural(plan.sessions, "session")}, ${plural(plan.done, "verdict")} already there, ${number(plan.jobs)} to ask`,
    ...plan.byJudge.map((p) =>
      `  ${p.judge}: ${plural(p.jobs, "session")}, ${number(p.inputTokens)} tokens in, about ${
        number(p.outputTokens)
      } out, ${usdText(p.usd)}`
    ),
  ];
  if (plan.jobs) lines.push(`  together ${usdText(plan.usd)}`);
  if (plan.meanShareShown !== null) {
    lines.push(`  shown of a transcript: ${Math.floor(plan.meanShareShown * 1000) / 10}% on average`);
  }
  const calls = Object.entries(plan.calls).map(([role, n]) => `${number(n)} ${role}`).join(", ");
  if (calls) lines.push(`  model calls told apart: ${calls} (--roles to change)`);
  for (const { role, calls, probability } of plan.uncertainCalls) {
    const [least, most] = probability.map((p) => `${Math.round(100 * p)}%`);
    lines.push(
      `  ${number(calls)} may be a ${role}'s (${
        least === most ? least : `${least} to ${most}`
      } likely): not sure enough, they stay the agent's (--roles to say whose)`,
    );
  }
  if (plan.same) lines.push(`  ${number(plan.same)} the same as another of this plan, asked once`);
  if (plan.generalRubric.length) {
    lines.push(`  no rubric of their own, general one used: ${plan.generalRubric.join(", ")}`);
  }
  if (plan.withoutText) {
    lines.push(`  ${plural(plan.withoutText, "has", "have")} no recorded texts: nothing to judge, not asked`);
  }
  if (plan.unreadable.length) {
    const n = plan.unreadable.length;
    lines.push(
      `  ${plural(n, "row is", "rows are")} set aside and ${n === 1 ? "gets" : "get"} no verdict:`,
    );
    for (const { source, row, fault } of plan.unreadable.slice(0, 5)) {
      lines.push(`    ${fault.startsWith(source) ? "" : `${source}, row ${row}: `}${fault}`);
    }
    if (n > 5) lines.push(`    and ${number(n - 5)} more`);
  }
  return lines.join("\n");
}

/** What a run did, in a few lines. */
export function reportText(
  report: RunReport,
  out: string,
  asked: "verdicts" | "scans" | "facets" = "verdicts",
): string {
  const { verdicts, successes, bill, billWithEarlier } = report;
  const lines = [
    `${out}: ${
      asked === "facets"
        ? `${number(verdicts.judged + verdicts["cannot tell"])} described`
        : `${number(verdicts.judged)} ${asked === "scans" ? "looked at" : "judged"} (${number(successes)} ${
          asked === "scans" ? "with it" : "solved"
        }), ${number(verdicts["cannot tell"])} cannot tell`
    }, ${number(verdicts.refused)} refused, ${number(verdicts.unreadable)} unreadable; ${
      plural(bill.calls, "request")
    }, ${billText(bill)}`,
  ];
  if (billWithEarlier.calls > bill.calls || billWithEarlier.atMostUsd !== bill.atMostUsd) {
    lines.push(
      `with earlier runs on this file: ${plural(billWithEarlier.calls, "request")}, ${billText(billWithEarlier)}`,
    );
  }
  const zeros = asked === "verdicts" ? verdicts.judged - successes : 0;
  if (zeros) lines.push(`${number(report.failingSteps)} of ${plural(zeros, "verdict")} of 0 name the failing step`);
  if (report.quotesDropped) {
    lines.push(
      `  ${plural(report.quotesDropped, "quotation does", "quotations do")} not stand in the call named, and ${
        report.quotesDropped === 1 ? "was" : "were"
      } dropped`,
    );
  }
  if (report.reasoningTooLong) {
    lines.push(`${plural(report.reasoningTooLong, "reason is", "reasons are")} longer than asked for, and marked`);
  }
  if (report.setAside) {
    lines.push(`${number(report.setAside)} set aside, see ${out}.set-aside.jsonl; run again to ask again`);
  }
  if (report.stopped) lines.push(`stopped: ${report.stopped}; ${number(report.left)} left, run again to go on`);
  return lines.join("\n");
}

/** What is known of a bill, and what it may be where a call's cost is not known. */
export function billText({ knownUsd, likelyUsd, atMostUsd, unknownCalls }: Bill): string {
  if (unknownCalls === 0) return usdText(knownUsd);
  const calls = `${number(unknownCalls)} ${unknownCalls === 1 ? "call" : "calls"} of unknown cost`;
  if (knownUsd === null) return `${usdText(null)}, ${calls}`;
  return `${usdText(knownUsd)} known, ${usdText(likelyUsd)} likely, ${usdText(atMostUsd)} at most (${calls})`;
}
