/**
 * The arrows of the architecture, and what a module graph breaks of them.
 *
 * @module
 */

import { FORMATS, studyWordsIn } from "./study_words.ts";

/** One module and what it imports. `typeOnly` imports leave nothing at run time. */
export interface Module {
  /** Path from the project's root, such as `lib/stats/wilson.ts`. */
  path: string;
  imports: { target: string; typeOnly: boolean }[];
  text: string;
}

/** Layers that a layer may import at run time, besides itself; `model` is everybody's. */
const ARROWS: Record<string, string[]> = {
  model: [],
  stats: [],
  traces: [],
  io: [],
  sources: ["traces", "io"],
  // An engine counts by the definitions of the analysis, and loads what any source reads; a Braintrust project is one of
  // them, asked through the service's client. What is loaded holds no secrets, which traces' rules tell. None of these knows
  // engines, so there is no way back.
  engines: ["analysis", "sources", "braintrust", "traces", "io"],
  braintrust: ["traces", "io"],
  judge: ["traces", "io"],
  import: ["sources", "engines", "traces", "braintrust", "io"],
  analysis: ["stats"],
  figures: [],
  questions: ["analysis", "figures", "stats"],
  // What questions answered, as a page; fonts come from a package.
  report: ["questions", "figures", "analysis", "stats", "io"],
  // Its panel counts anew what a reader chooses.
  notebook: ["figures", "io", "questions", "stats"],
  // A conversation is read here as the judge reads it, and labels are tested as any counts are.
  view: ["engines", "sources", "traces", "analysis", "stats", "io"],
  study: [
    "analysis",
    "braintrust",
    "engines",
    "figures",
    "import",
    "io",
    "judge",
    "notebook",
    "questions",
    "sources",
    "stats",
    "traces",
  ],
};

/** Layers of which a layer may import types alone. */
const TYPE_ARROWS: Record<string, string[]> = {
  figures: ["analysis"],
  notebook: ["analysis"],
  view: ["judge"],
};

/** What figures may read of the analysis at run time: what their captions name (cut-offs, intervals that are short), and nothing that counts. */
const CUT_OFFS = "lib/analysis/cut_offs.ts";

/** Packages that only one layer (or file) may know. */
const PACKAGES: { package: RegExp; allowed: RegExp }[] = [
  {
    package: /^(hyparquet(?!-writer)|@duckdb\/|@huggingface\/hub|@clickhouse\/)/,
    allowed: /^lib\/(sources|engines)\//,
  },
  { package: /^openai\b/, allowed: /^lib\/judge\/endpoint\/client\.ts$/ },
  { package: /^braintrust\b/, allowed: /^lib\/braintrust\/client\.ts$/ },
  {
    package: /^(@observablehq\/plot|linkedom)\b/,
    allowed: /^lib\/((study\/)?figures\/|notebook\/(plot\.ts$|page\/)|view\/page\/)/,
  },
];

