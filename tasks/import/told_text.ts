import type { SourceTold } from "../../lib/import/mod.ts";

const n = (count: number) => count.toLocaleString("en-US");
const counted = (count: number, noun: string) => `${n(count)} ${noun}${count === 1 ? "" : "s"}`;

/** What a source is and what is in it, in five lines at most. */
export function toldText({ formats, ...told }: SourceTold): string {
  const { sessions, calls, messages, toolCalls, characters, charactersThere } = told;
  return [
    formats.map(formatText).join("; "),
    [
      counted(sessions, "session"),
      counted(calls, "call"),
      counted(messages, "message"),
      counted(toolCalls, "tool call"),
    ].join(", "),
    `${n(characters)} of ${counted(charactersThere, "character")} of text read`,
    unknownText(told),
    Object.keys(told.leftOut).length &&
    `left out: ${Object.entries(told.leftOut).map(([reason, count]) => `${n(count)} ${reason}`).join(", ")}`,
  ].filter(Boolean).join("\n");
}

function formatText({ title, version, files }: SourceTold["formats"][number]): string {
  // A version is a number; of some kinds it is told which dialects they speak.
  const which = version === null ? "" : /^\d/.test(version) ? ` ${version}` : `: ${version}`;
  return `${title}${which} (${counted(files, "file")})`;
}

function unknownText({ sessions, calls, unknown, callsWithoutTexts }: Omit<SourceTold, "formats">): string {
  const of = (count: number, all: number, what: string, noun: string) =>
    count &&
    `${what} of ${
      count < all ? `${n(count)} of ${counted(all, noun)}` : all === 1 ? `the ${noun}` : `all ${n(all)} ${noun}s`
    }`;
  const parts = [
    of(callsWithoutTexts, calls, "texts", "call"),
    of(unknown.callsWithoutTokens, calls, "tokens", "call"),
    of(unknown.sessionsWithoutTimes, sessions, "times", "session"),
    of(unknown.sessionsWithoutModel, sessions, "model", "session"),
    of(unknown.sessionsWithoutGrade, sessions, "grade", "session"),
  ].filter(Boolean);
  return parts.length ? `unknown: ${parts.join(", ")}` : "";
}
