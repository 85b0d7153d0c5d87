/** A permission of Deno, as `--allow-NAME` gives it. */
export type Permission = "read" | "write" | "env" | "net" | "ffi" | "sys" | "run";

/** What a command needs: always, and for what it is told. */
export interface Needs {
  always: readonly Permission[];
  /** What for, and which. */
  sometimes: readonly { when: string; permissions: readonly Permission[] }[];
}

const SOURCES = [
  {
    when: "hub:, langfuse:, phoenix:, langsmith:, braintrust: or clickhouse: as source (its host)",
    permissions: ["net"],
  },
  { when: "duckdb: as source", permissions: ["ffi", "sys"] },
] as const;
const FILES = ["read", "write", "env"] as const;

/** What each command needs. Those that are not here (notebooks, test, bench, golden, experiment) start other programs. */
export const PERMISSIONS: Readonly<Record<string, Needs>> = {
  numbers: { always: FILES, sometimes: SOURCES },
  claims: { always: FILES, sometimes: SOURCES },
  figures: { always: [...FILES, "ffi", "sys"], sometimes: SOURCES.slice(0, 1) },
  report: {
    always: FILES,
    sometimes: [...SOURCES, { when: "--serve", permissions: ["net", "ffi", "sys", "run"] }],
  },
  labels: { always: FILES, sometimes: [] },
  scans: { always: FILES, sometimes: SOURCES },
  topics: {
    always: FILES,
    sometimes: [
      ...SOURCES,
      { when: "--to braintrust: or clickhouse: (its host)", permissions: ["net"] },
      { when: "--to duckdb:", permissions: ["ffi", "sys"] },
      { when: "--embed and --name (the host of OPENAI_BASE_URL)", permissions: ["net"] },
      { when: "--figure, which draws PNG too", permissions: ["ffi", "sys"] },
    ],
  },
  import: {
    always: FILES,
    sometimes: [
      { when: "a source of the Hub or a service, or --to clickhouse: (their hosts)", permissions: ["net"] },
      { when: "--to duckdb:", permissions: ["ffi", "sys"] },
    ],
  },
  judge: { always: [...FILES, "net", "sys"], sometimes: [] },
  fetch: { always: [...FILES, "net", "sys"], sometimes: [] },
  push: { always: [...FILES, "net", "sys"], sometimes: [] },
  dataset: { always: FILES, sometimes: [{ when: "a hub: source or --yes", permissions: ["net", "sys"] }] },
  plan: { always: FILES, sometimes: SOURCES },
  view: {
    always: [...FILES, "net", "ffi", "sys"],
    sometimes: [{ when: "bundling the page, once, and opening a browser (not with --no-open)", permissions: ["run"] }],
  },
};

/** Flags of `deno run` for permissions. */
export const flags = (permissions: readonly Permission[]): string =>
  [...new Set(permissions)].map((permission) => `--allow-${permission}`).join(" ");

/** Everything that a command may need, as its task in deno.json gives it. */
export function allFlags({ always, sometimes }: Needs): string {
  return flags([...always, ...sometimes.flatMap(({ permissions }) => permissions)]);
}

/** What a command's help says of its permissions; nothing of those that start other programs. */
export function needsText(command: string): string {
  const needs = PERMISSIONS[command];
  if (!needs) return "";
  const { always, sometimes } = needs;
  const more = sometimes.map(({ when, permissions }) => `${flags(permissions)} for ${when}`);
  return `${[`Needs ${flags(always)}`, ...more].join("; ")}.`;
}
