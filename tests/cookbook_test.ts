import { equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { needs } from "./support/needs.ts";

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);

/** The recipes of the cookbook: question, program, and what it is said to print. */
async function recipes(): Promise<{ question: string; code: string; printed: string }[]> {
  const text = await Deno.readTextFile(join(root, "docs/cookbook.md"));
  const found = text.matchAll(/^## (.+)\n\n```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```$/gm);
  return [...found].map(([, question, code, printed]) => ({
    question: question!,
    code: code!,
    printed: printed!.trimEnd(),
  }));
}

/** What a program prints: it runs in this process. */
async function printedBy(code: string, path: string): Promise<string> {
  await Deno.writeTextFile(path, `${code}\nexport {};\n`);
  const lines: string[] = [];
  const { log } = console;
  console.log = (...values: unknown[]) => {
    lines.push(values.map((value) => typeof value === "string" ? value : Deno.inspect(value)).join(" "));
  };
  try {
    await import(pathToFileURL(path).href);
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

needs(
  ["read", "write", "env", "ffi", "sys"],
  "every question of the cookbook prints what stands below it",
  async (t) => {
    const all = await recipes();
    equal(all.length, 20);
    const folder = await Deno.makeTempDir();
    try {
      for (const [i, { question, code, printed }] of all.entries()) {
        await t.step(question, async () => {
          ok(/from "agent-trace-lab/.test(code), "it imports no door");
          equal(await printedBy(code.replaceAll('"data/', `"${root}data/`), join(folder, `${i}.ts`)), printed);
        });
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
