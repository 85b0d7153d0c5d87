import assert from "node:assert/strict";
import { join } from "node:path";
import { readVerdicts } from "../../lib/judge/mod.ts";
import { inserts, PROJECT, withServer } from "../braintrust/given.ts";
import { leadingTo } from "../braintrust/task.ts";
import { ended, startJudge, writeSessions } from "../support/judge_task.ts";
import { answer, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

const ROOT = decodeURIComponent(new URL("../..", import.meta.url).pathname);
const FIXTURES = `${ROOT}tests/fixtures`;

/** Rounds of eight processes: one unless TEST_TOGETHER says more (50 take some minutes). */
const ROUNDS = Number(Deno.env.get("TEST_TOGETHER") ?? 1);

interface Ended {
  code: number;
  said: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
  });
  const { code, stdout, stderr } = await command.output();
  return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function bytesOf(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name } of Deno.readDir(folder)) {
    files[name] = new TextDecoder("latin1").decode(await Deno.readFile(join(folder, name)));
  }
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1));
}

/** Everything that several processes did in one folder: each did all of it, or said in one sentence why not. */
function eachWholeOrRefused(ended: readonly Ended[], refusal: RegExp): void {
  for (const { code, said } of ended) {
    if (code === 0) continue;
    assert.equal(code, 1, said);
    assert.match(said.trim(), refusal);
    assert.equal(said.trim().split("\n").length, 1, said);
  }
  assert.ok(ended.some(({ code }) => code === 0), ended.map(({ said }) => said).join("\n"));
}

const source = `${FIXTURES}/traces_v1.parquet`;

for (const n of [2, 3, 8]) {
  needs(
    ["read", "write", "run"],
    `${n} imports at once into one folder are each done whole or refused, and leave one import`,
    () =>
      inFolder(async (folder) => {
        await run(["tasks/atl.ts", "import", source, "--out", join(folder, "alone")]);
        const alone = await bytesOf(join(folder, "alone"));
        for (let round = 0; round < (n === 8 ? ROUNDS : 1); round++) {
          const out = join(folder, `round-${round}`);
          const ended = await Promise.all(
            Array.from({ length: n }, () => run(["tasks/atl.ts", "import", source, "--out", out])),
          );
          eachWholeOrRefused(ended, /^import: .*an import is being written there/);
          assert.deepEqual(await bytesOf(out), alone);
        }
      }),
  );
}

needs(
  ["read", "write", "run"],
  "--force deletes nothing that another import is writing, and what is not an import's stays",
  () =>
    inFolder(async (folder) => {
      const alone = join(folder, "alone");
      await run(["tasks/atl.ts", "import", source, "--out", alone]);
      const out = join(folder, "out");
      await Deno.mkdir(out);
      await Deno.writeTextFile(join(out, "notes.txt"), "mine");
      const forced = ["tasks/atl.ts", "import", source, "--out", out, "--force"];
      const ended = await Promise.all(Array.from({ length: 4 }, () => run(forced)));
      eachWholeOrRefused(ended, /^import: .*an import is being written there/);
      const { "notes.txt": notes, ...rest } = await bytesOf(out);
      assert.equal(notes, "mine");
      assert.deepEqual(rest, await bytesOf(alone));
    }),
);

needs(
  ["read", "write", "run", "net"],
  "eight judges at once on one file: one asks, the others are refused in a sentence",
  () =>
    inFolder(async (folder) => {
      const server = startLlmServer(() => ({ text: answer(1), latencyMs: 150 }));
      try {
        await writeSessions(join(folder, "traces.jsonl"), Array.from({ length: 12 }, (_, i) => smallSession(i)));
        for (let round = 0; round < ROUNDS; round++) {
          const out = join(folder, `verdicts-${round}.jsonl`);
          const args = [join(folder, "traces.jsonl"), "--out", out, "--model", "gpt-4o", "--yes", "--max-usd", "9"];
          const all = await Promise.all(Array.from({ length: 8 }, () => ended(startJudge(args, server.url))));
          eachWholeOrRefused(
            all.map(({ code, stdout, stderr }) => ({ code, said: code === 0 ? stdout : stderr })),
            /^judge: .*another run is writing it/,
          );
          const ids = (await readVerdicts(out)).map(({ sessionId }) => sessionId);
          assert.equal(ids.length, 12);
          assert.equal((await Deno.readTextFile(out)).trim().split("\n").length, 12);
        }
      } finally {
        await server.close();
      }
    }),
);

withServer(
  "eight pushes at once of one folder: all that is there is sent once, or refused in a sentence",
  {},
  async (given) => {
    for (let round = 0; round < ROUNDS; round++) {
      const dir = join(given.dir, `round-${round}`);
      await run(["tasks/atl.ts", "import", source, "--out", dir]);
      const args = ["tasks/atl.ts", "push", "--in", dir, "--project", PROJECT, "--yes", "--wait", "1"];
      const all = await Promise.all(Array.from({ length: 8 }, () => run(args, leadingTo(given.server))));
      eachWholeOrRefused(all, /^push: .*another push is writing it/);
      const rows = (await Deno.readTextFile(join(dir, "spans-00001.jsonl"))).trim().split("\n").length;
      assert.ok(rows > 10);
      assert.ok(inserts(given.server) >= 1);
    }
  },
);

