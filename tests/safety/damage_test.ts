import assert from "node:assert/strict";
import { join } from "node:path";
import { openTraces } from "../../lib/sources/mod.ts";
import { checkSum } from "../../lib/sources/parquet/checksum.ts";
import { needs } from "../support/needs.ts";

const V1 = decodeURIComponent(new URL("../fixtures/traces_v1.parquet", import.meta.url).pathname);

Deno.test("a page whose checksum is another is damaged; one without a checksum is taken as it is", () => {
  const bytes = new TextEncoder().encode("123456789");
  // The check value of CRC-32/ISO-HDLC, as a signed number too: Thrift has no other.
  checkSum({ crc: 0xcbf43926 }, bytes, 4);
  checkSum({ crc: 0xcbf43926 | 0 }, bytes, 4);
  checkSum({} as never, bytes, 4);
  assert.throws(() => checkSum({ crc: 1 }, bytes, 4), /page at byte 4 is damaged/);
});

needs(
  ["read", "write"],
  "a footer with any one byte changed is read, or refused in one sentence that names the file",
  async () => {
    const bytes = await Deno.readFile(V1);
    const footer = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
    const folder = await Deno.makeTempDir();
    const path = join(folder, "damaged.parquet");
    let refused = 0;
    try {
      for (let at = bytes.length - 8 - footer; at < bytes.length - 8; at += 3) {
        const damaged = bytes.slice();
        damaged[at]! ^= 0xff;
        await Deno.writeFile(path, damaged);
        try {
          await openTraces(path);
        } catch (error) {
          assert.equal((error as Error).name, "RowError", (error as Error).stack ?? "");
          assert.match((error as Error).message, /damaged\.parquet[,:] /);
          assert.doesNotMatch((error as Error).message, /\n|undefined|Cannot read prop|not a function/);
          refused++;
        }
      }
      assert.ok(refused > 100);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
