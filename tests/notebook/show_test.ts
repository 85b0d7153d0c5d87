import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { drawCoverage } from "../../lib/figures/counts/coverage.ts";
import {
  aq,
  bundleOf,
  figure,
  list,
  md,
  type MimeBundle,
  Plot,
  plot,
  pngOf,
  progress,
  saveFigure,
  show,
} from "../../lib/notebook/mod.ts";
import { questions } from "../../lib/questions/mod.ts";
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

/** A saved drawing without its font, and the font. */
function withoutFont(svg: string): [svg: string, font: string] {
  const [, font = ""] = /^<svg [^>]*><style>([^<]*)<\/style>/.exec(svg) ?? [];
  return [svg.replace(`<style>${font}</style>`, ""), font];
}

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
      const [svg, font] = withoutFont(await Deno.readTextFile(`${folder}/coverage.svg`));
      equal(svg, `${drawn.svg}\n`);
      match(font, /^@font-face \{ font-family: Inter; font-weight: 400; src: url\(data:font\/ttf;base64,AAEAAAA/);
      const written = (await Deno.stat(`${folder}/coverage.png`)).mtime;
      await saveFigure(drawn, folder);
      deepEqual((await Deno.stat(`${folder}/coverage.png`)).mtime, written);
      deepEqual([...Deno.readDirSync(folder)].map((f) => f.name).sort(), ["coverage.png", "coverage.svg"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("outside a kernel the console shows what would be shown", async () => {
  const lines: unknown[] = [];
  const log = console.log;
  console.log = (...line) => lines.push(...line);
  await show(md`Success is ${"64%"}.`).finally(() => console.log = log);
  deepEqual(lines, ["Success is 64%."]);
});

Deno.test("text, numbers, booleans and dates are shown as they are", () => {
  for (
    const [shown, expected] of [
      ["<b>x</b>", "<b>x</b>"],
      [0.5, "0.5"],
      [12n, "12"],
      [true, "true"],
      [new Date(0), "1970-01-01T00:00:00.000Z"],
    ] as const
  ) deepEqual(bundleOf(shown), { "text/plain": expected });
});

Deno.test("rows are a table, of objects, of plain values, of a record, of a map; values are text", () => {
  const html = (shown: unknown) => String(bundleOf(shown)["text/html"]);
  ok(html([{ name: "<b>", n: 1n, when: new Date(0) }]).includes("<td>&lt;b&gt;</td><td>1</td><td>1970-01-01T"));
  ok(html([3, "x", null]).includes("<th"), "plain values stand below each other");
  ok(html({ rate: 0.5, of: { a: 1 } }).includes("rate") && html({ of: { a: 1 } }).includes("{&quot;a&quot;:1}"));
  ok(html(new Map([["a", 1]])).includes("<td>a</td>"));
  ok(html([]).includes("No rows."));
  const round: Record<string, unknown> = {};
  round.self = round;
  ok(html([{ round }]).includes("holds itself"));
});

Deno.test("a long table is cut and says how many rows are not shown, whatever it is held in", () => {
  const rows = Array.from({ length: 120 }, (_, i) => ({ i }));
  for (const shown of [rows, aq.from(rows), { objects: () => rows }]) {
    const html = String(bundleOf(shown)["text/html"]);
    equal(html.split("<tr>").length - 1, 51);
  }
  ok(String(bundleOf(aq.from(rows))["text/html"]).includes("70 rows more."));
});

Deno.test("charts of Plot are drawn without a browser, from options, a mark or marks, and shown", async () => {
  const rows = [{ team: "a", solved: 3 }, { team: "<script>", solved: 5 }];
  const bars = Plot.barY(rows, { x: "team", y: "solved" });
  for (
    const chart of [Plot.plot({ marks: [bars] }), plot({ marks: [bars] }), plot(bars), plot([bars, Plot.ruleY([0])])]
  ) {
    const html = String(bundleOf(chart)["text/html"]);
    ok(html.startsWith("<svg") && html.includes("&lt;script&gt;") && !html.includes("<script"));
  }
  const legend = plot({
    color: { legend: true },
    title: "Solved",
    marks: [Plot.barY(rows, { x: "team", fill: "team" })],
  });
  ok(String(bundleOf(legend)["text/html"]).startsWith("<figure"));
  await Promise.resolve();
});

Deno.test("several figures and an answered question are shown one by one, a left-out question by its reason", async () => {
  const { shown, display } = recorder();
  await show([drawn, drawn], display);
  const question = questions[0]!;
  await show({ question, drawn: [drawn], leftOut: null }, display);
  await show({ question, drawn: [], leftOut: "no session has a verdict" }, display);
  deepEqual(shown.map(({ bundle }) => bundle["text/plain"]), [
    ...Array.from({ length: 3 }, () => `${drawn.name}: ${drawn.title}`),
    "Who ran what? Left out: no session has a verdict.",
  ]);
});

for (
  const [what, shown, message] of [
    ["a promise", Promise.resolve(1), /a promise: await it first/],
    ["a function", () => 1, /a function: call it first/],
    ["undefined", undefined, /undefined: there is nothing to show/],
    ["null", null, /null: there is nothing to show/],
    ["an error's own class", new Error("x"), /a Error: it has no form/],
    ["a date that is none", new Date(NaN), /a date that is none/],
  ] as const
) {
  Deno.test(`show says what to do with ${what}`, () => {
    throws(() => bundleOf(shown), { name: "TypeError", message });
  });
}

needs(["read", "write", "ffi", "env", "sys"], "a chart of one's own is saved under the name given", async () => {
  const folder = await Deno.makeTempDir();
  const { shown, display } = recorder();
  try {
    const rows = [{ team: "a", solved: 3 }, { team: "b & c", solved: 5 }];
    const options = { color: { legend: true }, title: "Solved by team", caption: "Made up.", y: { grid: true } };
    const chart = plot({ ...options, marks: [Plot.barY(rows, { x: "team", y: "solved", fill: "team", clip: true })] });
    await figure(chart, { name: "solved by team".replaceAll(" ", "_"), folder, display });
    const svg = await Deno.readTextFile(`${folder}/solved_by_team.svg`);
    for (const part of ["Solved by team", "Made up.", "b &amp; c", 'xmlns="http://www.w3.org/2000/svg"']) {
      ok(svg.includes(part), part);
    }
    equal(/<style|var\(--|currentColor|plot-clip/.test(withoutFont(svg)[0]), false);
    ok((await Deno.stat(`${folder}/solved_by_team.png`)).size > 1000);
    equal(shown.length, 1);
    await rejects(figure(chart, { folder, display }), /saved under a name/);
    await rejects(figure(chart, { name: "a/b", folder, display }), /file name/);
    await rejects(figure({} as never, { display }), /figure takes a drawn figure/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("names that no system could keep as a file are refused, others are taken", async () => {
  for (
    const name of ["", ".", "..", "a/b", "a\\b", ".hidden", "con", "NUL.svg", "a b", "x".repeat(300), "a\u0000b", "-rf"]
  ) {
    await rejects(saveFigure({ ...drawn, name }, "/nowhere"), /file name/, name);
  }
});
