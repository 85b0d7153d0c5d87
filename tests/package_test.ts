import { equal, match, ok } from "node:assert/strict";
import { needs } from "./support/needs.ts";
import { nodeOf22 } from "./support/node.ts";

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);

const PROGRAM = `
import { writeFile } from "node:fs/promises";
import { answer, loadDataset, questionContext, questions, ratesBy } from "agent-trace-lab";
const dataset = await loadDataset(process.argv[2]);
for (const r of ratesBy(dataset, ["harness"])) console.log(\`\${r.k} of \${r.n}, \${r.lo.toFixed(3)} to \${r.hi.toFixed(3)}\`);
const { drawn } = await answer(questions.find(({ name }) => name === "coverage"), dataset, questionContext(dataset));
await writeFile("coverage.svg", drawn[0].svg);
`;

async function run(command: string, args: string[], cwd: string) {
  const { code, stdout, stderr } = await new Deno.Command(command, { args, cwd, stdout: "piped", stderr: "piped" })
    .output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  equal(code, 0, err);
  return out!;
}

needs(
  ["read", "write", "run", "env", "net"],
  "a Node 22 program prints a rate with its interval and writes a figure",
  async (t) => {
    const node = await nodeOf22();
    if (node === null) return console.log("skipped: neither Node 22 nor npm is here");
    const folder = await Deno.makeTempDir();
    try {
      await t.step("the package is built", async () => {
        await run(Deno.execPath(), ["run", "-A", "tasks/atl.ts", "package", "--out", `${folder}/built`], root);
        const manifest = JSON.parse(await Deno.readTextFile(`${folder}/built/package.json`));
        equal(manifest.name, "agent-trace-lab");
        ok(
          Object.values<string>(manifest.dependencies).every((version) => /^\d/.test(version)),
          "every version is pinned",
        );
        ok(!(await Array.fromAsync(Deno.readDir(`${folder}/built/lib`))).some(({ name }) => name === "study"));
      });
      await t.step("the program runs", async () => {
        await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ type: "module", private: true }));
        await Deno.writeTextFile(`${folder}/program.mjs`, PROGRAM);
        const options = [
          "--no-fund",
          "--no-audit",
          "--ignore-scripts",
          "--omit=optional",
          "--install-links",
          "--loglevel=error",
        ];
        await run("npm", ["install", ...options, "./built"], folder);
        const out = await run(node, ["program.mjs", `${root}tests/fixtures/traces_v2.parquet`], folder);
        match(out, /^\d+ of \d+, 0\.\d{3} to \d\.\d{3}$/m);
        match(await Deno.readTextFile(`${folder}/coverage.svg`), /^<svg [^>]*xmlns/);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
