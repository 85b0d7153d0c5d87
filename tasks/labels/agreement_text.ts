import type { RaterPair } from "../../lib/analysis/mod.ts";
import { plural } from "../../lib/figures/mod.ts";
import { type Label, latestLabels } from "../../lib/model/mod.ts";

/** Who labelled how many sessions, and how far each two of them agree, a line each. */
export function agreementLines(labels: readonly Label[], raters: readonly RaterPair[]): string[] {
  const people = Map.groupBy(latestLabels(labels), ({ rater }) => rater);
  const counted = [...people].map(([rater, own]) => {
    const of = (verdict: Label["verdict"]) => own.filter((label) => label.verdict === verdict).length;
    return `${rater}: ${plural(own.length, "session")} (${of(1)} solved, ${of(0)} not, ${of(null)} cannot tell)`;
  });
  const agreed = raters.map(({ raters: [a, b], n, agree, kappa }) => {
    const how = kappa === null
      ? "no kappa: one of them only ever says one and the same"
      : `kappa ${kappa.estimate.toFixed(2)} (95%: ${kappa.lo.toFixed(2)} to ${kappa.hi.toFixed(2)})`;
    return `${a} and ${b} agree on ${agree} of ${n}; ${how}`;
  });
  return [...counted, ...(agreed.length || people.size < 2 ? agreed : ["No two people labelled the same session."])];
}
