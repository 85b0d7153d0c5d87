import { deepEqual, equal, match, ok } from "node:assert/strict";
import { resultsOf } from "../../lib/analysis/mod.ts";
import { publishedPrices, replica } from "../../lib/study/mod.ts";
import { needs } from "../support/needs.ts";
import { atl } from "../support/atl.ts";

const numbers = (...args: string[]) => atl(["numbers", ...args]);

needs(["run", "read"], "numbers prints every key of the results, the same each time", async () => {
  const [first, second] = await Promise.all([numbers("--source", "replica"), numbers("--source", "replica")]);
  equal(first.code, 0, first.err);
  equal(first.out, second.out);
  const expected = Object.keys(resultsOf(await replica(), publishedPrices()));
  const found = Object.keys(JSON.parse(first.out));
  deepEqual(expected.filter((key) => !found.includes(key)), []);
});

needs(["run", "read", "write"], "numbers writes its file whole, and leaves nothing beside it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, out, err } = await numbers("--source", "replica", "--out", `${folder}/results.json`);
    deepEqual([code, out], [0, ""]);
    match(err, /results\.json: .*1,781 sessions/);
    deepEqual([...Deno.readDirSync(folder)].map((e) => e.name), ["results.json"]);
    equal(JSON.parse(await Deno.readTextFile(`${folder}/results.json`)).totals.sessions, 1781);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

needs(["run", "read", "write"], "numbers takes rates of one's own", async () => {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const models = { "gpt-4.1": { input: 100, output: 100, output_share: 0 } };
    await Deno.writeTextFile(
      path,
      JSON.stringify({ source: "own", as_of: "2026-01-01", unit: "USD per million tokens", models }),
    );
    const results = JSON.parse((await numbers("--source", "replica", "--prices", path)).out);
    deepEqual(results.blended_usd_per_mtok, { "gpt-4.1": 100 });
    const opus = results.cost_by_config.find((c: { config: string }) => c.config === "claude_code · claude-opus-4-5");
    equal(opus.usd_total, null);
    ok(results.notes.some((n: { note: string }) => n.note.startsWith("claude-opus-4-5: 509 sessions have no price")));
  } finally {
    await Deno.remove(path);
  }
});

const FAULTS: [string, string[], RegExp, number?][] = [
  ["an unknown source", ["--source", "nope"], /^numbers: nope: no such file.*\n$/],
  [
    "a price file that is not there",
    ["--source", "replica", "--prices", "/nope.json"],
    /^numbers: \/nope\.json: .*\n$/,
  ],
  [
    "a price file of another shape",
    ["--source", "replica", "--prices", "deno.json"],
    /^numbers: deno\.json, field .*\n$/,
  ],
  [
    "a folder that is not there",
    ["--source", "replica", "--out", "/nope/results.json"],
    /^numbers: \/nope\/results\.json: .*\n$/,
  ],
  ["an option that is not one", ["--sauce"], /^numbers: unexpected option.*"--sauce".*Did you mean --source\?.*\n$/, 2],
];

for (const [name, args, line, expected = 1] of FAULTS) {
  needs(["run", "read"], `numbers says in one line what is wrong with ${name}`, async () => {
    const { code, out, err } = await numbers(...args);
    deepEqual([code, out], [expected, ""]);
    match(err, line);
  });
}
