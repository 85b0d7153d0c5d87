import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { progressBar } from "../../lib/io/progress.ts";

function terminal(): { stream: Writable; written: string[] } {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: true, columns: 200 }), written };
}

function draw(isTerminal: boolean, seconds: number, total: number | null): string {
  const { stream, written } = terminal();
  let time = 0;
  const bar = progressBar({ label: "shards", unit: "MB", scale: 1e6, isTerminal, now: () => time, stream });
  time = seconds * 1000;
  bar.update(30e6, total);
  bar.stop();
  return written.join("");
}

Deno.test("after two seconds a terminal sees how far it is, the rate and the time left", () => {
  assert.match(draw(true, 10, 120e6), /shards \[.*\] 30\.0\/120\.0 MB, 3\.00 MB\/s, 30 s left/);
});

Deno.test("while the total is not known the bar says so", () => {
  assert.match(draw(true, 10, null), /30\.0\/\? MB, 3\.00 MB\/s, \? s left/);
});

Deno.test("nothing is drawn within the first two seconds", () => {
  assert.equal(draw(true, 1.9, 120e6), "");
});

Deno.test("nothing is drawn where there is no terminal", () => {
  assert.equal(draw(false, 10, 120e6), "");
});
