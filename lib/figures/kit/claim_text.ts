import type { ClaimRow, ClaimVerdict } from "../../analysis/claims/claims.ts";
import { fixed, int, pct, tokens, usd } from "./format.ts";

/** How a verdict looks: short for a chip, its colours, and the order in which legends count them. */
export const VERDICT_CHIPS: Readonly<Record<ClaimVerdict, { label: string; fill: string; ink: string }>> = {
  "reproduced": { label: "reproduced", fill: "#0b62a4", ink: "#ffffff" },
  "contradicted by its own data": { label: "contradicted", fill: "#f0a04b", ink: "#1b1f27" },
  "not distinguishable in its own data": { label: "not distinguishable", fill: "#fbe0bf", ink: "#1b1f27" },
  "rests on sessions that are not an agent's": { label: "not an agent's", fill: "#c9b3d9", ink: "#1b1f27" },
  "does not survive ground truth": { label: "fails ground truth", fill: "#8c2d19", ink: "#ffffff" },
  "not testable": { label: "not testable", fill: "#e3e6ea", ink: "#1b1f27" },
  "not in these data": { label: "not in these data", fill: "#f4f5f7", ink: "#1b1f27" },
};

/** How round a chip's ends are in pixels: nothing else in a figure is so round, which is how a page tells chips. */
export const CHIP_RADIUS = 8.5;

/** A claim's number as a reader sees it, in its unit. */
export function claimNumber(value: ClaimRow["value"], unit: string): string {
  if (value === null) return "–";
  if (typeof value === "boolean") return value ? "true" : "false";
  switch (unit) {
    case "true":
      return value === 1 ? "true" : "false";
    case "rate":
      return pct(value, 1);
    case "r2":
      return pct(value, 2);
    case "points":
      return `${fixed(value * 100, 1)} pp`;
    case "usd":
      return usd(value);
    case "ratio":
      return `${fixed(value, 2)}×`;
    case "mtok":
      return tokens(value * 1e6);
    case "tokens":
      return tokens(value);
    default:
      return Number.isInteger(value) || Math.abs(value) >= 1000 ? int(value) : fixed(value, 1);
  }
}

/** What a claim states, as a reader sees it: its value, or on which side of what its effect shall be. */
export function statedText(
  { stated, unit, says, value }: Pick<ClaimRow, "stated" | "unit" | "says" | "value">,
): string {
  const effectAlone = says !== null && stated === 0 && typeof value === "number" && value !== 0;
  return effectAlone ? SAYS[says] : claimNumber(stated, unit);
}

const SAYS: Readonly<Record<NonNullable<ClaimRow["says"]>, string>> = {
  above: "above 0",
  below: "below 0",
  "not below": "no less",
  same: "the same",
};

/** The interval of a claim's value, empty where it has none. */
export function claimInterval({ lo, hi, unit }: Pick<ClaimRow, "lo" | "hi" | "unit">): string {
  if (lo === null || hi === null) return "";
  // The interval of a statement is that of the number it is about.
  const scale = unit === "true" ? "rate" : unit;
  return `${claimNumber(lo, scale)} to ${claimNumber(hi, scale)}`;
}

/** A finding in words: its label where there is one, else its name with spaces for hyphens. */
export function findingLabel(finding: string, labels: Readonly<Record<string, string>> = {}): string {
  if (Object.hasOwn(labels, finding)) return labels[finding] ?? finding;
  return finding === "own" ? "Claims" : finding.replaceAll("-", " ");
}

/** Verdicts from best to worst, then those that were not decided. */
export const CLAIM_ORDER: readonly ClaimVerdict[] = [
  "reproduced",
  "contradicted by its own data",
  "rests on sessions that are not an agent's",
  "not distinguishable in its own data",
  "does not survive ground truth",
  "not testable",
  "not in these data",
];