needs(
  ["read", "write", "run", "net"],
  "eight downloads at once of one file fetch it once, and all have it",
  () =>
    inFolder(async (folder) => {
      const bytes = new Uint8Array(300_000).map((_, i) => i * 7 % 251);
      let served = 0;
      const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
        served++;
        return new Response(bytes);
      });
      try {
        const url = `http://127.0.0.1:${server.addr.port}/a/file.bin`;
        const program = join(folder, "fetch.ts");
        await Deno.writeTextFile(
          program,
          `import { cachedDownload } from ${JSON.stringify(`file://${ROOT}lib/io/mod.ts`)};
const options = { cacheDir: Deno.args[0], mirrors: [], allowNetwork: true, command: "x" };
const { sha256 } = await cachedDownload({ url: ${JSON.stringify(url)}, sha256: null }, options);
console.log(sha256);`,
        );
        for (let round = 0; round < ROUNDS; round++) {
          const cache = join(folder, `cache-${round}`);
          const all = await Promise.all(
            Array.from({ length: 8 }, () => run(["--config", `${ROOT}deno.json`, program, cache])),
          );
          assert.equal(new Set(all.map(({ said }) => said)).size, 1, all.map(({ said }) => said).join("\n"));
          assert.match(all[0]!.said, /^[0-9a-f]{64}\n$/);
          assert.equal(served, round + 1);
          const left = await Array.fromAsync(
            Deno.readDir(join(cache, `127.0.0.1:${server.addr.port}`, "a")),
            ({ name }) => name,
          );
          assert.deepEqual(left, ["file.bin"]);
        }
      } finally {
        await server.shutdown();
      }
    }),
);

needs(
  ["read", "write", "run"],
  "eight takings of labels at once into one file: each label of each is there once",
  () =>
    inFolder(async (folder) => {
      const files = await Promise.all(Array.from({ length: 8 }, async (_, person) => {
        const path = join(folder, `person-${person}.csv`);
        const rows = Array.from(
          { length: 20 },
          (_, session) => `s${session},person ${person},${(person + session) % 2}`,
        );
        await Deno.writeTextFile(path, ["session_id,rater,verdict", ...rows, ""].join("\n"));
        return path;
      }));
      for (let round = 0; round < ROUNDS; round++) {
        const to = join(folder, `labels-${round}.jsonl`);
        const all = await Promise.all(
          files.map((file) => run(["tasks/atl.ts", "labels", "import", file, "--to", to])),
        );
        for (const { code, said } of all) assert.equal(code, 0, said);
        const lines = (await Deno.readTextFile(to)).trim().split("\n").map((line) => JSON.parse(line));
        const keys = lines.map(({ session_id, rater, verdict }) => `${session_id} ${rater} ${verdict}`);
        assert.equal(keys.length, 160);
        assert.equal(new Set(keys).size, 160);
      }
    }),
);

/** Space of a few kilobytes, where this may make one; null elsewhere. */
async function smallDisk(folder: string, size: string): Promise<string | null> {
  const path = join(folder, "small");
  await Deno.mkdir(path);
  const mount = new Deno.Command("mount", {
    args: ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path],
    stderr: "null",
  });
  const { success } = await mount.output().catch(() => ({ success: false }));
  return success ? path : null;
}

needs(
  ["read", "write", "run"],
  "a full disk is one sentence that names the file, and no piece of a table is left",
  () =>
    inFolder(async (folder) => {
      const disk = await smallDisk(folder, "24k");
      if (disk === null) return void console.log("not checked: no small disk can be mounted here");
      try {
        const imported = await run(["tasks/atl.ts", "import", source, "--out", join(disk, "imported")]);
        assert.equal(imported.code, 1);
        assert.match(imported.said, /^import: .*imported\/.*: the disk is full.*\n$/);
        const left = await Array.fromAsync(Deno.readDir(join(disk, "imported")), ({ name }) => name);
        assert.ok(left.every((name) => /^(?:import\.journal|spans-\d+\.jsonl\.part)$/.test(name)), left.join());
        await Deno.remove(join(disk, "imported"), { recursive: true });
        for (const [name, out] of [["report", "report.html"], ["numbers", "results.json"]] as const) {
          const { code, said } = await run(["tasks/atl.ts", name, "--source", "replica", "--out", join(disk, out)]);
          assert.equal(code, 1, said);
          assert.match(said, new RegExp(`^${name}: .*${out}: the disk is full.*\\n$`));
        }
        assert.deepEqual(await Array.fromAsync(Deno.readDir(disk), ({ name }) => name), []);
      } finally {
        await new Deno.Command("umount", { args: [disk] }).output();
      }
    }),
);

needs(
  ["read", "write", "run"],
  "a place that may only be read is one sentence for every command that writes",
  () =>
    inFolder(async (folder) => {
      const disk = await smallDisk(folder, "1m");
      if (disk === null) return void console.log("not checked: no small disk can be mounted here");
      try {
        await new Deno.Command("mount", { args: ["-o", "remount,ro", disk] }).output();
        const commands = [
          ["tasks/atl.ts", "import", source, "--out", join(disk, "imported")],
          ["tasks/atl.ts", "numbers", "--source", "replica", "--out", join(disk, "results.json")],
          ["tasks/atl.ts", "report", "--source", "replica", "--out", join(disk, "report.html")],
          ["tasks/atl.ts", "claims", "--source", "replica", "--out", join(disk, "claims.json")],
          ["tasks/atl.ts", "figures", "01", "--source", "replica", "--out", join(disk, "figures")],
          ["tasks/atl.ts", "import", source, "--to", `duckdb:${join(disk, "s.duckdb")}`],
        ];
        for (const args of commands) {
          const { code, said } = await run(args);
          assert.notEqual(code, 0, args.join(" "));
          const [last = ""] = said.trimEnd().split("\n").slice(-1);
          assert.match(last, /^\w+: .*(?:can only be read|may not be written|read-only|cannot be made)/i);
          assert.doesNotMatch(said, /\n {4}at /);
        }
      } finally {
        await new Deno.Command("umount", { args: [disk] }).output();
      }
    }),
);
