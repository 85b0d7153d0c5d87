/** What must be true of every figure. @module */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Figure } from "../../lib/figures/mod.ts";
import { layoutFaults } from "./layout.ts";

/** Something that was never filled in, in the text of a figure or a table. */
export const HOLE = /undefined|NaN|\bnull\b|Infinity|\[object/;

/** Checks a figure: clean layout, no hole in its text, text for readers who cannot see it, nothing from outside. */
export function sound(figure: Figure): void {
  const { name, svg, title } = figure;
  deepEqual(layoutFaults(figure), [], name);
  equal(HOLE.exec(svg)?.[0], undefined, `${name} has a hole in its text`);
  match(svg, new RegExp(`<title id="${name}-title">[^<]{10}`));
  match(svg, new RegExp(`<desc id="${name}-desc">[^<]{10}`));
  ok(svg.includes("Source: ") && title.length > 10, `${name} names no source`);
  ok(svg.isWellFormed() && !/<style|var\(--|<script|currentColor|href=/.test(svg), `${name} needs something outside`);
  equal(/ (?:x|y|d|cx|cy|r|width|height|transform)="[^"]*\.\d{3}/.test(svg), false, `${name}: coordinates are rounded`);
  const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
  ok(ids.every((id) => id.startsWith(name)), `ids of ${name} without its name: ${ids}`);
}
