import type { Random } from "../../lib/stats/mod.ts";

const WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

/**
 * A text that fits a regular expression, each character drawn evenly from its class and each count as small as it may be
 * (unbounded ones a little more): a key as a service would make it. Knows what the redactor's rules use: literals, classes,
 * `\d`, `\w`, groups, `|`, and counts.
 */
export function drawn(pattern: string, random: Random): string {
  let at = 0;
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(random() * from.length)]!;

  function alternatives(): string {
    const parts = [sequence()];
    while (pattern[at] === "|") {
      at++;
      parts.push(sequence());
    }
    return pick(parts);
  }

  function sequence(): string {
    let text = "";
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") {
      const start = at;
      const first = atom();
      const end = at;
      const [least, most] = counts();
      const after = at;
      const n = least + Math.floor(random() * (Math.min(most, least + 8) - least + 1));
      text += n > 0 ? first : "";
      for (let i = 1; i < n; i++) {
        at = start;
        text += atom();
      }
      at = after > end ? after : end;
    }
    return text;
  }

  function atom(): string {
    const char = pattern[at++]!;
    if (char === "(") {
      if (pattern.startsWith("?:", at)) at += 2;
      const text = alternatives();
      at++;
      return text;
    }
    if (char === "[") return pick(charactersOf());
    if (char === "\\") return escaped(pattern[at++]!);
    return char;
  }

  function escaped(letter: string): string {
    return letter === "d" ? pick("0123456789") : letter === "w" ? pick(WORD) : letter;
  }

  function charactersOf(): string {
    let all = "";
    while (pattern[at] !== "]") {
      const char = pattern[at++]!;
      if (char === "\\") {
        const letter = pattern[at++]!;
        all += letter === "d" ? "0123456789" : letter === "w" ? WORD : letter;
      } else if (pattern[at] === "-" && pattern[at + 1] !== "]") {
        for (let code = char.charCodeAt(0); code <= pattern.charCodeAt(at + 1); code++) {
          all += String.fromCharCode(code);
        }
        at += 2;
      } else all += char;
    }
    at++;
    return all;
  }

  function counts(): [least: number, most: number] {
    const found = /^(?:\{(\d+)(,?)(\d*)\}|[?*+])/.exec(pattern.slice(at));
    if (!found) return [1, 1];
    at += found[0].length;
    if (found[0] === "?") return [0, 1];
    if (found[0] === "*") return [0, 8];
    if (found[0] === "+") return [1, 8];
    const least = Number(found[1]);
    return [least, found[2] ? Number(found[3] || least + 8) : least];
  }

  return alternatives();
}
