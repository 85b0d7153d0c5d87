import { drawBinomial } from "../resampling/draw_binomial.ts";
import type { Random } from "../resampling/random.ts";
import type { Confusion } from "./confusion.ts";

/**
 * Draws a confusion table of the same size. Half a session is added to each of the four counts before drawing, so that
 * an outcome that was not seen among few labels keeps a chance (a plain bootstrap would call it impossible).
 */
export function drawConfusion(random: Random, c: Confusion): Confusion {
  const n = c.tp + c.fp + c.fn + c.tn;
  let left = n, mass = n + 2;
  const next = (count: number) => {
    const drawn = drawBinomial(random, left, (count + 0.5) / mass);
    left -= drawn;
    mass -= count + 0.5;
    return drawn;
  };
  const tp = next(c.tp), fp = next(c.fp), fn = next(c.fn);
  return { tp, fp, fn, tn: left };
}
