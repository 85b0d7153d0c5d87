import type { FailingStep, FailingSteps } from "../../analysis/judged/failing_steps.ts";
import type { FigureContext, HtmlTable } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { naming } from "../kit/names.ts";
import { rowsTable } from "../kit/rows_table.ts";

/** What the table of failing steps is told beside its rows. */
export interface FailingStepsContext extends FigureContext {
  /** Address of a session's transcript at a call; null, or not given, where there is none to link to. */
  sessionHref?: (sessionId: string, call: number) => string | null;
  /** Sessions of each benchmark and config that are shown at most; 3 unless given. */
  maxEach?: number;
}

/** Where failed sessions could no longer succeed, in the words of the call itself. */
export function failingStepsTable(
  { failed, quoted, medianShare, steps }: FailingSteps,
  context: FailingStepsContext,
): HtmlTable {
  const { maxEach = 3, sessionHref = () => null } = context;
  const names = naming(context);
  const groups = Map.groupBy(steps, ({ benchmark, config }) => JSON.stringify([benchmark, config]));
  const shown = [...groups.values()].flatMap((group) => group.slice(0, maxEach));
  const href = ({ sessionId, call }: FailingStep) => sessionHref(sessionId, call);
  return rowsTable(
    names.figure("failing-steps"),
    `Where ${plural(steps.length, "failed session")} could no longer succeed`,
    [
      { label: "benchmark", text: (r) => names.benchmark(r.benchmark) },
      { label: "config", text: (r) => names.config(r.config) },
      { label: "session", text: (r) => r.sessionId, href },
      { label: "call", kind: "num", text: (r) => `${int(r.call)} of ${int(Math.max(r.call, r.calls))}`, href },
      { label: "words of that call", kind: "wide", text: (r) => r.quote === null ? "–" : `“${r.quote}”` },
      { label: "judge's reason", kind: "wide", text: (r) => r.reasoning ?? "–" },
    ],
    shown,
    {
      ...context,
      note: [
        `The judge names the step for ${int(steps.length)} of ${
          plural(failed, "session")
        } that it ruled failed, at the median`,
        `after ${pct(medianShare)} of the calls; ${int(quoted)} with words that stand in that call.`,
        shown.length < steps.length ? `Shown: the first ${int(maxEach)} of each benchmark and config.` : "",
      ].filter(Boolean).join(" "),
    },
  );
}
