import assert from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { inTemporaryFolder } from "./source.ts";

async function importTask(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const task = decodeURIComponent(new URL("../../tasks/atl.ts", import.meta.url).pathname);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", task, "import", ...args],
  })
    .output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

const fixture = decodeURIComponent(new URL("../fixtures/traces_v1.jsonl", import.meta.url).pathname);

const failures: { name: string; args: (dir: string) => string[]; code: number; says: RegExp }[] = [
  { name: "no source", args: (dir) => ["--out", dir], code: 2, says: /no SOURCE given/ },
  {
    name: "a source that is not there",
    args: (dir) => [`${dir}/none.parquet`, "--out", dir],
    code: 1,
    says: /none\.parquet/,
  },
  {
    name: "a limit that is no number",
    args: (dir) => [fixture, "--out", dir, "--limit", "many"],
    code: 2,
    says: /--limit: Expected a valid integer/,
  },
  {
    name: "a mapping that is not there",
    args: (dir) => [fixture, "--out", dir, "--mapping", `${dir}/m.json`],
    code: 1,
    says: /m\.json/,
  },
  {
    name: "an option it does not know",
    args: (dir) => [fixture, "--out", dir, "--forse"],
    code: 2,
    says: /--forse.*Did you mean .*--force/,
  },
];

for (const { name, args, code: expected, says } of failures) {
  needs(
    ["read", "write", "run", "env", "sys"],
    `deno task import with ${name} fails with one line`,
    () =>
      inTemporaryFolder(async (dir) => {
        const { code, stdout, stderr } = await importTask(...args(dir));
        assert.equal(code, expected);
        assert.equal(stdout, "");
        assert.match(stderr, says);
        assert.equal(stderr.trimEnd().split("\n").length, 1);
      }),
  );
}

needs(["read", "write", "run", "env", "sys"], "deno task import --help explains itself", async () => {
  const { code, stdout } = await importTask("--help");
  assert.equal(code, 0);
  assert.match(stdout, /^Usage: atl import \[OPTIONS\] \[SOURCE\.\.\.\]\n[\s\S]*--out DIR/);
});

needs(
  ["read", "write", "run", "env", "sys"],
  "deno task import expands globs, says what it did, and exits with 3 for rows set aside",
  () =>
    inTemporaryFolder(async (dir) => {
      await Deno.copyFile(fixture, `${dir}/a.jsonl`);
      await Deno.writeTextFile(`${dir}/b.jsonl`, "{oops\n");
      const good = await importTask(`${dir}/a*.jsonl`, "--out", `${dir}/good`);
      assert.deepEqual([good.code, good.stderr], [0, ""]);
      assert.match(good.stdout, /\d+ sessions, \d+ calls/);
      const both = await importTask(`${dir}/{a,b}.jsonl`, "--out", `${dir}/both`);
      assert.equal(both.code, 3);
      assert.match(both.stdout, /set aside \(see .*set-aside\.jsonl\): 1; .*b\.jsonl: holds no JSON value.*: not JSON/);
      const repeated = await importTask(`${dir}/a.jsonl`, `${dir}/b.jsonl`, "--out", `${dir}/both`);
      assert.equal(repeated.code, 3);
    }),
);
