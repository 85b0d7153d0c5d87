import { deepEqual, equal, match, ok } from "node:assert/strict";
import { allFlags, flags, needsText, type Permission, PERMISSIONS } from "../../tasks/permissions.ts";
import { needs } from "../support/needs.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

const ROOT = decodeURIComponent(new URL("../..", import.meta.url).pathname).replace(/\/$/, "");
const TRACES = `${ROOT}/tests/fixtures/traces_v1.jsonl`;

needs(
  ["read"],
  "each task of deno.json has the permissions that its command says it may need, and no others",
  async () => {
    const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`)) as {
      tasks: Record<string, { command: string }>;
    };
    for (const [name, needed] of Object.entries(PERMISSIONS)) {
      const { command } = tasks[name]!;
      ok(command.startsWith(`deno run ${allFlags(needed)} `), `${name}: ${command}`);
      equal(command.match(/--allow-\w+/g)!.length, allFlags(needed).split(" ").length);
    }
    const all = Object.entries(tasks).filter(([, { command }]) => /deno run -A\b/.test(command)).map(([name]) => name);
    deepEqual(all.filter((name) => name in PERMISSIONS), []);
  },
);

/** Runs a command with some permissions, asking for nothing; it may write into one folder only. */
async function run(
  folder: string,
  permissions: readonly Permission[],
  args: string[],
  env: Record<string, string> = {},
) {
  const given = permissions.map((one) =>
    one === "write" ? `--allow-write=${folder}` : one === "read" ? "--allow-read" : flags([one])
  );
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--quiet", "--no-check", ...given, ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
  });
  const { code, stdout, stderr } = await command.output();
  return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

const MIRROR = sharedPath("mirror");

const COMMANDS: { name: string; args: (folder: string) => string[] }[] = [
  { name: "import", args: (folder) => [TRACES, "--out", `${folder}/imported`] },
  { name: "numbers", args: (folder) => ["--source", "replica", "--out", `${folder}/results.json`] },
  { name: "report", args: (folder) => ["--source", "replica", "--out", `${folder}/report.html`] },
  { name: "figures", args: (folder) => ["01", "--source", "replica", "--out", `${folder}/figures`] },
  { name: "claims", args: (folder) => ["--source", "replica", "--out", `${folder}/claims.json`] },
];

for (const { name, args } of COMMANDS) {
  needs(
    ["read", "write", "run"],
    `${name} runs without the network, other programs or more than what it says`,
    async () => {
      const folder = await Deno.makeTempDir();
      try {
        const { code, said } = await run(folder, PERMISSIONS[name]!.always, ["tasks/atl.ts", name, ...args(folder)]);
        equal(code, 0, said);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}

onRecorded("mirror", "topics run without the network and without other programs", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const args = ["tasks/atl.ts", "topics", "--source", "judged", "--runs", "2", "--out", `${folder}/topics.json`];
    const { code, said } = await run(folder, PERMISSIONS["topics"]!.always, args, { TRACES_MIRROR: MIRROR });
    equal(code, 0, said);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

needs(["read", "write", "run"], "a command without a permission that it needs says so in one line", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, said } = await run(folder, ["read", "env"], [
      "tasks/atl.ts",
      "import",
      TRACES,
      "--out",
      `${folder}/imported`,
    ]);
    equal(code, 1);
    match(said, /^import: .*--allow-write.*\n$/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the help of a command says what it needs", () => {
  equal(
    needsText("import"),
    "Needs --allow-read --allow-write --allow-env; --allow-net for a source of the Hub or a service, or --to clickhouse: (their hosts); " +
      "--allow-ffi --allow-sys for --to duckdb:.",
  );
});
