import { MAX_QUOTE_WORDS } from "./answer_schema.ts";
import { firstWords } from "./words.ts";

/**
 * What a judge was shown of one call: the recorded lines, without their quotation marks, of all entries of that call.
 *
 * @param user the judge's prompt (see `buildPrompt`)
 */
export function shownOfCall(user: string, call: number): string {
  const lines: string[] = [];
  let within = false;
  for (const line of user.split("\n")) {
    const entry = /^\[call (\d+)(?:, conversation \d+)?\]/.exec(line);
    if (entry) within = Number(entry[1]) === call;
    else if (line.startsWith("| ")) {
      if (within) lines.push(line.slice(2));
    } else if (!line.startsWith("[")) within &&= line === "(the task above)";
  }
  return lines.join("\n");
}

/**
 * A quotation of at most 30 words, as it stands in a text; null when it does not. White space, the form of quotation marks
 * and dashes, and JSON's escapes do not count; an ellipsis stands for what is left out between two pieces. A longer one is cut to
 * its first 30 words.
 */
export function checkedQuote(quote: string, text: string): string | null {
  const short = firstWords(quote.trim().replace(/^["'“„«‘`]+|["'”“»’`]+$/gu, "").trim(), MAX_QUOTE_WORDS);
  const pieces = normalized(short).split(/\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*/u).filter((piece) => piece !== "");
  if (!pieces.some((piece) => /[\p{L}\p{N}]/u.test(piece))) return null;
  const stands = (shown: string) => {
    let from = 0;
    return pieces.every((piece) => {
      const at = shown.indexOf(piece, from);
      from = at + piece.length;
      return at >= 0;
    });
  };
  return stands(normalized(text)) || stands(normalized(unescaped(text))) ? short : null;
}

function normalized(text: string): string {
  return text.normalize("NFKC").replace(/[“”„«»]/gu, '"').replace(/[‘’‚`]/gu, "'").replace(/[‐-―−]/gu, "-")
    .replace(/\s+/gu, " ").trim();
}

/** Arguments of tools are JSON: a judge quotes what they say. */
function unescaped(text: string): string {
  return text.replace(/\\(["\\/])/g, "$1").replace(/\\[nrt]/g, " ");
}
