import { escapeHtml, type Figure, type HtmlTable, int } from "../figures/mod.ts";
import { type Answered, type Drawn, isFigure, type QuestionContext } from "../questions/mod.ts";
import { markNames, type NamesOf } from "../figures/kit/marks.ts";

/** Width of a figure on a phone in pixels. */
export const NARROW_WIDTH = 360;

/** Width of the figure that opens a report, beside its sentences. */
const LEAD_WIDTH = 680;

/** The figure that opens a report, drawn for the place it has: shrunk to it, its words are too small to be read. */
export function leadDrawn(lead: Answered, context: QuestionContext): Figure | null {
  return lead.question.draw(lead.found, { ...context, width: LEAD_WIDTH }).find(isFigure) ?? null;
}

/** An answer drawn again for a phone: figures that know their width; those that do not are as wide as ever. */
export function drawnNarrow({ question, found, leftOut }: Answered, context: QuestionContext): readonly Drawn[] {
  if (leftOut !== null) return [];
  const { names } = context;
  return question.draw(found, {
    ...context,
    width: NARROW_WIDTH,
    names: { ...names, figureName: (name) => `${names.figureName?.(name) ?? name}-narrow` },
  });
}

/** Drawings for a phone by the figure's name: they stand in the page once, deflated, and its script puts them in place. */
export type NarrowDrawings = Map<string, string>;

/** A figure in the page: what it shows as text, the drawing, and where it is from; its drawing for a phone goes to `small`. */
export function figureHtml(figure: Figure, narrow: Figure | null, of: NamesOf, small: NarrowDrawings): string {
  const id = escapeHtml(figure.name);
  const said = `${id}-said`;
  const drawing = (bare: string) =>
    compact(markNames(bare, of)).replace(`role="img"`, `role="img" aria-labelledby="${said}"`);
  const isSmaller = narrow !== null && narrow.width < figure.width;
  if (isSmaller) small.set(figure.name, drawing(narrow.bare));
  return [
    `<figure id="${id}">`,
    `<figcaption><b>${escapeHtml(figure.title)}</b>${
      figure.subtitle ? `<span>${escapeHtml(figure.subtitle)}</span>` : ""
    }</figcaption>`,
    `<div class="draw">${drawing(figure.bare)}</div>`,
    `<p hidden id="${said}">${escapeHtml(`${figure.title}. ${figure.description}`)}</p>`,
    // How many dots have no name, and what is left out, depends on the room.
    ...isSmaller && narrow.caption !== figure.caption
      ? [note(figure.caption, "note wide"), note(narrow.caption, "note small")]
      : [note(figure.caption, "note")],
    `</figure>`,
  ].join("");
}

const note = (caption: string, kind: string) => `<p class="${kind}">${escapeHtml(caption)}</p>`;

/**
 * A drawing in fewer bytes: tenths of a pixel are enough on a page, and what Plot calls its groups for readers that cannot see
 * is said once for the whole drawing.
 */
function compact(svg: string): string {
  return svg.replace(
    /<(?!svg\b)[a-z][^<>]*>/g,
    (tag) =>
      tag.replace(/ aria-[a-z]+="[^"]*"/g, "")
        .replace(/ (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|width|height)="[^"]*"/g, (attribute) =>
          attribute.replace(/\d+\.\d\d+/g, (number) => String(Math.round(Number(number) * 10) / 10))),
  ).replace(/(<(circle|rect|path|line)\b[^<>]*)><\/\2>/g, "$1/>");
}

/** From so many lines on a table is folded away under its heading. */
const LONG = 60;

/** A table in the page, which has its own style once for all; one that is scrolled can be reached by keyboard. */
function tableHtml({ html }: HtmlTable): string {
  const said = /<h4>([^<]*)<\/h4>/.exec(html)?.[1] ?? "";
  const shown = html.replace(/<style>[\s\S]*?<\/style>\n?/, "")
    .replace(`<div class="atl-table" `, `<div class="atl-table" tabindex="0" role="region" aria-label="${said}" `);
  const lines = shown.split("<tr").length - 1;
  return lines > LONG
    ? `<details class="long"><summary>${said} (table of ${int(lines)} lines)</summary>${shown}</details>`
    : shown;
}

/** What an answer was drawn as, in the page; alternatives one at a time. */
export function answerHtml(
  answered: Answered,
  context: QuestionContext,
  of: NamesOf,
  at: string | null,
  small: NarrowDrawings,
): string {
  const { question, drawn } = answered;
  const narrow = at === null ? drawnNarrow(answered, context) : [];
  const parts = drawn.map((one, i) => {
    const phone = narrow[i];
    const html = isFigure(one) && at === null
      ? figureHtml(one, phone && isFigure(phone) ? phone : null, of, small)
      : isFigure(one)
      ? ""
      : tableHtml(one);
    return { one, html };
  });
  const choices = parts.filter(({ one }) => isFigure(one) && one.alternative !== undefined);
  const rest = parts.filter((part) => !choices.includes(part));
  const body = at === null
    ? `${
      choices.length > 1 ? chooser(question.name, choices.map(({ one }) => (one as Figure).alternative ?? "")) : ""
    }${choices.length ? `<div class="alternatives">${choices.map(({ html }) => html).join("")}</div>` : ""}${
      rest.map(({ html }) => html).join("")
    }`
    : `<p><a href="#${escapeHtml(at)}">It opens this report.</a></p>${
      rest.filter(({ one }) => !isFigure(one)).map(({ html }) => html).join("")
    }`;
  return `<article id="question-${escapeHtml(question.name)}"><h3>${escapeHtml(question.title)}</h3>${body}</article>`;
}

function chooser(name: string, labels: readonly string[]): string {
  const inputs = labels.map((label, i) =>
    `<label><input type="radio" class="c${i + 1}" name="choice-${escapeHtml(name)}"${i === 0 ? " checked" : ""}> ${
      escapeHtml(label)
    }</label>`
  );
  return `<fieldset class="choices"><legend>Success as</legend>${inputs.join("")}</fieldset>`;
}
