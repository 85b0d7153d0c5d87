import type { Command, RawCommand } from "./command.ts";

/** A subcommand as the program knows it before it loads it. */
export interface Entry {
  /** One line, in the list of commands and of tasks. */
  summary: string;
  /** Whether it is for work on this project, and not in the package. */
  own?: true;
  load(): Promise<{ default: Command | RawCommand }>;
}

/** Every subcommand, in the order of the list. A command loads its own modules only. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  import: {
    summary: "Say what a source of traces holds, write it as files, or load it",
    load: () => import("../import.ts"),
  },
  report: { summary: "Write one HTML page with an answer to every question", load: () => import("../report.ts") },
  view: { summary: "Look at sessions and label them, in the browser", load: () => import("../view.ts") },
  labels: {
    summary: "Take labels of other tools, give them to others, say how far people agree",
    load: () => import("../labels.ts"),
  },
  judge: { summary: "Have a model judge sessions, and measure the judge", load: () => import("../judge.ts") },
  scans: { summary: "Say what scans found in sessions, and what that goes with", load: () => import("../scans.ts") },
  topics: { summary: "Sort failed sessions by how they failed", load: () => import("../topics.ts") },
  claims: { summary: "Decide claims that are data", load: () => import("../claims.ts") },
  plan: { summary: "Say how many tasks a comparison takes", load: () => import("../plan.ts") },
  numbers: { summary: "Compute every number as JSON", load: () => import("../numbers.ts") },
  figures: { summary: "Draw the figures as SVG and PNG", load: () => import("../figures.ts") },
  push: { summary: "Send imported rows to Braintrust or an OTLP collector", load: () => import("../push.ts") },
  dataset: { summary: "Make records of a Braintrust dataset", load: () => import("../dataset.ts") },
  experiment: { summary: "Run a task on a dataset, score it, compare", load: () => import("../experiment.ts") },
  fetch: { summary: "Download the judged table, shards or prices", load: () => import("../fetch.ts") },
  notebooks: { summary: "Run the notebooks", own: true, load: () => import("../notebooks.ts") },
  bench: { summary: "Run a benchmark", own: true, load: () => import("../bench.ts") },
  golden: {
    summary: "Run the R and Python scripts of the tests' values",
    own: true,
    load: () => import("../golden.ts"),
  },
  test: { summary: "Run the tests", own: true, load: () => import("../run_tests.ts") },
  package: { summary: "Build the npm package", own: true, load: () => import("../package.ts") },
  docs: {
    summary: "Write docs/commands.md anew from the program",
    own: true,
    load: () => import("../docs.ts"),
  },
  sbom: { summary: "List packages and licences", own: true, load: () => import("../sbom.ts") },
};
