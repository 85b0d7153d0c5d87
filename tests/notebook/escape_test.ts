import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { naming } from "../../lib/figures/mod.ts";
import { code, inProse, list, md, row, text } from "../../lib/notebook/mod.ts";

const HOSTILE = "<script>alert(1)</script>";

Deno.test("a name is text in prose: no tag, no emphasis, no link, no code, no formula, no column, no line of its own", () => {
  equal(text(HOSTILE), "&#60;script&#62;alert(1)&#60;/script&#62;");
  equal(text("a|b\nc\r\n\td"), "a&#124;b c d");
  equal(
    text("*a* `b` [c](d) $e$ ~f~ \\g"),
    [
      "&#42;a&#42;",
      "&#96;b&#96;",
      "&#91;c&#93;(d)",
      "&#36;e&#36;",
      "&#126;f&#126;",
      "&#92;g",
    ].join(" "),
  );
});

Deno.test("what is harmless stays readable", () => {
  for (const plain of ["plain_loop", "SWE-like 2.0", "1.00", "-5 pp", "64%", "house-7b (n = 12)", "漢字"]) {
    equal(text(plain), plain);
  }
});

Deno.test("a name at the beginning of a line begins no list, heading or rule", () => {
  for (const start of ["# a", "- a", "+ a", "12. a", "3) a", "---", "==="]) {
    ok(/^&#\d+;/.test(text(start)), start);
  }
});

Deno.test("whatever a text holds: one line, nothing that HTML or a table would read, and escaping twice changes nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (any) => {
    const once = text(any);
    equal(text(once), once);
    ok(!/[<>|`*\[\]$~\\\n\r]/.test(once), once);
    ok(!/&(?!#\d+;)/.test(once), once);
  }));
});

Deno.test("lists and rows of names cannot be broken out of; prose keeps its markup", () => {
  equal(list(["a|b", md`**c**`]), "a&#124;b and **c**");
  equal(row("a|b", HOSTILE, md`[d](#e)`), "| a&#124;b | &#60;script&#62;alert(1)&#60;/script&#62; | [d](#e) |");
  equal(row(text("a*b")), row("a*b"));
  equal(code("a`b<c>"), "<code>a&#96;b&#60;c&#62;</code>");
});

Deno.test("labels for prose are escaped, colours and order are not touched", () => {
  const names = inProse(naming({}));
  equal(names.config(`${HOSTILE} · a|b`), "&#60;script&#62;alert(1)&#60;/script&#62; · a&#124;b");
  deepEqual(names.order("model", ["b", "<a>"]), ["<a>", "b"]);
});
