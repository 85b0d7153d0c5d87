import type { NameKind, Names } from "../../lib/model/mod.ts";
import type { Config } from "./config.ts";

/** Names with the labels and colours that settings give; what they do not name keeps its own. */
export function namesWith(names: Names, { names: labels, colours }: Pick<Config, "names" | "colours">): Names {
  return {
    ...names,
    label: (kind, name) => own(labels, kind, name) ?? names.label(kind, name),
    colorsOf: (kind, given) =>
      new Map([...names.colorsOf(kind, given)].map(([name, colour]) => [name, own(colours, kind, name) ?? colour])),
  };
}

function own(given: Config["names"], kind: NameKind, name: string): string | undefined {
  const of = given?.[kind];
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}
