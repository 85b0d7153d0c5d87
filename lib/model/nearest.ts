/**
 * The names most like one that is not there, for an error that helps: by the number of letters to insert, leave out, replace
 * or swap (Damerau's distance in its restricted form), capitals and separators aside. Names that have nothing to do with it
 * are left out.
 *
 * @example
 * ```ts
 * import { nearest } from "agent-trace-lab/model";
 * nearest("web-shop", ["airline", "webshop", "retail"]); // ["webshop"]
 * ```
 */
export function nearest(name: string, names: Iterable<string>, most = 3): string[] {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_.:/-]/g, "");
  const wanted = plain(name);
  return [...new Set(names)].map((other) => {
    const found = plain(other);
    const within = wanted.length > 2 && (found.includes(wanted) || (found.length > 2 && wanted.includes(found)));
    return {
      other,
      distance: within ? 1 : editDistance(wanted, found),
      limit: Math.max(wanted.length, found.length) / 2,
    };
  })
    .filter(({ distance, limit }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.other < b.other ? -1 : 1))
    .slice(0, most)
    .map(({ other }) => other);
}

function editDistance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
      }
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/**
 * `a, b and 3 more`: names in a sentence, the first `most` of them.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { listed } from "agent-trace-lab/model";
 * equal(listed(["a", "b", "c"], 2), "a, b and 1 more");
 * ```
 */
export function listed(names: readonly string[], most = 12): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
