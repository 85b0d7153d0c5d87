import type { Random } from "./random.ts";

/** A standard normal number from two uniform ones (Box and Muller). */
export function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
