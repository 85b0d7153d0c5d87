import type { Block } from "./figure.ts";
import { textAt, translate } from "./svg.ts";
import { fitName, fitText, wrapText } from "./text.ts";
import { FONT_SIZE, INK } from "./theme.ts";

const TITLE_LINE = 17;
const NOTE_LINE = 15;

/** Lines that the longest of several notes takes. */
export function noteLines(notes: readonly string[], width: number): number {
  return Math.max(0, ...notes.map((note) => linesOf(note, width).length));
}

/** A note in two lines at most, cut there. */
function linesOf(note: string, width: number): string[] {
  const wrapped = note ? wrapText(note, width, FONT_SIZE.small) : [];
  return wrapped.length > 2 ? [wrapped[0]!, fitText(wrapped.slice(1).join(" "), width, FONT_SIZE.small)] : wrapped;
}

/** A small drawing under a title of its own, and under a note in smaller type (two lines at most, cut there). */
export function panelBlock(title: string, note: string, body: Block, linesKept?: number): Block {
  const lines = linesOf(note, body.width);
  const head = textAt(0, 13, fitName(title, body.width, FONT_SIZE.body, 600), { "font-weight": 600, fill: INK.text });
  const notes = lines.map((line, i) =>
    textAt(0, TITLE_LINE + 11 + i * NOTE_LINE, line, { "font-size": FONT_SIZE.small, fill: INK.muted })
  );
  const top = TITLE_LINE + (linesKept ?? lines.length) * NOTE_LINE + 4;
  return {
    markup: head + notes.join("") + translate(0, top, body.markup),
    width: body.width,
    height: top + body.height,
  };
}
