import { INTER_REGULAR, INTER_SEMIBOLD } from "./inter_widths.ts";
export { escapeXml, legalXml } from "../../model/escape.ts";

/** Weights in which figures set text. */
export type FontWeight = 400 | 600;

/** Full-width scripts take a whole em; anything else that Inter lacks is taken as wide as its widest letter. */
const UNKNOWN_WIDTH = 1000;

/** Width in pixels of one line of Inter at `fontSize` pixels, without kerning (which would narrow it a little). */
export function textWidth(text: string, fontSize: number, weight: FontWeight = 400): number {
  const table = weight === 600 ? INTER_SEMIBOLD : INTER_REGULAR;
  let sum = 0;
  for (const character of text) sum += table.get(character) ?? UNKNOWN_WIDTH;
  return sum * fontSize / 1000;
}

/** `text`, cut at its end with an ellipsis where it is wider than `maxWidth` pixels. */
export function fitText(text: string, maxWidth: number, fontSize: number, weight: FontWeight = 400): string {
  if (textWidth(text, fontSize, weight) <= maxWidth) return text;
  const characters = [...text];
  while (characters.length && textWidth(characters.join("") + "…", fontSize, weight) > maxWidth) characters.pop();
  return characters.join("").trimEnd() + "…";
}

/**
 * A name, cut in its middle with an ellipsis where it is wider than `maxWidth` pixels: names of one kind often begin alike and
 * differ at the end.
 */
export function fitName(name: string, maxWidth: number, fontSize: number, weight: FontWeight = 400): string {
  if (textWidth(name, fontSize, weight) <= maxWidth) return name;
  const characters = [...name];
  for (let kept = characters.length - 1; kept > 0; kept--) {
    const tail = Math.floor(kept / 2);
    const cut = characters.slice(0, kept - tail).join("").trimEnd() + "…" +
      (tail ? characters.slice(-tail).join("").trimStart() : "");
    if (textWidth(cut, fontSize, weight) <= maxWidth) return cut;
  }
  return "…";
}

/** Lines of at most `maxWidth` pixels, broken at spaces; a single word that is wider is cut with an ellipsis. */
export function wrapText(text: string, maxWidth: number, fontSize: number, weight: FontWeight = 400): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (textWidth(longer, fontSize, weight) <= maxWidth) line = longer;
    else {
      if (line) lines.push(line);
      line = fitText(word, maxWidth, fontSize, weight);
    }
  }
  return line ? [...lines, line] : lines;
}

/** The widest of several lines, in pixels. */
export function widest(texts: Iterable<string>, fontSize: number, weight: FontWeight = 400): number {
  return Math.max(0, ...Array.from(texts, (text) => textWidth(text, fontSize, weight)));
}
