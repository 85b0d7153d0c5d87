/**
 * The arrows of the architecture, and what a module graph breaks of them.
 *
 * @module
 */

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
  // A Braintrust project is a place that sessions come from like any other: every notebook gets it through loadDataset.
  // braintrust knows traces and model alone, so there is no way back.
  sources: ["braintrust"],
  analysis: ["stats"],
  figures: [],
  notebook: ["figures"],
  judge: ["traces"],
  braintrust: ["traces"],
  import: ["sources", "traces", "braintrust"],
};

/** Layers of which a layer may import types alone. */
const TYPE_ARROWS: Record<string, string[]> = { figures: ["analysis"], notebook: ["analysis"] };

/** Packages that only one layer (or file) may know. */
const PACKAGES: { package: RegExp; allowed: RegExp }[] = [
  { package: /^(hyparquet(?!-writer)|@duckdb\/|@huggingface\/hub|@clickhouse\/)/, allowed: /^lib\/sources\// },
  { package: /^openai\b/, allowed: /^lib\/judge\/endpoint\/client\.ts$/ },
  { package: /^braintrust\b/, allowed: /^lib\/braintrust\/client\.ts$/ },
  { package: /^(@observablehq\/plot|linkedom)\b/, allowed: /^lib\/figures\// },
];

/** Text that reaches for the network, files, the clock or chance, and where it is allowed. */
const EFFECTS: { what: string; pattern: RegExp; allowed: RegExp }[] = [
  {
    what: "reaches the network",
    pattern: /\bfetch\(|Deno\.connect|new WebSocket/,
    allowed: /^lib\/(sources\/|judge\/client\.ts|braintrust\/client\.ts)/,
  },
  {
    what: "touches files, processes or the environment",
    pattern: /\bDeno\.(?!errors\b)|"node:fs|"node:process|"node:child_process/,
    allowed: /^lib\/(sources|notebook|import|judge|braintrust)\//,
  },
  {
    what: "reads the clock or chance",
    pattern: /Math\.random|Date\.now|new Date\(\)|performance\.now|crypto\.randomUUID/,
    allowed: /^lib\/(sources|notebook|import|judge|braintrust)\//,
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
  const from = layerOf(path);
  if (from === null || !(from in ARROWS)) return [`${path} is in no layer that the design knows`];
  if (target.startsWith("lib/")) {
    const to = layerOf(target);
    const allowed = to === from || to === "model" || ARROWS[from]?.includes(to ?? "") ||
      (typeOnly && TYPE_ARROWS[from]?.includes(to ?? ""));
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
