import {
  type CalibrationRow,
  type GradedVerdict,
  judgeAgreement,
  type JudgeAgreementRow,
  judgeCalibration,
  judgeDisagreements,
  type PanelAgreement,
} from "../../lib/analysis/mod.ts";
import { type JudgeVerdict, pageName, panelVerdicts } from "../../lib/judge/mod.ts";
import type { Verdict } from "../../lib/model/mod.ts";
import { agreementOf } from "./agreement.ts";
import type { ReadGrades } from "./grades.ts";

/** A verdict that contradicts the grade, with where to read on. */
export interface Disagreement extends GradedVerdict {
  reasoning: string | null;
  /** Of the page with the transcript, at its failing step or the first call that the verdict rests on; null where there is no page. */
  link: string | null;
}

/** What `--against` writes to `OUT.validation.json`. */
export interface Validation {
  /** Whose the grades are. */
  origin: "official" | "human";
  /** How far the people agree among themselves, where they are people's. */
  people: ReadGrades["people"];
  /** Verdicts whose sessions have no grade, and grades whose sessions have no verdict. */
  ungraded: number;
  unjudged: number;
  agreement: JudgeAgreementRow[];
  calibration: CalibrationRow[];
  /** The same per judge, where there are several. */
  byJudge: { judge: string; agreement: JudgeAgreementRow[] }[];
  /** Where sessions have several verdicts. */
  panel: PanelAgreement | null;
  disagreements: Disagreement[];
}

/** Holds verdicts against grades; several verdicts on a session count as their majority. `pages` is where pages are, if any. */
export function validate(
  verdicts: readonly JudgeVerdict[],
  { grades, people }: ReadGrades,
  pages: string | null,
): Validation {
  const rows = gradedRows(verdicts, grades);
  const judges = [...new Set(verdicts.map((verdict) => verdict.judge))].sort();
  const spoken = new Map(verdicts.map((verdict) => [JSON.stringify([verdict.sessionId, verdict.success]), verdict]));
  return {
    origin: people ? "human" : "official",
    people,
    ungraded: rows.filter((row) => row.official === null).length,
    unjudged: [...grades.keys()].filter((id) => !rows.some((row) => row.sessionId === id)).length,
    agreement: judgeAgreement(rows),
    calibration: judgeCalibration(rows),
    byJudge: judges.length < 2 ? [] : judges.map((judge) => ({
      judge,
      agreement: judgeAgreement(gradedRows(verdicts.filter((verdict) => verdict.judge === judge), grades)),
    })),
    panel: agreementOf(verdicts),
    disagreements: judgeDisagreements(rows).map((row) => {
      const verdict = spoken.get(JSON.stringify([row.sessionId, row.verdict]));
      const call = verdict?.failingCall ?? verdict?.evidence[0];
      const link = pages === null
        ? null
        : `${pages}/${pageName(row.sessionId)}${call === undefined ? "" : `#call-${call}`}`;
      return { ...row, reasoning: verdict?.reasoning ?? null, link };
    }),
  };
}

function gradedRows(verdicts: readonly JudgeVerdict[], grades: ReadonlyMap<string, Verdict>): GradedVerdict[] {
  return panelVerdicts(verdicts).map(({ sessionId, success, verdicts: members }) => {
    const spokesman = members.find((verdict) => verdict.success === success) ?? members[0]!;
    return {
      sessionId,
      benchmark: spokesman.benchmark,
      harness: spokesman.harness,
      judge: spokesman.judge,
      verdict: success,
      official: grades.get(sessionId) ?? null,
      confidence: spokesman.confidence,
    };
  });
}

/** The validation in a few lines of text. */
export function validationText(validation: Validation): string {
  const share = (x: { estimate: number; lo: number; hi: number } | null, digits = 0) =>
    x === null ? "–" : [x.estimate, x.lo, x.hi].map((v) => digits ? v.toFixed(digits) : `${Math.round(100 * v)}%`)
      .reduce((text, v, i) => i === 0 ? v : `${text}${i === 1 ? " [" : ", "}${v}`, "") + "]";
  const cell = (row: JudgeAgreementRow) =>
    `  ${row.benchmark} · ${row.harness}: n ${row.n}, both solved ${row.tp}, judge only ${row.fp}, official only ${row.fn}, ` +
    `neither ${row.tn}, undecided ${row.undecided}; sensitivity ${share(row.sensitivity)}, specificity ${
      share(row.specificity)
    }, kappa ${share(row.kappa, 2)}`;
  const lines = [againstText(validation), ...validation.agreement.map(cell)];
  for (const { judge, agreement } of validation.byJudge) lines.push(` ${judge}:`, ...agreement.map(cell));
  for (const { confidence, n, right, lo, hi } of validation.calibration) {
    lines.push(`  confidence ${confidence}: ${right} of ${n} right, ${share({ estimate: right / n, lo, hi })}`);
  }
  if (validation.ungraded) lines.push(`  ${validation.ungraded} judged sessions have no grade`);
  if (validation.unjudged) lines.push(`  ${validation.unjudged} graded sessions have no verdict`);
  lines.push(`  ${validation.disagreements.length} disagreements`);
  for (const { sessionId, verdict, official, link } of validation.disagreements.slice(0, 5)) {
    lines.push(
      `    ${sessionId}: judged ${verdict}, ${validation.origin === "human" ? "labelled" : "official"} ${official}${
        link ? `, ${link}` : ""
      }`,
    );
  }
  return lines.join("\n");
}

function againstText({ origin, people }: Validation): string {
  if (origin === "official" || people === null) return "against official grades:";
  const { raters, agreement: { pairs } } = people;
  const kappas = pairs.filter(({ kappa }) => kappa !== null)
    .map(({ first, second, kappa }) => `${first} and ${second} ${kappa!.estimate.toFixed(2)}`);
  return `against the labels of ${raters.length === 1 ? "one person" : `${raters.length} people`}${
    kappas.length ? ` (kappa of ${kappas.join(", ")})` : ""
  }:`;
}
