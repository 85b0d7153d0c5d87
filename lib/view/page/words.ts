/** How values read. */
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const count = (value: number) => value.toLocaleString("en");
export const short = (value: number | null) => value === null ? "–" : compact.format(value);
export const pct = (rate: number | null) => rate === null ? "–" : `${(100 * rate).toFixed(0)}%`;
export const points = (difference: number | null) =>
  difference === null ? "–" : `${difference < 0 ? "−" : "+"}${Math.abs(100 * difference).toFixed(1)} points`;
export const pWords = (p: number) => p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
export const verdictWord = (verdict: 0 | 1 | null) =>
  verdict === 1 ? "solved" : verdict === 0 ? "not solved" : "unknown";

/** Seconds as a person says them. */
export function seconds(value: number | null): string {
  if (value === null) return "–";
  if (value < 60) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value < 3600) return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
  return `${Math.floor(value / 3600)} h ${Math.round(value % 3600 / 60)} min`;
}

/** Seconds on an axis. */
export function brief(value: number): string {
  const [size, unit] = value < 60 ? [1, "s"] : value < 3600 ? [60, "min"] : [3600, "h"];
  return `${Number((value / size).toPrecision(2))} ${unit}`;
}

/** Dollars, with as many digits as tell. */
export function usd(value: number): string {
  return `$${value === 0 || value >= 0.1 ? value.toFixed(2) : value.toPrecision(2)}`;
}
