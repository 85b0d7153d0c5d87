import { createHash } from "node:crypto";
import { type Filter, wordsOf } from "../analysis/counts/mod.ts";
import { estimatedText } from "../model/estimated.ts";
import type { Cell, Dataset, Held } from "../model/mod.ts";
import type { Engine, Limits } from "./engine.ts";
import { DEFAULT_LIMITS } from "./openers.ts";
import { plural } from "../model/plural.ts";

/**
 * Reads the limits from the environment: `TRACES_SESSIONS`, `TRACES_SAMPLE`, `TRACES_CELLS`.
 *
 * @param otherwise what is not set there
 * @throws {TypeError}
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { limitsFrom } from "agent-trace-lab/engines";
 * equal(limitsFrom((name) => name === "TRACES_SESSIONS" ? "100" : undefined).sessions, 100);
 * ```
 */
export function limitsFrom(env: (name: string) => string | undefined, otherwise: Limits = DEFAULT_LIMITS): Limits {
  const wholeNumber = (name: string, unset: number) => {
    const text = env(name);
    if (!text) return unset;
    if (!/^\d+$/.test(text)) throw new TypeError(`${name}: expected a whole number, found "${text}"`);
    return Number(text);
  };
  return {
    sessions: wholeNumber("TRACES_SESSIONS", otherwise.sessions),
    sample: wholeNumber("TRACES_SAMPLE", otherwise.sample),
    cells: wholeNumber("TRACES_CELLS", otherwise.cells),
  };
}

/**
 * The dataset of an engine: its counts, sums, quantiles and failure modes, and its sessions where there are at most
 * `limits.sessions` of them, or a sample where one was asked for.
 *
 * @param filter a slice of it alone, by names of cells
 * @throws what its `answer` throws
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { engineDataset, limitsFrom, loadDataset, memoryEngine } from "agent-trace-lab/engines";
 * const { sessions } = await loadDataset("data/examples/sessions.jsonl");
 * const dataset = await engineDataset(memoryEngine("mine", sessions ?? []), limitsFrom(() => undefined));
 * equal(dataset.info.sessions, 300);
 * ```
 */
export async function engineDataset(engine: Engine, limits: Limits, filter: Filter = {}): Promise<Dataset> {
  const { cells, distributions, repeatedIds, tokensEstimated, ...held } = await engine.answer(limits, filter);
  const words = wordsOf(filter);
  const only = words ? `, only ${words}` : "";
  const total = cells.reduce((sum, c) => sum + c.sessions, 0);
  return {
    info: {
      name: engine.name,
      sha256: hashOf(cells),
      sessions: total,
      sentence: sentenceOf({ name: `${engine.name}${only}` }, cells, held, repeatedIds),
      caption: `${captionOf(`${engine.name}${only}`, total, held)}${estimatedText(tokensEstimated ?? 0, total)}`,
      ...(tokensEstimated ? { tokensEstimated } : {}),
    },
    cells,
    distributions,
    ...held,
  };
}

const ROUNDED: ReadonlySet<string> = new Set(["durationS", "recordedUsd"]);

/** Hash of the counts; without sums of seconds and dollars, whose last digits depend on the order of adding. */
function hashOf(cells: readonly Cell[]): string {
  const hash = createHash("sha256");
  const names = cells.length
    ? (Object.keys(cells[0]!) as (keyof Cell)[]).filter((name) => !ROUNDED.has(name)).sort()
    : [];
  for (const cell of cells) hash.update(JSON.stringify(names.map((name) => [name, cell[name]])));
  return hash.digest("hex");
}

const n = (value: number) => value.toLocaleString("en");

function captionOf(name: string, total: number, { held, sessions }: Held): string {
  return held === "sample"
    ? `${name} (where each session is needed: a sample of ${n(sessions.length)} of ${n(total)})`
    : name;
}

function sentenceOf(
  { name }: Pick<Engine, "name">,
  cells: readonly Cell[],
  { held, sessions }: Held,
  repeatedIds: number | null,
): string {
  const count = (some: readonly Cell[]) => some.reduce((sum, c) => sum + c.sessions, 0);
  const [total, scored] = [count(cells), count(cells.filter((c) => c.verdict !== null))];
  const exact = "Counts, rates, regressions, costs, failure modes, quantiles and boxes are of all sessions, and exact.";
  const parts = [
    `${plural(total, "session")} of ${name}, counted by the engine into ${plural(cells.length, "cell")}.`,
    scored === 0 ? "None has a verdict." : `${n(scored)} with a verdict.`,
  ];
  if (held === "none") {
    parts.push(
      `${exact} The sessions stay in the engine, so what needs each of them is not available: intervals by resampling, ` +
        "guardrails, words of failure reasons, repeated recordings, the table of sessions (TRACES_SESSIONS=N holds up to " +
        "N in memory, TRACES_SAMPLE=N a sample).",
    );
  } else if (held === "sample") {
    parts.push(
      `${exact} What needs each session (such as intervals by resampling) is of a sample of ${n(sessions.length)}.`,
    );
  }
  if (repeatedIds === null) parts.push("Whether a session id is there twice was not checked.");
  return parts.join(" ");
}
