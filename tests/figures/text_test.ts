import { deepEqual, equal, ok } from "node:assert/strict";
import { createRequire } from "node:module";
import { INTER_CHARACTERS, INTER_REGULAR, INTER_SEMIBOLD } from "../../lib/figures/kit/inter_widths.ts";
import { escapeXml, fitName, fitText, textWidth, widest, wrapText } from "../../lib/figures/kit/text.ts";
import { fontWidths } from "../support/font.ts";
import { needs } from "../support/needs.ts";

needs(["read"], "the widths of Inter are those of the pinned font files", async () => {
  const { resolve } = createRequire(import.meta.url);
  const files = { "400Regular/Inter_400Regular": INTER_REGULAR, "600SemiBold/Inter_600SemiBold": INTER_SEMIBOLD };
  for (const [file, table] of Object.entries(files)) {
    const bytes = await Deno.readFile(resolve(`@expo-google-fonts/inter/${file}.ttf`));
    deepEqual([...table.values()], fontWidths(bytes, INTER_CHARACTERS));
  }
});

Deno.test("text is measured letter by letter, and semibold is wider", () => {
  equal(textWidth("", 12), 0);
  equal(textWidth("ii", 10), 2 * textWidth("i", 10));
  ok(textWidth("Pooled rate", 12, 600) > textWidth("Pooled rate", 12, 400));
});

Deno.test("a letter that Inter lacks counts as a whole em", () => equal(textWidth("漢", 20), 20));

Deno.test("text that fits is left alone, other text ends with an ellipsis within its width", () => {
  equal(fitText("Claude Code", 200, 12), "Claude Code");
  const cut = fitText("a_very_long_harness_name_that_nobody_expected", 90, 12);
  ok(cut.endsWith("…") && textWidth(cut, 12) <= 90, cut);
});

Deno.test("a name that does not fit keeps its beginning and its end", () => {
  equal(fitName("Claude Code", 200, 12), "Claude Code");
  const names = Array.from({ length: 30 }, (_, i) => `our own agent of the second floor, number ${i}`);
  const cut = names.map((name) => fitName(name, 90, 12));
  ok(cut.every((name) => /^our.*….*\d$/.test(name) && textWidth(name, 12) <= 90), cut[0]);
  equal(new Set(cut).size, 30);
  equal(fitName("wide", 1, 12), "…");
});

Deno.test("wrapped lines hold every word and none is too wide", () => {
  const text = "Cells under five sessions in grey and outside the average; no average under ten sessions";
  const lines = wrapText(text, 150, 11);
  equal(lines.join(" "), text);
  ok(widest(lines, 11) <= 150);
  deepEqual(wrapText("", 100, 12), []);
});

Deno.test("markup, control characters and lone surrogates cannot break the XML", () => {
  equal(escapeXml(`<a b="c">&`), "&lt;a b=&quot;c&quot;&gt;&amp;");
  equal(escapeXml("x\u0000y\ud800z"), "x\ufffdy\ufffdz");
});
