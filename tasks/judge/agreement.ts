import { type PanelAgreement, panelAgreement } from "../../lib/analysis/mod.ts";
import { writeWhole } from "../../lib/io/mod.ts";
import { type JudgeVerdict, raterNames, readVerdicts } from "../../lib/judge/mod.ts";
import { say } from "../say.ts";
import { plural } from "../../lib/model/plural.ts";

/** What several judges, or repeats of one, come to without any grade; null where each session has one verdict. */
export function agreementOf(verdicts: readonly JudgeVerdict[]): PanelAgreement | null {
  if (new Set(verdicts.map((verdict) => verdict.sessionId)).size === verdicts.length) return null;
  const raterOf = raterNames(verdicts);
  return panelAgreement(
    verdicts.map((v) => ({ sessionId: v.sessionId, rater: raterOf(v), repeat: v.repeat, verdict: v.success })),
  );
}

/**
 * Says how far the verdicts of a file agree among themselves, and writes it to `OUT.agreement.json`.
 *
 * @param asked whether it was asked for: then having nothing to compare is an error
 */
export async function tellAgreement(out: string, asked: boolean): Promise<void> {
  const verdicts = await readVerdicts(out).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  const panel = agreementOf(verdicts);
  if (!panel && asked) {
    throw new Error(`${out}: no session has several verdicts; judge with --panel M,M or --repeats N`);
  }
  if (!panel) return;
  await writeWhole(`${out}.agreement.json`, `${JSON.stringify(panel, null, 1)}\n`);
  say(agreementText(panel).join("\n"));
  say(`${out}.agreement.json`);
}

type Ends = { estimate: number; lo: number | null; hi: number | null };

const number = (x: Ends | null) =>
  x === null
    ? "not defined"
    : x.estimate.toFixed(2) + (x.lo === null || x.hi === null ? "" : ` [${x.lo.toFixed(2)}, ${x.hi.toFixed(2)}]`);
const percent = (x: { estimate: number; lo: number; hi: number }) =>
  `${Math.round(100 * x.estimate)}% [${Math.round(100 * x.lo)}%, ${Math.round(100 * x.hi)}%]`;

/** The agreement in a few lines. */
export function agreementText(panel: PanelAgreement): string[] {
  return [
    `  panel of ${panel.raters.length}: ${
      plural(panel.sessions, "session")
    }, ${panel.unanimous} unanimous, ${panel.majority} by ` +
    `majority, ${panel.tied} tied, ${panel.undecided} undecided; Krippendorff's alpha ${number(panel.alpha)}`,
    ...panel.pairs.filter((pair) => pair.n).map((pair) =>
      `  ${pair.first} and ${pair.second}: differ on ${pair.n - pair.agree} of ${pair.n}, ${percent(pair.flipped!)} ` +
      `(${pair.onlyFirst} only the first holds solved, ${pair.onlySecond} only the second); kappa ${
        number(pair.kappa)
      }, alpha ${number(pair.alpha)}`
    ),
    ...panel.flips.filter((flip) => flip.n).map((flip) =>
      `  ${flip.rater} asked again: ${flip.flipped} of ${flip.n} flipped, ${percent(flip.rate!)}; alpha ${
        number(flip.alpha)
      }`
    ),
  ];
}
