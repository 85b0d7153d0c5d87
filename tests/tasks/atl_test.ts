import { deepEqual, equal, match, ok } from "node:assert/strict";
import { COMMANDS } from "../../tasks/atl/commands.ts";
import { programHelp } from "../../tasks/atl/help.ts";
import { V8_FLAGS } from "../../bench/measure.ts";
import { needs } from "../support/needs.ts";
import { atl } from "../support/atl.ts";

const ROOT = decodeURIComponent(new URL("../..", import.meta.url).pathname).replace(/\/$/, "");

needs(["read"], "every command is a task of deno.json with the same words, and stands in the help", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`)) as {
    tasks: Record<string, { description: string; command: string }>;
  };
  for (const [name, { summary }] of Object.entries(COMMANDS)) {
    equal(tasks[name]?.description, summary);
    ok(tasks[name].command.endsWith(` --v8-flags=${V8_FLAGS.join(",")} tasks/atl.ts ${name}`), tasks[name].command);
    match(programHelp(), new RegExp(`^  ${name} +${summary}$`, "m"));
  }
  ok(Object.values(tasks).every(({ description }) => description.length > 10));
});

const WRONG: [args: string[], line: RegExp][] = [
  [["nubmers"], /^atl: there is no command "nubmers"; did you mean numbers\?\n$/],
  [["numbers", "--sorce", "replica"], /^numbers: .*"--sorce".*Did you mean --source\? See atl numbers --help\n$/],
  [["numbers", "--out"], /^numbers: --out requires FILE\. See atl numbers --help\n$/],
  [["plan", "--points", "many"], /^plan: --points: Expected a valid number, but got "many"\. See atl plan --help\n$/],
  [["judge", "--repeats", "0"], /^judge: --repeats: Expected a value greater than or equal to 1, but got "0"\. See/],
  [["--versoin"], /^atl: --versoin: no command is named; did you mean --version\?/],
  [["completions"], /^atl: there is no command "completions"; did you mean completion\?\n$/],
  [["figures", "README.md"], /^figures: README\.md is no name but a file or folder; give it by --source README\.md\n$/],
  [["plan", "a.jsonl", "--source", "b.jsonl"], /^plan: give the source once; found a\.jsonl and b\.jsonl\n$/],
  [["completion", "tcsh"], /^atl: expected one of bash, zsh, fish, found tcsh/],
];
for (const [args, line] of WRONG) {
  needs(["read", "run"], `atl ${args.join(" ")} cannot be meant: one line, exit code 2`, async () => {
    const { code, out, err } = await atl(args);
    deepEqual([code, out], [2, ""]);
    match(err, line);
  });
}

needs(["read", "run"], "options that go with every command stand before its name or behind", async () => {
  const [before, behind] = await Promise.all([
    atl(["--json", "plan", "--source", "replica"]),
    atl(["plan", "--source=replica", "--json", "--quiet"]),
  ]);
  equal(before.code, 0, before.err);
  equal(before.out, behind.out);
  equal(JSON.parse(before.out).configs.length, 2);
});

needs(["read", "run"], "every command that reads sessions takes a source by its place or by --source", async () => {
  for (const name of ["import", "report", "view", "judge", "scans", "topics", "claims", "plan", "numbers", "dataset"]) {
    const { out } = await atl([name, "--help"]);
    match(out, /^Usage: .*SOURCE/, name);
    match(out, /^ +--source SOURCE /m, name);
  }
});

needs(
  ["read", "write", "run"],
  "outside of a clone a command says whose sessions it takes, and writes nothing into the clone",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const { code, err } = await atl(["figures", "01-coverage"], { cwd: folder });
      equal(code, 0, err);
      match(
        err,
        /^no source is named, so these are the sessions of the published study \(replica\); your own: --source PATH/,
      );
      equal((await Deno.stat(`${folder}/out/figures/01-coverage.svg`)).isFile, true);
      const help = await atl(["judge", "--help"], { cwd: folder });
      equal(/deno task/.test(help.out), false);
      equal(/no source is named/.test((await atl(["plan", "--source", "replica"], { cwd: folder })).err), false);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

needs(["read", "run"], "completions are of commands, and of the options of a command", async () => {
  match((await atl(["completion", "bash"])).out, /_atl \(\)[\s\S]*complete .*atl/);
  match((await atl(["completion", "fish", "nu"])).out, /^numbers\t/);
  const { out } = await atl(["completion", "fish", "numbers", "--"]);
  for (const option of ["--source", "--prices", "--json", "--config"]) match(out, new RegExp(`^${option}\\t`, "m"));
});

needs(["read", "write", "run"], ".env sets what is not set, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/.env`, "TRACES_SOURCE=nowhere.jsonl\n");
    match((await atl(["numbers"], { cwd: folder })).err, /nowhere\.jsonl/);
    const set = await atl(["numbers", "--out", "r.json"], { cwd: folder, env: { TRACES_SOURCE: "replica" } });
    equal(set.code, 0, set.err);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
