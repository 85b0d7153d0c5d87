import { ok } from "node:assert/strict";
import { textBlock } from "../../lib/figures/mod.ts";

Deno.test("textBlock shows markup as text", () => {
  const { html } = textBlock("prompt", "<b>**not bold**</b>\n| a & b");
  ok(html.includes("&lt;b&gt;**not bold**&lt;/b&gt;\n| a &amp; b"));
});
