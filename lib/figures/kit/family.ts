/** A row that says which family of suites its benchmark belongs to. */
export type InFamily<T> = T & { family: string };

/** The families of rows, in order of name. */
export function familiesOf(rows: readonly { family: string }[]): string[] {
  return [...new Set(rows.map((row) => row.family))].sort();
}

/** A family as a part of a figure's name: letters and digits of any script, in lower case, joined by hyphens. */
export function familySlug(family: string): string {
  return family.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join("-") ?? "unnamed";
}

/** A family's suites in a sentence: `conversational suites`; `all suites` stays so. */
export function familySuites(family: string): string {
  return /\bsuites?$/.test(family) ? family : `${family} suites`;
}
