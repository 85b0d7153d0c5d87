import { type NameKind, viewHref } from "../../model/mod.ts";
import type { Naming } from "./names.ts";
import { escapeXml } from "./text.ts";

/** What a mark may be of: names by kind, in the order of the packed rows. */
export type PackedNames = Readonly<Record<NameKind, readonly string[]>>;

/**
 * Names by kind, in the order in which figures draw them.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { naming, packedNames } from "agent-trace-lab/figures";
 * const cells = [{ benchmark: "code", harness: "b", model: "m" }, { benchmark: "code", harness: "a", model: "m" }];
 * deepEqual(packedNames(cells, naming({})), { benchmark: ["code"], harness: ["a", "b"], model: ["m"] });
 * ```
 */
export function packedNames(cells: readonly Readonly<Record<NameKind, string>>[], naming: Naming): PackedNames {
  const of = (kind: NameKind) => naming.order(kind, cells.map((cell) => cell[kind]));
  return { benchmark: of("benchmark"), harness: of("harness"), model: of("model") };
}

const KINDS: readonly NameKind[] = ["benchmark", "harness", "model"];

/** What stands between names in the first line of a mark's title, and what ends them. */
const BETWEEN = / · | on |, |: |$/y;

/** Finds the names that a mark's title begins with. */
export type NamesOf = (title: string) => Partial<Record<NameKind, number>>;

/**
 * Reads which benchmark, harness and model a mark is of from its title, whose lines may begin with them:
 * `HARNESS · MODEL on BENCHMARK: …`, in any part and order. A line is read up to the first words that are no name; a name that
 * two kinds share is of the first that has none yet.
 */
export function namesOf(packed: PackedNames, naming: Naming): NamesOf {
  const known = KINDS.flatMap((kind) => packed[kind].map((name, index) => ({ kind, index, label: naming[kind](name) })))
    .sort((a, b) => b.label.length - a.label.length);
  return (title) => {
    const found: Partial<Record<NameKind, number>> = {};
    for (const line of title.split("\n")) {
      for (let at = 0; at < line.length;) {
        const next = known.find(({ kind, label }) =>
          found[kind] === undefined && line.startsWith(label, at) && ends(line, at + label.length) !== null
        );
        if (!next) break;
        found[next.kind] = next.index;
        const end = at + next.label.length;
        at = end + ends(line, end)!;
        // After a colon come numbers.
        if (line[end] === ":") break;
      }
    }
    return found;
  };
}

/** How long what ends a name at `at` is; null where the name goes on. */
function ends(title: string, at: number): number | null {
  BETWEEN.lastIndex = at;
  const found = BETWEEN.exec(title);
  return found ? found[0].length : null;
}

const MARK = /<(rect|circle|path|line|text|g)(\s[^<>]*)?><title>([^<]*)<\/title>/g;

/**
 * A figure's marks with what they are of (`data-b`, `data-h`, `data-m`: places in the packed names). A title stands once, on the
 * first mark that is no text; others that have the same say which it is (`data-t`) and no more, so that a reader of marks meets
 * each once.
 */
export function markNames(svg: string, of: NamesOf): string {
  const marks = [...svg.matchAll(MARK)].map(([, tag, , title]) => ({ tag, title: title! }));
  const first = new Map<string, number>();
  marks.forEach(({ tag, title }, i) => tag !== "text" && !first.has(title) && first.set(title, i));
  marks.forEach(({ title }, i) => !first.has(title) && first.set(title, i));
  const order = [...first].sort((a, b) => a[1] - b[1]).map(([title]) => title);
  const place = new Map(order.map((title, i) => [title, i]));
  let at = -1;
  return svg.replace(MARK, (_, tag: string, attributes = "", title: string) => {
    at++;
    const names = of(plain(title));
    const data = KINDS.flatMap((kind) => names[kind] === undefined ? [] : [` data-${kind[0]}="${names[kind]}"`]).join(
      "",
    );
    return first.get(title) === at
      ? `<${tag}${attributes}${data}><title>${title}</title>`
      : `<${tag}${attributes} data-t="${place.get(title)}">`;
  });
}

const WHOLE_MARK = /<(rect|circle|path|line)(\s[^<>]*)?><title>([^<]*)<\/title><\/\1>/g;

/**
 * A figure's marks as links to the sessions that they are of, in the workbench at an origin such as `http://127.0.0.1:4650`;
 * what is of no name leads nowhere.
 *
 * @example
 * ```ts
 * import { match } from "node:assert/strict";
 * import { linkMarks, naming } from "agent-trace-lab/figures";
 * const names = { benchmark: ["code"], harness: ["loop"], model: ["m"] };
 * const linked = linkMarks("<rect><title>loop · m: 3 of 5</title></rect>", names, naming({}), "http://127.0.0.1:4650");
 * match(linked, /<a href="http:\/\/127\.0\.0\.1:4650\/#\/\?harness=loop&amp;model=m"/);
 * ```
 */
export function linkMarks(svg: string, packed: PackedNames, naming: Naming, origin: string): string {
  const of = namesOf(packed, naming);
  return svg.replace(WHOLE_MARK, (mark, _tag, _attributes, title: string) => {
    const found = Object.entries(of(plain(title))) as [NameKind, number][];
    if (found.length === 0) return mark;
    const filter = Object.fromEntries(found.map(([kind, at]) => [kind, { in: [packed[kind][at]!] }]));
    return `<a href="${escapeXml(`${origin}${viewHref(filter)}`)}" target="_blank" rel="noopener">${mark}</a>`;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  amp: "&",
  nbsp: "\u00a0",
};

/** Text of an element as it is read. */
export function plain(text: string): string {
  return text.replace(/&(lt|gt|quot|#39|amp|nbsp);/g, (_, name: string) => ENTITIES[name] ?? "");
}
