import { ok } from "node:assert/strict";
import { objectsTable } from "../../lib/figures/kit/objects_table.ts";

Deno.test("objectsTable shows a column for each field, escapes text and says what it left out", () => {
  const { html } = objectsTable([{ name: "<b>", n: 1234 }, { name: null, share: -0.123456 }, { name: "c" }], {
    maxRows: 2,
    source: "a test",
  });
  for (const part of ["&lt;b&gt;", "1,234", "−0.1235", "n/a", "1 row more.", "Source: a test."]) {
    ok(html.includes(part), part);
  }
  ok(!html.includes("<b>"));
});

Deno.test("objectsTable of no rows says so, and has no other heading than its own", () => {
  ok(objectsTable([]).html.includes("No rows."));
  ok(!objectsTable([{ n: 1 }]).html.includes("<h4>"));
});
