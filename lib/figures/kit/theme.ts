/**
 * Colours and type of every figure. Each palette is told apart by lightness alone (greyscale) and stays apart under
 * protanopia, deuteranopia and tritanopia; `tests/figures/theme_test.ts` simulates all three.
 */

/** Inter where it is installed; the fall-backs named are narrower, so what fits in Inter fits in them. */
export const FONT_FAMILY = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

/** Sizes of type in pixels. */
export const FONT_SIZE = { title: 18, subtitle: 13, body: 12, small: 11, caption: 11 } as const;

/** Width of a figure in pixels: what a notebook's output column shows without scaling. */
export const FIGURE_WIDTH = 900;

/** Pixels between a figure's edge and what it shows. */
export const PADDING = 16;

/** Width that a body block can take in a figure of the usual width. */
export const BODY_WIDTH = FIGURE_WIDTH - 2 * PADDING;

/** Colours that carry structure rather than data. */
export const INK = {
  text: "#1b1f27",
  muted: "#5c6470",
  faint: "#8b929d",
  rule: "#d9dce1",
  grid: "#eceef1",
  ground: "#ffffff",
  /** Data below a cut-off. */
  weak: "#c3c8d0",
  /** The one thing a figure points at. */
  accent: "#b3361e",
} as const;

/** Keeps text legible where it crosses a line: a rim in the ground's colour. */
export const HALO = {
  stroke: INK.ground,
  "stroke-width": 3,
  "stroke-linejoin": "round",
  "paint-order": "stroke",
} as const;

/** A bar where colour says nothing; light enough for a whisker to show on it. */
export const BAR = "#6aa5d2";

/** Verdicts; unknown is neither solved nor failed. */
export const VERDICT_COLORS = { solved: "#0b62a4", failed: "#e08a1e", unknown: "#d3d7dd" } as const;

/**
 * Colours handed out to names by order, after Okabe and Ito (2008): their hues, with lightnesses moved apart so that each
 * pair is told apart in grey too.
 */
export const PALETTE: readonly string[] = [
  "#004571",
  "#ffa92b",
  "#048264",
  "#c87aa2",
  "#62b3e4",
  "#ca5b02",
  "#ffef60",
  "#171c24",
];

/** The three factors of the regressions. */
export const FACTOR_COLORS = { benchmark: "#4c3e8c", harness: "#ad7c14", model: "#38c4cb" } as const;

/** Failure modes from the most to the least noticeable one. */
export const FAILURE_MODE_COLORS: Readonly<Record<string, string>> = {
  "tool-call errors": "#10344c",
  "non-convergence / loop": "#2f7590",
  "runtime / span error": "#7fb8c2",
  "silent wrong answer": "#dbe7e8",
  unknown: "#d6c7ac",
};

/** Colours of the ordered steps of a rate, light to dark. */
export const RATE_RAMP = ["#f3f6fa", "#cfe0ee", "#93bedb", "#4d92c1", "#1c639c", "#0c3561"] as const;
