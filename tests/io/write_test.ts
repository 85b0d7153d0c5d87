import { deepEqual, equal, rejects } from "node:assert/strict";
import { WriteError, writeWhole } from "../../lib/io/write.ts";
import { needs } from "../support/needs.ts";

needs(["read", "write"], "a file is written whole, or the old one stays and no part is left", async () => {
  const dir = await Deno.makeTempDir();
  const names = () => [...Deno.readDirSync(dir)].map(({ name }) => name);
  try {
    await writeWhole(`${dir}/a`, "old");
    equal(await Deno.readTextFile(`${dir}/a`), "old");
    await rejects(
      writeWhole(`${dir}/a`, async (part) => {
        await part.write(new Uint8Array(3));
        throw new Error("No space left on device (os error 28)");
      }),
      (error) =>
        error instanceof WriteError &&
        error.message ===
          `${dir}/a: the disk is full; make room and run it again (No space left on device (os error 28))`,
    );
    equal(await Deno.readTextFile(`${dir}/a`), "old");
    deepEqual(names(), ["a"]);
    await writeWhole(`${dir}/a`, new Uint8Array([110, 101, 119]));
    equal(await Deno.readTextFile(`${dir}/a`), "new");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

needs(["read", "write"], "a folder that is not there is said", async () => {
  await rejects(
    writeWhole("/nowhere/at/all", "x"),
    /^WriteError: \/nowhere\/at\/all: its folder is not there; make it/,
  );
});
