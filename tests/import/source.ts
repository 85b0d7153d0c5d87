/** A source of invented sessions, and folders of imports as text. @module */
import type { ImportSource } from "../../lib/import/mod.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { BUILT_IN, type TraceFault } from "../../lib/sources/mod.ts";
import { genAi, span, traceRow } from "../traces/rows.ts";

/** A session of `calls` calls whose inputs repeat the history. */
export function aRow(i: number, calls: number, answer = "done"): TraceRow {
  const turns = Array.from(
    { length: calls },
    (_, k): [string, string] => ["user", `session ${i} turn ${k} é \u{1f600}`],
  );
  return traceRow(
    turns.map((_, k) =>
      span({
        spanId: `s${k}`,
        startTime: new Date(Date.UTC(2026, 0, 1) + 1000 * (i * 100 + k)).toISOString(),
        endTime: new Date(Date.UTC(2026, 0, 1) + 1000 * (i * 100 + k) + 500).toISOString(),
        inputTokens: 10 * k,
        outputTokens: k,
        inputMessages: genAi(...turns.slice(0, k + 1)),
        outputMessages: genAi(["assistant", answer]),
      })
    ),
    { sessionId: `run_${i}` },
  );
}

/** A source of these items; `stopAfter` breaks it off with an error, as a lost connection would. */
export function sourceOf(items: readonly (TraceRow | TraceFault)[], stopAfter = Infinity): ImportSource {
  let read = 0;
  return {
    name: "invented",
    sha256: () => Promise.resolve("0".repeat(64)),
    mapping: BUILT_IN.v1,
    async *rows() {
      for (const item of items) {
        if (read >= stopAfter) throw new Error("the connection was lost");
        read++;
        yield await Promise.resolve(item);
      }
    },
    notes: () => ({ leftOut: { "spans that are not model calls": read }, unreadable: {}, repaired: {}, unknown: {} }),
  };
}

/** Every file of a folder by name, as text of its bytes. */
export async function filesOf(dir: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const names = [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
  for (const name of names) files[name] = new TextDecoder("latin1").decode(await Deno.readFile(`${dir}/${name}`));
  return files;
}

/** Runs a test in a temporary folder that is removed afterwards. */
export async function inTemporaryFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "import-" });
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
