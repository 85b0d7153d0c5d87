import { INK } from "./theme.ts";

/** How a topic is drawn: `symbol` by Plot, `path` around the origin for the legend. */
export interface TopicMark {
  color: string;
  symbol: "circle" | "square" | "triangle" | "diamond" | "star" | "cross" | "wye";
  path: string;
}

const SHAPES: readonly Omit<TopicMark, "color">[] = [
  { symbol: "circle", path: "M-5,0A5,5,0,1,1,5,0A5,5,0,1,1,-5,0Z" },
  { symbol: "square", path: "M-4.4,-4.4H4.4V4.4H-4.4Z" },
  { symbol: "triangle", path: "M0,-5.6L5.2,3.6L-5.2,3.6Z" },
  { symbol: "diamond", path: "M0,-6.4L4,0L0,6.4L-4,0Z" },
  { symbol: "star", path: "M0,-6L1.5,-2L5.7,-1.9L2.3,0.8L3.5,4.9L0,2.5L-3.5,4.9L-2.3,0.8L-5.7,-1.9L-1.5,-2Z" },
  { symbol: "cross", path: "M-5,-1.7H-1.7V-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5Z" },
  { symbol: "wye", path: "M-1.6,5V0.9L-5.2,-1.2L-3.6,-4L0,-1.9L3.6,-4L5.2,-1.2L1.6,0.9V5Z" },
];

/** Colours of topics, 1 first: apart in lightness and under the common colour-vision deficiencies. */
export const TOPIC_COLORS: readonly string[] = [
  "#e46bb5",
  "#28476b",
  "#7d9819",
  "#ca3b5f",
  "#260c5c",
  "#67db52",
  "#8339a8",
];

/** Colour and shape of a topic; from the eighth on grey, told by its number on the map alone. */
export function topicMark(number: number): TopicMark {
  const shape = SHAPES[(number - 1) % SHAPES.length]!;
  return { ...shape, color: TOPIC_COLORS[number - 1] ?? INK.muted };
}
