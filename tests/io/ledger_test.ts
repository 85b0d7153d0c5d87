import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { Ledger, readLedger } from "../../lib/io/ledger.ts";
import { needs } from "../support/needs.ts";

const BUSY = "another run is writing it; wait for its end";

function inFolder(name: string, test: (path: string) => Promise<void>): void {
  needs(["read", "write", "run"], name, async () => {
    const dir = await Deno.makeTempDir();
    try {
      await test(`${dir}/it.ledger`);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

/** Opens a ledger, goes through it, adds a value. */
async function reopened(path: string, value: unknown) {
  using ledger = await Ledger.open(path, { busy: BUSY });
  const values: unknown[] = [];
  const { repaired } = await ledger.replay((one) => void values.push(one));
  await ledger.append([value]);
  return { values, repaired };
}

inFolder("a ledger cut at any byte keeps its whole lines, and goes on after them", async (path) => {
  const lines = [{ a: 1 }, { b: "é\n" }, [3]];
  const text = lines.map((line) => JSON.stringify(line) + "\n").join("");
  const bytes = new TextEncoder().encode(text);
  for (let length = 0; length <= bytes.length; length++) {
    await Deno.writeFile(path, bytes.subarray(0, length));
    const { values } = await reopened(path, "next");
    deepEqual(values, lines.slice(0, values.length));
    // Whole without its line feed, a line is there all the same.
    const whole = text.slice(0, text.length).split("\n").filter((line) => line !== "")
      .filter((_, i, all) => new TextEncoder().encode(all.slice(0, i + 1).join("\n")).length <= length).length;
    equal(values.length, whole, `cut at byte ${length}`);
    deepEqual(await Array.fromAsync(readLedger(path)), [...values, "next"]);
  }
});

inFolder("what was mended at its end is said", async (path) => {
  await Deno.writeTextFile(path, '{"a":1}\n{"a":2}');
  equal((await reopened(path, 3)).repaired, "the end of line 2 was missing and has been written");
  await Deno.writeTextFile(path, '{"a":1}\n{"a"');
  equal((await reopened(path, 3)).repaired, "line 2 was torn (4 bytes) and has been removed");
});

inFolder("a broken line within cuts the ledger off there, or is the error that was told", async (path) => {
  await Deno.writeTextFile(path, "1\nbroken\n2\n");
  {
    using ledger = await Ledger.open(path, { busy: BUSY });
    await rejects(
      ledger.replay(() => {}, ({ number }) => {
        throw new Error(`line ${number}`);
      }),
      /line 2/,
    );
  }
  deepEqual((await reopened(path, 3)).values, [1]);
  equal(await Deno.readTextFile(path), "1\n3\n");
});

inFolder("a ledger that is open elsewhere is refused", async (path) => {
  using _open = await Ledger.open(path, { busy: BUSY });
  const there = `import { Ledger } from "${new URL("../../lib/io/ledger.ts", import.meta.url)}";
    try { await Ledger.open(${JSON.stringify(path)}, { busy: ${JSON.stringify(BUSY)}, patienceMs: 100 }); }
    catch (error) { console.log(error.name + " " + error.message); }`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", there] }).output();
  equal(new TextDecoder().decode(stdout).trim(), `LedgerBusyError ${path}: ${BUSY}`);
});

inFolder("who waited for a lock of a file that was removed meanwhile gets the one that is there", async (path) => {
  const there = `import { Ledger } from "${new URL("../../lib/io/ledger.ts", import.meta.url)}";
    console.log("begun");
    const ledger = await Ledger.open(${JSON.stringify(path)}, { busy: "busy", patienceMs: 20_000 });
    await ledger.append(["of the other"]);`;
  const first = await Ledger.open(path, { busy: BUSY });
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", there], stdout: "piped" }).spawn();
  const reader = child.stdout.getReader();
  match(new TextDecoder().decode((await reader.read()).value), /begun/);
  // Time for the other one to stand at the lock.
  await new Promise((resolve) => setTimeout(resolve, 200));
  await Deno.remove(path);
  first.close();
  while (!(await reader.read()).done);
  ok((await child.status).success);
  deepEqual(await Array.fromAsync(readLedger(path)), ["of the other"]);
});

inFolder("a ledger that is not there has no values, and none is made", async (path) => {
  deepEqual(await Array.fromAsync(readLedger(path)), []);
  await rejects(Deno.stat(path), Deno.errors.NotFound);
});
