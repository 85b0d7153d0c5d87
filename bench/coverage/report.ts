import { HELD_ENOUGH } from "../../lib/stats/mod.ts";
import type { CoverageRow } from "./trial.ts";

/** The table as a page of the documentation. */
export function coveragePage(rows: readonly CoverageRow[], simulations: number): string {
  const worlds = [...new Set(rows.map((r) => r.world))];
  const short = rows.filter((r) => r.covered < HELD_ENOUGH);
  return `# Which intervals cover, and where

Made by \`deno task bench coverage ${simulations} --write\`: sessions are drawn from worlds whose truth is known, and each
interval is asked whether it holds it. 95% is promised; what holds less than ${
    (100 * HELD_ENOUGH).toFixed(0)
  }% of what it is
about is marked **short**, and its number is not to be shown without that word. Up to ${simulations} samples a world (a
share of that where an interval takes long), so a coverage is off by chance by about a point.

An interval is about something: *these runs* (the sessions that were drawn could have been others), *new runs of these
cells*, *new cells* of the same levels, *new tasks*. The same numbers may cover the one and not the other. \`given\` is the
share of samples in which the method gave an interval that it vouches for. ${short.length} of ${rows.length} rows are short.

${worlds.map((world) => `## ${capital(world)}\n\n${table(rows.filter((r) => r.world === world))}`).join("\n\n")}
`;
}

function table(rows: readonly CoverageRow[]): string {
  const head = ["interval", "about", "covers", "width", "bias", "given", "samples", ""];
  const body = rows.map((r) => [
    r.interval,
    r.about,
    percent(r.covered),
    r.width.toPrecision(2),
    (r.bias >= 0 ? "+" : "") + r.bias.toFixed(3),
    percent(r.given),
    String(r.simulations),
    r.covered < HELD_ENOUGH ? "**short**" : "",
  ]);
  const widths = head.map((_, i) => Math.max(3, ...[head, ...body].map((line) => line[i]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  return [line(head), `| ${widths.map((w) => "-".repeat(w)).join(" | ")} |`, ...body.map(line)].join("\n");
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : "-";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
