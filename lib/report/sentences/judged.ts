import { pct, plural, points } from "../../figures/mod.ts";
import { ALL } from "../../analysis/judged/judge_agreement.ts";
import { judgeAgreement } from "../../questions/judged/judge_agreement.ts";
import { judgeVsOfficial } from "../../questions/truth/judge_vs_official.ts";
import { stratifiedNewcombe } from "../../stats/mod.ts";
import { foundOf } from "../found.ts";
import type { Sentence } from "./told.ts";

/** How judged rates stand to official ones of the same cells. */
export const againstGrades: Sentence = ({ answered }) => {
  const gaps = foundOf(answered, judgeVsOfficial)?.gaps ?? [];
  if (!gaps.length) return null;
  const { estimate, lo, hi } = stratifiedNewcombe(
    gaps.map(({ judged, official }) => ({ k1: judged.k, n1: judged.n, k2: official.k, n2: official.n })),
  );
  const differing = gaps.filter((row) => row.differs).length;
  const range = `${points(estimate).replace(/^[+−]/, "")} (95% ${points(lo)} to ${points(hi)})`;
  const of = `within the ${plural(gaps.length, "cell")} that were both judged and graded`;
  const apart = `${plural(differing, "cell is", "cells are")} further apart than chance allows`;
  if (lo > 0) return `The judge is more generous than the official grades, by ${range} ${of}; ${apart}.`;
  if (hi < 0) return `The judge is harsher than the official grades, by ${range} ${of}; ${apart}.`;
  return `Judge and official grades are as high on average, ${range} apart ${of}; ${apart}.`;
};

/** How often judge and grades of the same sessions agree. */
export const againstSessions: Sentence = ({ answered }) => {
  const rows = foundOf(answered, judgeAgreement)?.rows ?? [];
  const all = rows.find((row) => row.benchmark === ALL && row.harness === ALL) ?? (rows.length === 1 ? rows[0] : null);
  if (!all?.agreement || !all.n) return null;
  const { estimate, lo, hi } = all.agreement;
  return `Judge and grades of the same session agree in ${pct(estimate)} of ${plural(all.n, "session")} (95% ${
    pct(lo)
  } to ${pct(hi)}).`;
};
