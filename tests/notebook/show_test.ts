import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { drawCoverage } from "../../lib/figures/mod.ts";
import { bundleOf, list, md, type MimeBundle, pngOf, progress, saveFigure, show } from "../../lib/notebook/mod.ts";
import { needs } from "../support/needs.ts";

const drawn = drawCoverage([{ config: "our bot · our-model", benchmark: "support", n: 12 }], { source: "a test" });

/** A display that keeps what it was given. */
function recorder() {
  const shown: { bundle: MimeBundle; update: boolean }[] = [];
  return {
    shown,
    display: (bundle: MimeBundle, options: { update?: boolean }) => {
      shown.push({ bundle, update: options.update ?? false });
      return Promise.resolve();
    },
  };
}

Deno.test("a figure is shown as HTML, because exporters blank SVG", async () => {
  const { shown, display } = recorder();
  await show(drawn, display);
  equal(shown.length, 1);
  equal(shown[0]?.bundle["text/html"], drawn.svg);
  equal(shown[0]?.bundle["image/svg+xml"], undefined);
});

Deno.test("a banner says the source, its hash and its sentence, as text", () => {
  const info = {
    name: "replica",
    sha256: "ab".repeat(32),
    sessions: 3,
    sentence: "Rebuilt <from> counts.",
    caption: "c",
  };
  const html = String(bundleOf(info)["text/html"]);
  equal(html.includes("abababababab…") && html.includes("Rebuilt &lt;from&gt; counts."), true);
});

Deno.test("only what can be shown is shown", () => {
  throws(() => bundleOf({ rows: [] } as never), /show takes a figure, a table/);
});

Deno.test("prose takes formatted numbers and refuses bare ones", () => {
  deepEqual(md`Success is ${"64%"}.`, { markdown: "Success is 64%." });
  throws(() => md`Success is ${0.64 as unknown as string}.`, /value 1 is number 0.64; format it/);
});

Deno.test("prose over several lines loses the indentation of the code around it, and keeps lists", () => {
  equal(
    md`
      Two things:

      - one ${"a\n    b"}
        - nested
    `.markdown,
    "Two things:\n\n- one a\n    b\n  - nested",
  );
});

Deno.test("names are listed as a sentence would", () => {
  deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(list), ["none", "a", "a and b", "a, b and c"]);
});

Deno.test("a loop under two seconds shows no progress; a longer one updates one line and empties it", async () => {
  const run = async (stepMs: number) => {
    const { shown, display } = recorder();
    let now = 0;
    const items: number[] = [];
    for await (const item of progress([1, 2, 3, 4], "rows", 4, { display, clock: () => now, displayId: "p" })) {
      items.push(item);
      now += stepMs;
    }
    deepEqual(items, [1, 2, 3, 4]);
    return shown.map(({ bundle, update }) => [bundle["text/plain"], update]);
  };
  deepEqual(await run(10), []);
  deepEqual(await run(1000), [
    ["rows: 2 of 4, 1.0/s, 2.0 s left", false],
    ["rows: 3 of 4, 1.0/s, 1.0 s left", true],
    ["rows: 4 of 4, 1.0/s, 0.0 s left", true],
    ["", true],
  ]);
});

Deno.test("a figure's name must be a file's name", async () => {
  await rejects(saveFigure({ ...drawn, name: "../x" }, "/nowhere"), /file name/);
});

needs(
  ["read", "write", "ffi", "env", "sys"],
  "a figure is saved as SVG and as PNG at 2x, the same bytes each time",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      await saveFigure(drawn, folder);
      const png = await Deno.readFile(`${folder}/coverage.png`);
      const size = new DataView(png.buffer);
      deepEqual([size.getUint32(16), size.getUint32(20)], [2 * drawn.width, 2 * drawn.height]);
      deepEqual(await pngOf(drawn), png);
      equal(await Deno.readTextFile(`${folder}/coverage.svg`), `${drawn.svg}\n`);
      const written = (await Deno.stat(`${folder}/coverage.png`)).mtime;
      await saveFigure(drawn, folder);
      deepEqual((await Deno.stat(`${folder}/coverage.png`)).mtime, written);
      deepEqual([...Deno.readDirSync(folder)].map((f) => f.name).sort(), ["coverage.png", "coverage.svg"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
