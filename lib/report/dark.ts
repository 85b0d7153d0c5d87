import { CHIP_RADIUS, VERDICT_CHIPS } from "../figures/kit/claim_text.ts";
import { luminance } from "../figures/kit/color.ts";

/**
 * What a colour of the figures becomes on a dark ground: structure is turned around, and colours of data that would be lost
 * there are made lighter. Colours that carry text of their own (cells of heat tables, chips) stay.
 */
const DARK: readonly (readonly [from: string, to: string])[] = [
  // Text and rules.
  ["#1b1f27", "#e6e9ee"],
  ["#5c6470", "#a3acb9"],
  ["#8b929d", "#8b929d"],
  ["#d9dce1", "#4a5362"],
  ["#eceef1", "#29303b"],
  ["#c3c8d0", "#5d6675"],
  ["#e9ebee", "#2b323e"],
  ["#b3361e", "#ff8a70"],
  // Verdicts and bars.
  ["#0b62a4", "#5aa9e6"],
  ["#d3d7dd", "#5d6675"],
  // Names.
  ["#004571", "#4a90c4"],
  ["#048264", "#2fb08d"],
  ["#171c24", "#cfd6e0"],
  ["#ca5b02", "#e67a25"],
  // Factors, failure modes, weights, topics.
  ["#4c3e8c", "#9b8ce0"],
  ["#10344c", "#3f7fa8"],
  ["#2f7590", "#4d9dbb"],
  ["#10416b", "#4a90c4"],
  ["#0b4f8a", "#3f93dc"],
  ["#10233f", "#3566a8"],
  ["#8c2d19", "#e0745c"],
  ["#28476b", "#6d93c2"],
  ["#260c5c", "#8e75d6"],
  ["#8339a8", "#b57ad4"],
];

/** The page's ground on a dark screen, and what a mark has to stand out from it by (WCAG 2.2, graphical objects). */
const GROUND = "#14181f", CONTRAST = 3;

/** Whether a colour can be told from the dark ground. */
const isSeen = (color: string) => luminance(color) + 0.05 >= CONTRAST * (luminance(GROUND) + 0.05);

/** A colour mixed with white until it can be told from the dark ground. */
function lighter(color: string): string {
  const channels = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = channels.map((value) => Math.round(value + share * (255 - value)).toString(16).padStart(2, "0"));
    if (isSeen(`#${mixed.join("")}`)) return `#${mixed.join("")}`;
  }
  return "#ffffff";
}

/**
 * The figures' colours on a dark screen. Attributes of SVG give way to any style, so that no figure need be drawn again.
 *
 * @param named colours that names were given, by whomever: those that would be lost on a dark ground are made lighter
 */
export function darkStyle(named: Iterable<string> = []): string {
  const known = new Set(DARK.map(([from]) => from));
  const lost = [...new Set(named)].map((color) => color.toLowerCase()).filter((color) =>
    /^#[\da-f]{6}$/.test(color) && !known.has(color) && !isSeen(color)
  );
  const rules = [...DARK, ...lost.map((color) => [color, lighter(color)] as const)].flatMap(([from, to]) => [
    `.draw [fill="${from}"]{fill:${to}}`,
    `.draw [stroke="${from}"]{stroke:${to}}`,
  ]);
  // Chips keep their colours, for the sake of the words on them.
  const chip = `rect[rx="${CHIP_RADIUS}"]`;
  for (const { fill, ink } of Object.values(VERDICT_CHIPS)) {
    rules.push(`.draw ${chip}[fill="${fill}"]{fill:${fill}}`, `.draw ${chip}[fill="${fill}"]+text{fill:${ink}}`);
  }
  // White is the ground where it is a shape or a rim, and ink where it is text on a colour.
  rules.push(
    `.draw :not(text)[fill="#ffffff"]{fill:var(--ground)}`,
    `.draw [stroke="#ffffff"]{stroke:var(--ground)}`,
  );
  return `@media screen and (prefers-color-scheme: dark){${rules.join("")}}`;
}
