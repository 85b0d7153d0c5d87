import type { AsideReason, SourceTold } from "../../lib/import/mod.ts";
import { countsText, passedOverText } from "../../lib/sources/mod.ts";
import { redactName } from "../../lib/traces/mod.ts";
import { plural } from "../../lib/model/plural.ts";

const n = (count: number) => count.toLocaleString("en-US");

/** What a source is and what is in it, in seven lines at most. */
export function toldText({ formats, ...told }: SourceTold): string {
  const { sessions, calls, messages, toolCalls, characters, charactersThere } = told;
  return [
    formats.map(formatText).join("; "),
    [
      plural(sessions, "session"),
      plural(calls, "call"),
      plural(messages, "message"),
      plural(toolCalls, "tool call"),
    ].join(", "),
    `${n(characters)} of ${plural(charactersThere, "character")} of text read`,
    unknownText(told),
    mendedText(told),
    countsText(told.leftOut) && `left out: ${countsText(told.leftOut)}`,
    passedOverText(told.passedOver.map(({ path, why }) => ({ path: redactName(path).text, why }))),
  ].filter(Boolean).join("\n");
}

function formatText({ title, version, files }: SourceTold["formats"][number]): string {
  // A version is a number; of some kinds it is told which dialects they speak.
  const which = version === null ? "" : /^\d/.test(version) ? ` ${version}` : `: ${version}`;
  return `${title}${which} (${plural(files, "file")})`;
}

function unknownText({ sessions, calls, unknown, callsWithoutTexts }: Omit<SourceTold, "formats">): string {
  const of = (count: number, all: number, what: string, noun: string) =>
    count &&
    `${what} of ${
      count < all ? `${n(count)} of ${plural(all, noun)}` : all === 1 ? `the ${noun}` : `all ${n(all)} ${noun}s`
    }`;
  const parts = [
    of(callsWithoutTexts, calls, "texts", "call"),
    of(unknown.callsWithoutTokens, calls, "tokens", "call"),
    of(unknown.callsWithoutTimes, calls, "times", "call"),
    of(unknown.sessionsWithoutModel, sessions, "model", "session"),
    of(unknown.sessionsWithoutGrade, sessions, "grade", "session"),
  ].filter(Boolean);
  return parts.length ? `unknown: ${parts.join(", ")}` : "";
}

/** What could not be read, and what was put right. */
function mendedText({ unreadable, repaired }: Pick<SourceTold, "unreadable" | "repaired">): string {
  return [
    countsText(unreadable) && `not readable, so unknown: ${countsText(unreadable)}`,
    countsText(repaired) && `put right: ${countsText(repaired)}`,
  ].filter(Boolean).join("; ");
}

/** Reasons that are shown at most. */
const SHOWN = 5;

/**
 * Why rows were set aside: the first reason of each kind.
 *
 * @param where the file that has all of them, where there is one
 */
export function asideText(reasons: readonly AsideReason[], where: string | null = null): string {
  if (reasons.length === 0) return "";
  const rows = reasons.reduce((sum, reason) => sum + reason.rows, 0);
  const head = `${where === null ? "not read" : `set aside (see ${where})`}: ${n(rows)}`;
  const texts = reasons.slice(0, SHOWN).map(({ first }) => redactName(first.replaceAll(/[\p{Cc}]+/gu, " ")).text);
  if (reasons.length === 1) return `${head}; ${rows > 1 ? "the first: " : ""}${texts[0]}`;
  const rest = reasons.slice(SHOWN).reduce((sum, reason) => sum + reason.rows, 0);
  return [
    head,
    ...texts.map((text, i) => `  ${n(reasons[i]!.rows)}: ${text}`),
    ...(rest ? [`  ${n(rest)} for other reasons`] : []),
  ].join("\n");
}
