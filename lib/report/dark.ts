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
  ["#8c2d19", "#e0745c"],
  ["#28476b", "#6d93c2"],
  ["#260c5c", "#8e75d6"],
  ["#8339a8", "#b57ad4"],
];

/** The figures' colours on a dark screen. Attributes of SVG give way to any style, so that no figure need be drawn again. */
export function darkStyle(): string {
  const rules = DARK.flatMap(([from, to]) => [
    `.draw [fill="${from}"]{fill:${to}}`,
    `.draw [stroke="${from}"]{stroke:${to}}`,
  ]);
  // White is the ground where it is a shape or a rim, and ink where it is text on a colour.
  rules.push(
    `.draw :not(text)[fill="#ffffff"]{fill:var(--ground)}`,
    `.draw [stroke="#ffffff"]{stroke:var(--ground)}`,
  );
  return `@media screen and (prefers-color-scheme: dark){${rules.join("")}}`;
}
