import { equal, ok, rejects } from "node:assert/strict";
import { BodyTooLarge, textWithin } from "../../lib/io/mod.ts";

/** A body of as many pieces of 1 kB as are asked for; says how many were. */
function pieces(n: number) {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= n) return controller.close();
      sent++;
      controller.enqueue(new Uint8Array(1000).fill(97));
    },
  });
  return { response: new Response(body), sent: () => sent };
}

Deno.test("a body within the bound is read whole", async () => {
  equal((await textWithin(pieces(9).response, 9000)).length, 9000);
  equal(await textWithin(new Response("Grüße, 世界"), 100), "Grüße, 世界");
  equal(await textWithin(new Response(null), 10), "");
});

Deno.test("a body without end is given up at the bound, and no more of it is fetched", async () => {
  const { response, sent } = pieces(Infinity);
  await rejects(textWithin(response, 50_000), (error) => error instanceof BodyTooLarge && /50 kB/.test(error.message));
  ok(sent() < 60, `${sent()} kB were fetched`);
});
