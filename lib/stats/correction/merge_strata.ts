/** A group of sessions from which labels can be bought. */
export interface LabelStratum {
  /** Its name. */
  stratum: string;
  /** Sessions in it. */
  sessions: number;
  /** Sessions of it that have a label already. */
  labelled: number;
  /** Standard deviation of what a label adds: of Y - lambda F, or of Y where there are no verdicts. */
  sd: number;
}

/** A stratum with the names of those that it was made of. */
export interface MergedStratum extends LabelStratum {
  of: string[];
}

/**
 * Merges the smallest strata, two at a time, until every one has at least `floor` sessions and the budget brings each up to
 * `floor` labels. A merged stratum varies within its parts as they do (their mean variance) and between them by what is not
 * known here, so its deviation is the larger of theirs.
 */
export function mergedStrata(strata: readonly LabelStratum[], budget: number, floor: number): MergedStratum[] {
  let merged: MergedStratum[] = strata.map((s) => ({ ...s, of: [s.stratum] }));
  const missing = () => merged.reduce((sum, s) => sum + Math.max(0, Math.min(floor, s.sessions) - s.labelled), 0);
  while (merged.length > 1 && (merged.some((s) => s.sessions < floor) || missing() > budget)) {
    const [a, b] = [...merged].sort((x, y) => x.sessions - y.sessions) as [MergedStratum, MergedStratum];
    const both: MergedStratum = {
      stratum: `${a.stratum} + ${b.stratum}`,
      of: [...a.of, ...b.of],
      sessions: a.sessions + b.sessions,
      labelled: a.labelled + b.labelled,
      sd: Math.max(a.sd, b.sd),
    };
    const place = Math.min(merged.indexOf(a), merged.indexOf(b));
    merged = merged.flatMap((s, i) => i === place ? [both] : s === a || s === b ? [] : [s]);
  }
  return merged;
}
