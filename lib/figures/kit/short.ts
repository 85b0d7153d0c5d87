import { shortOf } from "../../analysis/cut_offs.ts";
import { pct } from "./format.ts";

/** Where an interval is shown whose 95% hold less than 93% of the time: the sentence that says so, for a caption; else none. */
export function shortSentence(label: string, interval: string, about: string): string[] {
  const short = shortOf(interval, about);
  if (short === null) return [];
  return [
    `${label} is short: where truth is known it held ${about} in as few as ${pct(short.covered)} of samples ` +
    `(${short.world}), not in 95%.`,
  ];
}

/** Whiskers of rates, and what they are about. */
export const WILSON_LABEL = "Wilson 95%, these runs";
