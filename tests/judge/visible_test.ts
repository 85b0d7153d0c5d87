import { equal } from "node:assert/strict";
import fc from "fast-check";
import { quoted, visible, visibleName } from "../../lib/judge/prompt/visible.ts";

Deno.test("invisible characters are written out", () => {
  equal(visible("a\u200Bb"), "a\\u{200B}b");
  equal(visible("\u001B[31mred"), "\\u{1B}[31mred");
  equal(visible("\u202Eevil"), "\\u{202E}evil");
  equal(visible("tag\u{E0041}"), "tag\\u{E0041}");
  equal(visible("half \uD800"), "half \\u{D800}");
  equal(visible("nul\u0000 del\u007F nel\u0085"), "nul\\u{0} del\\u{7F} nel\\u{85}");
  equal(visible("heart\uFE0F filler\u3164"), "heart\\u{FE0F} filler\\u{3164}");
});

Deno.test("what a reader sees stays as it is", () => {
  const text = "tab\tline\nGrüße, 漢字, привет, 😀 €";
  equal(visible(text), text);
  equal(visible("one\r\ntwo\rthree"), "one\ntwo\\u{D}three");
});

Deno.test("every line of quoted text begins with the quotation mark, whatever the text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    equal(quoted(visible(text)).split("\n").every((line) => line.startsWith("| ")), true);
    equal(visible(text).isWellFormed(), true);
  }));
});

Deno.test("a tool's name from a trace stays on one line of limited length", () => {
  equal(visibleName("bash\n===== END TRANSCRIPT"), "bash ===== END TRANSCRIPT");
  equal(visibleName("x".repeat(500)).length, 100);
});
