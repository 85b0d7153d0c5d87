/** What kind of task a benchmark holds: benchmarks of one family are alike in length, so that one rule may do for them. */
export type FamilyOf = (benchmark: string) => string;

/** No families: every benchmark is in the same one. */
export const oneFamily: FamilyOf = () => "all suites";
