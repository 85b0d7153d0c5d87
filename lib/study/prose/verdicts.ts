import { judgedSessions, type VerdictOrigin, verdictOrigins } from "../../analysis/mod.ts";
import type { Dataset, Session } from "../../model/mod.ts";
import { int, plural } from "../../figures/mod.ts";
import { list } from "../../notebook/markdown.ts";
import type { Told } from "./told.ts";

/** How many verdicts come from whom. */
export interface VerdictCounts {
  /** All sessions, scored or not. */
  sessions: number;
  /** Sessions with a verdict. */
  scored: number;
  /** Sessions by whose word their verdict is. */
  origins: Partial<Record<VerdictOrigin, number>>;
}

const WORDS: Readonly<Record<VerdictOrigin, string>> = {
  judge: "a judge's verdict",
  official: "an official grade",
  human: "a person's grade",
  program: "a program's grade",
  grade: "a grade, whose it does not say",
  "not said": "a verdict of nobody who is named",
};

/** Counts verdicts by whose word they are. */
export function verdictCounts(sessions: number, origins: readonly (VerdictOrigin | null)[]): VerdictCounts {
  const counted = new Map<VerdictOrigin, number>();
  for (const origin of origins) if (origin !== null) counted.set(origin, (counted.get(origin) ?? 0) + 1);
  return {
    sessions,
    scored: [...counted.values()].reduce((a, b) => a + b, 0),
    origins: Object.fromEntries(counted),
  };
}

/**
 * Verdicts of a dataset by whose word they are: as its sessions say, and where these do not name anybody, or are not all at
 * hand, as the counts by judge say.
 */
export function verdictsOf(dataset: Dataset): VerdictCounts {
  const rows = dataset.distributions.judge ?? [];
  const judged = rows.reduce((sum, r) => sum + (r.judgeModel !== null && r.verdict !== null ? r.n : 0), 0);
  const scored = dataset.cells.reduce((sum, c) => sum + (c.verdict === null ? 0 : c.sessions), 0);
  const said = dataset.held === "all" ? verdictCounts(scored, verdictOrigins(dataset.sessions)).origins : {};
  const named = Object.entries(said).reduce((sum, [origin, n]) => sum + (origin === "not said" ? 0 : n), 0);
  const judge = Math.max(said.judge ?? 0, Math.min(judged, scored - named + (said.judge ?? 0)));
  const unnamed = scored - named - (judge - (said.judge ?? 0));
  const origins = Object.fromEntries(
    Object.entries({ ...said, judge, "not said": unnamed }).filter(([, n]) => n > 0),
  );
  return { sessions: dataset.info.sessions, scored, origins };
}

/** What the rates of a notebook rest on; what to do where there are no verdicts. */
export function whatRatesRestOn({ sessions, scored, origins }: VerdictCounts): string {
  if (scored === 0) {
    return `None of ${plural(sessions, "session")} has a verdict: there are no rates, and what follows is empty. ` +
      "`deno task judge` gives verdicts; a source with grades brings its own.";
  }
  const parts = Object.entries(origins).map(([origin, n]) => `${int(n)} have ${WORDS[origin as VerdictOrigin]}`);
  return `Of ${plural(sessions, "session")} ${list(parts)}.` +
    (scored < sessions
      ? ` The ${plural(sessions - scored, "session")} without a verdict ` +
        `${sessions - scored === 1 ? "is no failure" : "are no failures"}: counted apart.`
      : "");
}

/** Where the rates come from, said once more at the end. */
export function whoSaidSo({ scored, origins }: VerdictCounts, { ofStudy }: Told): string {
  if (scored === 0) return "";
  const judged = (origins.judge ?? 0) + (ofStudy ? origins["not said"] ?? 0 : 0);
  if (judged === scored) {
    return "All of these are rates that a language model gave. How far they are from grades is the question of [notebook " +
      "7](07-ground-truth.ipynb).";
  }
  return judged > 0
    ? `${int(judged)} of these verdicts are a language model's. How far such verdicts are from grades is the ` +
      "question of [notebook 7](07-ground-truth.ipynb)."
    : "";
}

/** Why there is nothing to hold against one another, as the sessions say. */
export function nothingToCompare(sessions: readonly Session[]): string {
  const scored = sessions.filter((s) => s.success !== null);
  const judged = judgedSessions(sessions);
  const graded = sessions.filter((s) => s.officialSuccess !== null);
  if (!scored.length) return "No session has a verdict.";
  if (!graded.length) return "These sessions have verdicts and no grades.";
  if (!judged.length) return "These sessions were graded and never judged: a grade is not held against itself.";
  return "No judged session has a grade of another origin.";
}

/** Over what is shown on invented sessions, because these cannot show it. */
export function anExample(why: string, { info: { sessions } }: Dataset): string {
  const because = /[.!?]$/.test(why) ? why : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  return `${because} **What follows shows how it looks, on ${
    int(sessions)
  } invented sessions of \`data/examples\`, which no ` +
    "agent ran: none of its numbers is about the traces above.**";
}