/** Text that reaches for the network, files, the clock or chance, and where it is allowed. */
const EFFECTS: { what: string; pattern: RegExp; allowed: RegExp }[] = [
  {
    what: "reaches the network",
    pattern: /\bfetch\(|Deno\.connect|new WebSocket/,
    allowed: /^lib\/(io\/|engines\/|sources\/|judge\/endpoint\/client\.ts|braintrust\/client\.ts|view\/page\/api\.ts)/,
  },
  {
    what: "touches files, processes or the environment",
    pattern: /\bDeno\.(?!errors\b)|"node:fs|"node:process|"node:child_process/,
    allowed:
      /^lib\/(io|engines|sources|notebook|import|judge|braintrust|view|study\/sources)\/|^lib\/study\/study\.ts$/,
  },
  {
    what: "reads the clock or chance",
    pattern: /Math\.random|Date\.now|new Date\(\)|performance\.now|crypto\.randomUUID/,
    allowed:
      /^lib\/(io|engines|sources|notebook|import|judge|braintrust|view|study\/sources)\/|^lib\/study\/study\.ts$/,
  },
];

const layerOf = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Every broken arrow, as a sentence; empty when the architecture holds. */
export function brokenArrows(modules: readonly Module[]): string[] {
  return modules.filter((module) => module.path.startsWith("lib/")).flatMap((module) => [
    ...module.imports.flatMap((one) => brokenImport(module.path, one.target, one.typeOnly)),
    ...EFFECTS.filter((effect) =>
      !effect.allowed.test(module.path) && effect.pattern.test(withoutComments(module.text))
    )
      .map((effect) => `${module.path} ${effect.what}`),
  ]);
}

function brokenImport(path: string, target: string, typeOnly: boolean): string[] {
  // The front doors lead into every layer but the study, and nothing leads out of them.
  if (/^lib\/(mod|types)\.ts$/.test(path)) return /^lib\/(?!study\/)/.test(target) ? [] : [`${path} imports ${target}`];
  const from = layerOf(path);
  if (from === null || !(from in ARROWS)) return [`${path} is in no layer that the design knows`];
  if (target.startsWith("lib/")) {
    const to = layerOf(target);
    const allowed = to === from || to === "model" || ARROWS[from]?.includes(to ?? "") ||
      (typeOnly && TYPE_ARROWS[from]?.includes(to ?? "")) || (from === "figures" && target === CUT_OFFS);
    return allowed ? [] : [`${path} imports ${target}: ${from} may not know ${to}`];
  }
  if (/^(tests|tasks|bench|notebooks)\//.test(target)) {
    return [`${path} imports ${target}, which is not of the library`];
  }
  if (typeOnly) return [];
  return PACKAGES.filter((rule) => rule.package.test(target) && !rule.allowed.test(path))
    .map(() => `${path} imports the package ${target}`);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** A layer's door; claims and topics have doors of their own. */
const DOOR = /^\.\.\/lib\/([^/]+|analysis\/(claims|topics))\/mod\.ts$/;

/** What a notebook's code imports that is no layer's door. */
export function brokenNotebookImports(name: string, code: string): string[] {
  const targets = [...code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((m) => m[1] ?? "");
  return targets.filter((target) => !DOOR.test(target))
    .map((target) => `${name} imports ${target}, not a layer's mod.ts`);
}

/** Groups of modules that import one another in a circle, by a value or by a type; each by name, in order. */
export function circles(modules: readonly Module[]): string[] {
  const known = new Map(modules.map((module) => [module.path, module.imports.map((one) => one.target)]));
  const reached = new Map<string, Set<string>>();
  const reach = (from: string): Set<string> => {
    const found = new Set<string>();
    const waiting = [...known.get(from) ?? []];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next) || !known.has(next)) continue;
      found.add(next);
      waiting.push(...known.get(next) ?? []);
    }
    return found;
  };
  for (const path of known.keys()) reached.set(path, reach(path));
  const inCircle = [...known.keys()].filter((path) => reached.get(path)!.has(path));
  const groups = Map.groupBy(
    inCircle,
    (path) =>
      inCircle.filter((other) => reached.get(path)!.has(other) && reached.get(other)!.has(path)).sort().join(", "),
  );
  return [...groups.keys()].sort().map((group) => `these import one another: ${group}`);
}

/** Lines outside `lib/study` that hold a word of the study, beyond those still allowed in a file or a folder (`lib/x/`). */
export function studyWords(modules: readonly Module[], allowed: Readonly<Record<string, number>> = {}): string[] {
  const outside = modules.filter(({ path }) =>
    path.startsWith("lib/") && !path.startsWith("lib/study/") && !FORMATS.test(path)
  );
  const place = ({ path }: Module) =>
    Object.keys(allowed).find((name) => name === path || (name.endsWith("/") && path.startsWith(name))) ?? path;
  return [...Map.groupBy(outside, place)].flatMap(([name, members]) => {
    const found = members.flatMap(({ path, text }) =>
      studyWordsIn(text).map(({ line, word }) => `${path}:${line} holds a word of the study: ${word}`)
    );
    return found.length <= (allowed[name] ?? 0) ? [] : found;
  });
}
