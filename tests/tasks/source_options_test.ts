import { deepEqual, equal, match } from "node:assert/strict";
import { needs } from "../support/needs.ts";

const atl = decodeURIComponent(new URL("../../tasks/atl.ts", import.meta.url).pathname);

async function numbers(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", atl, "numbers", ...args],
    env: { TRACES_SOURCE: "", TRACES_MAPPING: "" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

/** Sessions with names of one's own for everything. */
const ROWS = ["x", "y"].map((id, i) => ({
  case: `run1_${id}`,
  team: "acme",
  suite: "mail",
  engine: "acme/one",
  won: i === 0,
  steps: [{ key: "s", from: "2026-01-01T00:00:00Z", to: "2026-01-01T00:00:02Z", inTokens: 1_000_000, outTokens: 0 }],
}));
const MAPPING = {
  name: "mine",
  form: "rows",
  session: { sessionId: "case", benchmark: "suite", harness: "team", models: "engine" },
  grades: { success: "won", origin: "human" },
  spans: "steps",
  span: {
    spanId: "key",
    startTime: "from",
    endTime: "to",
    inputTokens: "inTokens",
    outputTokens: "outTokens",
    inputMessages: "input?",
    outputMessages: "output?",
  },
  modelCall: { field: "type?", values: ["call"], whenMissing: true },
  metadata: "rest",
};
const PRICES = {
  source: "a list of our own",
  as_of: "2026-01-01",
  unit: "USD per million tokens",
  models: { one: { input: 2, output: 8 } },
};

needs(
  ["read", "write", "run"],
  "a mapping and prices of one's own reach the numbers, by option and by environment",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const write = (name: string, value: unknown) => Deno.writeTextFile(`${folder}/${name}`, JSON.stringify(value));
      await Deno.writeTextFile(`${folder}/rows.jsonl`, ROWS.map((row) => JSON.stringify(row)).join("\n"));
      await write("mapping.json", MAPPING);
      await write("prices.json", PRICES);
      const { code, out, err } = await numbers(
        "--source",
        `${folder}/rows.jsonl`,
        "--mapping",
        `${folder}/mapping.json`,
        "--prices",
        `${folder}/prices.json`,
      );
      equal(code, 0, err);
      const results = JSON.parse(out);
      deepEqual([results.totals.sessions, results.totals.successes, results.totals.tokens], [2, 1, 2_000_000]);
      deepEqual(results.cost_by_config.map((row: { usd_per_success: number }) => row.usd_per_success), [4]);
      const { loadDataset } = await import("../../lib/engines/mod.ts");
      const env = (name: string) => name === "TRACES_MAPPING" ? `${folder}/mapping.json` : undefined;
      const { sessions } = await loadDataset(`${folder}/rows.jsonl`, { env });
      deepEqual(sessions!.map((s) => [s.sessionId, s.success, s.gradeOrigin]), [
        ["run1_x", 1, "human"],
        ["run1_y", 0, "human"],
      ]);
      const { optionsFor, replica } = await import("../../lib/study/mod.ts");
      const prices = (await optionsFor(await replica(), (name) =>
        name === "TRACES_PRICES" ? `${folder}/prices.json` : undefined))
        .prices;
      equal(prices?.source, "a list of our own");
      const none = await numbers("--source", `${folder}/rows.jsonl`, "--mapping", `${folder}/nowhere.json`);
      equal(none.code, 1);
      match(none.err, /nowhere\.json: the mapping cannot be read/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
