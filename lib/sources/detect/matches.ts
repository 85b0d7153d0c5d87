import type { Condition } from "./format.ts";
import { valuesAt } from "./paths.ts";

/** Whether a row fulfils a condition; `most` elements of a list are looked at. */
export function matches(row: unknown, condition: Condition, most?: number): boolean {
  const there = (path: string) => valuesAt(row, path, most).length > 0;
  return (condition.has ?? []).every(there) &&
    (condition.any ?? []).every((group) => group.some(there)) &&
    !(condition.without ?? []).some(there) &&
    Object.entries(condition.is ?? {}).every(([path, values]) =>
      valuesAt(row, path, most).some((value) => (values as readonly unknown[]).includes(value))
    ) &&
    Object.entries(condition.like ?? {}).every(([path, pattern]) =>
      valuesAt(row, path, most).some((value) => typeof value === "string" && pattern.test(value))
    );
}

/** How much of a condition a row fulfils, as a share and a number: what `has`, `any` and `is` ask for counts. */
export function closeness(row: unknown, condition: Condition): { share: number; fulfilled: number } {
  const asked = [
    ...(condition.has ?? []).map((path) => ({ has: [path] })),
    ...(condition.any ?? []).map((group) => ({ any: [group] })),
    ...Object.entries(condition.is ?? {}).map(([path, values]) => ({ is: { [path]: values } })),
    ...Object.entries(condition.like ?? {}).map(([path, pattern]) => ({ like: { [path]: pattern } })),
  ];
  const fulfilled = asked.filter((one) => matches(row, one)).length;
  return { share: asked.length ? fulfilled / asked.length : 0, fulfilled };
}

/** What of a condition a row lacks, in words. */
export function missing(row: unknown, condition: Condition): string[] {
  const lacks = (one: Condition) => !matches(row, one);
  return [
    ...(condition.has ?? []).filter((path) => lacks({ has: [path] })),
    ...(condition.any ?? []).filter((group) => lacks({ any: [group] })).map((group) => group.join(" or ")),
    ...Object.entries(condition.is ?? {}).filter(([path, values]) => lacks({ is: { [path]: values } }))
      .map(([path, values]) => `${path} ${values.map((value) => JSON.stringify(value)).join(" or ")}`),
  ];
}
