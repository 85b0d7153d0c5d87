import { deepEqual, equal, ok } from "node:assert/strict";
import { needs } from "./support/needs.ts";
import config from "../deno.json" with { type: "json" };

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);
const doors = Object.values(config.exports);

async function deno(...args: string[]): Promise<{ code: number; out: string; said: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root, env: { NO_COLOR: "1" } })
    .output();
  const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, said: said! };
}

needs(["read", "run"], "every public name says what it is, and every type it speaks of is public", async () => {
  const { code, out, said } = await deno("doc", "--lint", ...doors);
  const faults = `${out}${said}`.match(/^error\[.*$/gm) ?? [];
  deepEqual(faults, []);
  equal(code, 0, said);
});

/** Functions that ask a service or a judge, or write to one: the tests of their layers show them at work on stand-ins. */
const NEED_A_SERVICE = [
  "attackJudge",
  "cellsFromBraintrust",
  "countRows",
  "embedAll",
  "judgeOne",
  "judgeSessions",
  "mergingSend",
  "planPush",
  "projectNamed",
  "pushDataset",
  "pushRows",
  "queryRows",
  "runExperiment",
  "sendOtlp",
  "sessionsFromBraintrust",
  "writeBackRows",
  "writeTopics",
];

interface Documented {
  nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
}

interface Declaration {
  kind: string;
  location: { filename: string };
  jsDoc?: unknown;
}

needs(["read", "run"], "every public function has an example that runs, but those that need a service", async () => {
  const { out } = await deno("doc", "--json", ...doors);
  const symbols = Object.values((JSON.parse(out) as Documented).nodes).flatMap(({ symbols }) => symbols);
  ok(symbols.length > 300, `only ${symbols.length} names were found`);
  const without = symbols.filter(({ declarations: [first] }) =>
    first?.kind === "function" && first.location.filename.includes("/lib/") &&
    !JSON.stringify(first.jsDoc ?? "").includes("```")
  );
  deepEqual([...new Set(without.map(({ name }) => name))].sort(), NEED_A_SERVICE);
});

needs(["read", "run"], "the main door has about forty names, which can be read at a glance", async () => {
  const { out } = await deno("doc", "--json", config.exports["."]);
  const names = Object.values((JSON.parse(out) as Documented).nodes).flatMap(({ symbols }) => symbols);
  ok(names.length >= 35 && names.length <= 48, `${names.length} names`);
});

needs(["read", "run"], "the package could be published: no type of its doors has to be inferred", async () => {
  const { code, out, said } = await deno("publish", "--dry-run", "--allow-dirty", "--no-check", "--quiet");
  equal(code, 0, `${out}${said}`);
});
