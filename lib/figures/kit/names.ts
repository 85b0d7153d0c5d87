import { configName, type NameKind, type Names } from "../../model/mod.ts";
import type { FigureContext } from "./figure.ts";
import { byName } from "./order.ts";
import { INK, PALETTE } from "./theme.ts";

/** A palette handed out in the order given; grey once it is used up. */
function handOut(names: readonly string[]): Map<string, string> {
  return new Map(names.map((name, i) => [name, PALETTE[i] ?? INK.faint]));
}

/** Names as they are, in order of name, and the {@link PALETTE} by that order. */
export const plainNames: Names = {
  label: (_kind, name) => name,
  colorsOf: (_kind, names) => handOut([...new Set(names)].sort(byName)),
};

/**
 * Plain names with the colours settled beforehand, so that a name keeps its colour in every figure of a report whatever
 * else a figure shows: the palette by order of name over all names given. A name that is not among them is grey.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { settledNames, naming } from "agent-trace-lab/figures";
 * const names = settledNames({ benchmark: ["invoices"], harness: ["loop"], model: ["finch"] });
 * equal(naming({ names }).harness("loop"), "loop");
 * ```
 */
export function settledNames(all: Readonly<Record<NameKind, Iterable<string>>>): Names {
  const settled = {
    benchmark: plainNames.colorsOf("benchmark", [...all.benchmark]),
    harness: plainNames.colorsOf("harness", [...all.harness]),
    model: plainNames.colorsOf("model", [...all.model]),
  };
  return {
    ...plainNames,
    colorsOf: (kind, names) =>
      new Map([...new Set(names)].sort(byName).map((name) => [name, settled[kind].get(name) ?? INK.faint])),
  };
}

/** What may be a name inside a sentence. */
const WORD = /[A-Za-z0-9][\w.+-]*[A-Za-z0-9]/g;

/** What a figure asks of the names it was given; each function can be passed on by itself, as in `map(names.config)`. */
export interface Naming {
  /** A benchmark as it reads. */
  benchmark: (name: string) => string;
  /** A harness as it reads. */
  harness: (name: string) => string;
  /** A model family as it reads. */
  model: (name: string) => string;
  /** `harness · model`, both as they read. */
  config: (config: string) => string;
  /** A sentence, the names of the data in it as they read. */
  sentence: (said: string) => string;
  /** A colour for each name. */
  colors: (kind: NameKind, names: Iterable<string>) => Map<string, string>;
  /** Distinct names in drawing order. */
  order: (kind: NameKind, names: Iterable<string>) => string[];
  /** Groups by name in drawing order. */
  groups: <T>(kind: NameKind, groups: ReadonlyMap<string, T>) => [string, T][];
  /** A figure's own name: the file's, and the prefix of its ids. */
  figure: (name: string) => string;
}

/**
 * Labels, colours and order that a figure's context names, {@link plainNames} where it names none. A label is one line
 * whatever the data call it: a line break or a tab is a space, and what would turn the reading direction of the text around
 * it is shown as U+FFFD. A name without a visible character reads `(no name)`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { naming } from "agent-trace-lab/figures";
 * equal(naming({}).harness("plain loop"), "plain loop"); // names as they are
 * ```
 */
export function naming({ names = plainNames }: Pick<FigureContext, "names">): Naming {
  const label = (kind: NameKind) => (name: string) => oneLine(names.label(kind, name));
  const [benchmark, harness, model] = [label("benchmark"), label("harness"), label("model")];
  const order = (kind: NameKind, given: Iterable<string>) => {
    const distinct = [...new Set(given)].sort(byName);
    return names.order ? names.order(kind, distinct) : distinct;
  };
  return {
    benchmark,
    harness,
    model,
    config: (config) => {
      const parts = splitConfig(config);
      return parts.model ? configName(harness(parts.harness), model(parts.model)) : harness(parts.harness);
    },
    sentence: (said) =>
      said.replace(
        WORD,
        (word) => [benchmark, harness, model].map((read) => read(word)).find((read) => read !== word) ?? word,
      ),
    colors: (kind, given) => names.colorsOf(kind, [...new Set(given)]),
    order,
    groups: (kind, groups) =>
      order(kind, groups.keys()).flatMap((name) => {
        const group = groups.get(name);
        return group === undefined ? [] : [[name, group] as [string, typeof group]];
      }),
    figure: (name) => names.figureName?.(name) ?? name,
  };
}

/** Harness and model of a config's name, `harness · model`. A name without the separator is all harness. */
export function splitConfig(config: string): { harness: string; model: string } {
  const [harness = config, ...rest] = config.split(" · ");
  return { harness, model: rest.join(" · ") };
}

function oneLine(label: string): string {
  return label.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd").replace(/\s+/g, " ").trim() || "(no name)";
}
