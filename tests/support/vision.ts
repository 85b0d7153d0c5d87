/**
 * How colours look to eyes that lack a kind of cone, after Machado, Oliveira and Fernandes (2009), severity 1, applied
 * to linear sRGB; and distances in OKLab (Ottosson, 2020).
 *
 * @module
 */

/** A row-major 3 x 3 matrix. */
export type Matrix3 = readonly (readonly [number, number, number])[];

/** What each kind of vision does to linear sRGB. */
export const VISIONS: Readonly<Record<string, Matrix3>> = {
  "full colour vision": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const TO_CONES: Matrix3 = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix3 = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

/** A hex colour in OKLab, seen through `vision`. */
export function oklab(hex: string, vision?: Matrix3): [number, number, number] {
  const linear = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((s) => s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4);
  const seen = vision ? times(vision, linear).map((v) => Math.min(1, Math.max(0, v))) : linear;
  const [l = 0, a = 0, b = 0] = times(TO_LAB, times(TO_CONES, seen).map(Math.cbrt));
  return [l, a, b];
}

/** Euclidean distance. */
export function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
}

const times = (matrix: Matrix3, [x = 0, y = 0, z = 0]: readonly number[]) =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z);
