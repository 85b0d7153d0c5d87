import type { ScanFinding, TraceRow } from "../../model/mod.ts";
import { type Call, conversationOf } from "../../traces/mod.ts";

/** Steps that are the same, one behind the other, from which a session goes round in circles. */
export const MIN_LOOP = 3;

/** Tools that are recorded as none. */
const NO_TOOLS = /^\s*(\[\s*\]|\{\s*\}|null)?\s*$/;

/** Words with which providers say that an answer was withheld or declined. */
const DECLINED = new Set(["refusal", "content_filter", "safety", "prohibited_content", "blocklist"]);

/**
 * What a program can tell of a session without asking a model, each under the name of the scan that a judge is asked:
 *
 * - `loops`: the same tool is called with the same arguments {@link MIN_LOOP} times, one behind the other;
 * - `do_nothing`: tools were offered and none was called;
 * - `refused`: the provider says so as the reason why an answer ended.
 *
 * Null where what it takes was not recorded. These are signs: a judge reads what is behind them.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession, programScans } from "agent-trace-lab/judge";
 * equal(programScans(exampleSession()).find(({ scan }) => scan === "do_nothing")?.found, 0);
 * ```
 */
export function programScans(row: TraceRow): ScanFinding[] {
  const calls = conversationOf(row);
  const recorded = calls.some(({ outputRecorded }) => outputRecorded);
  const steps = calls.flatMap((call, i) => stepsOf(call).map((step) => ({ step, call: i + 1 })));
  const loop = recorded ? firstLoop(steps) : null;
  const offered = calls.some(({ span }) => span.toolDefinitions !== null && !NO_TOOLS.test(span.toolDefinitions));
  const reasons = calls.map(({ span }) => span.finishReasons);
  const declined = reasons.findIndex((list) => list?.some((reason) => DECLINED.has(reason.toLowerCase())));
  const finding = (scan: string, found: ScanFinding["found"], call: number | null): ScanFinding => ({
    sessionId: row.sessionId,
    scan,
    by: "program",
    found,
    call,
  });
  return [
    finding("loops", recorded ? loop === null ? 0 : 1 : null, loop),
    finding("do_nothing", recorded && (offered || steps.length > 0) ? steps.length === 0 ? 1 : 0 : null, null),
    finding(
      "refused",
      reasons.every((list) => list === null) ? null : declined < 0 ? 0 : 1,
      declined < 0 ? null : declined + 1,
    ),
  ];
}

/** What a call asks of tools, as text that is the same for the same step. */
function stepsOf({ output }: Call): string[] {
  return output.flatMap(({ tool_calls: asked }) =>
    (asked ?? []).map(({ function: { name, arguments: args } }) => `${name} ${args.replaceAll(/\s+/g, " ").trim()}`)
  );
}

/** The call at which the first loop is complete; null where there is none. */
function firstLoop(steps: readonly { step: string; call: number }[]): number | null {
  let same = 0;
  for (let i = 0; i < steps.length; i++) {
    same = i > 0 && steps[i]!.step === steps[i - 1]!.step ? same + 1 : 1;
    if (same === MIN_LOOP) return steps[i]!.call;
  }
  return null;
}
