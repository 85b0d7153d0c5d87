/**
 * Coverage of every interval that is shown, in worlds whose truth is known: `deno task bench coverage [SIMULATIONS]
 * [--write]`. Seeded, so a second run prints the same.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { HELD_ENOUGH, heldAtWorst, seededRandom } from "../lib/stats/mod.ts";
import { judgeWorlds, sequenceWorlds } from "./coverage/judge.ts";
import { multilevelWorlds } from "./coverage/multilevel.ts";
import { costWorlds, rateWorlds } from "./coverage/rates.ts";
import { coveragePage } from "./coverage/report.ts";
import { otherWorlds, taskWorlds } from "./coverage/tasks.ts";
import { coverageIn, type CoverageRow } from "./coverage/trial.ts";

const WORLDS = [
  ...rateWorlds,
  ...costWorlds,
  ...multilevelWorlds,
  ...taskWorlds,
  ...otherWorlds,
  ...judgeWorlds,
  ...sequenceWorlds,
];

const HELP = `deno task bench coverage [SIMULATIONS] [--write] [--world TEXT]

  SIMULATIONS   samples a world, 200 by default; worlds whose intervals take long draw a share of that
  --write       also write docs/statistics-coverage.md, bench/results/coverage.json and lib/stats/intervals/held.json
  --world TEXT  only worlds whose name has the text`;

/** Runs the benchmark: prints, for each world and interval, the coverage found. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals: [first = "200"] } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      write: { type: "boolean", default: false },
      world: { type: "string", default: "" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const simulations = Number(first);
  if (!Number.isInteger(simulations) || simulations < 1) {
    console.error(`bench coverage: expected a number of simulations, found ${first}`);
    return 2;
  }
  const rows: CoverageRow[] = [];
  for (const [i, world] of WORLDS.entries()) {
    if (!world.name.includes(values.world)) continue;
    const start = performance.now(), found = coverageIn(world, seededRandom(i + 1), simulations);
    console.log(
      `\n${world.name} (${found[0]?.simulations} samples, ${((performance.now() - start) / 1000).toFixed(1)} s)`,
    );
    for (const row of found) console.log(line(row));
    rows.push(...found);
  }
  if (values.write) {
    await Deno.mkdir(new URL("../docs/", import.meta.url), { recursive: true });
    await Deno.writeTextFile(
      new URL("../docs/statistics-coverage.md", import.meta.url),
      coveragePage(rows, simulations),
    );
    const json = rows.map((row) => ({ ...row, short: row.covered < HELD_ENOUGH }));
    await Deno.writeTextFile(new URL("results/coverage.json", import.meta.url), `${JSON.stringify(json, null, 2)}\n`);
    await Deno.writeTextFile(
      new URL("../lib/stats/intervals/held.json", import.meta.url),
      `${JSON.stringify(heldAtWorst(rows), null, 2)}\n`,
    );
    // The page as the formatter wants it.
    const page = decodeURIComponent(new URL("../docs/statistics-coverage.md", import.meta.url).pathname);
    await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", page] }).output();
  }
  return 0;
}

function line({ interval, about, covered, width, bias, given }: CoverageRow): string {
  const percent = (v: number) => `${(100 * v).toFixed(1)}%`.padStart(6);
  return `  ${interval.padEnd(60)} ${about.padEnd(26)} ${percent(covered)}  width ${
    width.toPrecision(2).padStart(6)
  }  ` +
    `bias ${bias.toFixed(3).padStart(7)}  given ${percent(given)}${covered < HELD_ENOUGH ? "  short" : ""}`;
}
