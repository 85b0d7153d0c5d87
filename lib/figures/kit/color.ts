import { INK, RATE_RAMP } from "./theme.ts";

const channels = (hex: string) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** The colour at `t` of 0 to 1 on a ramp of hex colours, mixed linearly between its steps. */
export function rampColor(t: number, ramp: readonly string[] = RATE_RAMP): string {
  const place = Math.min(1, Math.max(0, t)) * (ramp.length - 1);
  const step = Math.min(ramp.length - 2, Math.floor(place));
  const [from, to] = [channels(ramp[step] ?? INK.ground), channels(ramp[step + 1] ?? INK.ground)];
  const mixed = from.map((value, i) => Math.round(value + (place - step) * ((to[i] ?? value) - value)));
  return "#" + mixed.map((value) => value.toString(16).padStart(2, "0")).join("");
}

/** Relative luminance of a hex colour (WCAG 2.2): 0 black, 1 white. */
export function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((value) => {
    const s = value / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Black or white, whichever contrasts more with a ground: 4.5 or more on any (nothing softer than black reaches that). */
export function inkOn(ground: string): string {
  const level = luminance(ground) + 0.05;
  return level / 0.05 >= 1.05 / level ? "#000000" : "#ffffff";
}
