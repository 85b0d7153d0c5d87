/** One measurement of `bench/engines.ts`, in a process of its own: `memory COUNT`, or a source to open. @module */
import { cellsOf } from "../../lib/analysis/mod.ts";
import { openSqlEngine } from "../../lib/engines/mod.ts";
import { answerOf, cellsFrom } from "../../lib/engines/counted.ts";
import { ACCESS } from "../../tests/support/clickhouse.ts";
import { generatedSession } from "../../tests/support/generated.ts";
import { report } from "../measure.ts";

const [kind, what] = Deno.args as [string, string];

/** Bytes that this process has read from files; 0 where the system does not tell. */
export function bytesRead(pid: number | "self"): number {
  try {
    return Number(/^rchar: (\d+)$/m.exec(Deno.readTextFileSync(`/proc/${pid}/io`))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function inMemory(count: number) {
  const sessions = Array.from({ length: count }, (_, i) => generatedSession(i));
  const begun = performance.now();
  const cells = await Promise.resolve(cellsOf(sessions));
  return { cells: cells.length, cellsMs: performance.now() - begun, bytes: 0 };
}

async function inEngine(spec: string) {
  const engine = await openSqlEngine(spec, { access: ACCESS });
  try {
    const before = bytesRead("self");
    const begun = performance.now();
    const cells = await cellsFrom(engine, 200_000);
    const cellsMs = performance.now() - begun;
    const all = performance.now();
    await answerOf(engine, { sessions: 0, sample: 0, cells: 200_000 });
    const allMs = performance.now() - all;
    return { cells: cells.length, cellsMs, allMs, bytes: bytesRead("self") - before };
  } finally {
    await engine.close();
  }
}

if (import.meta.main) await report(() => kind === "memory" ? inMemory(Number(what)) : inEngine(what));
