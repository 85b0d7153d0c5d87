import { equal, ok } from "node:assert/strict";
import { roughTokensOf, tokensOf } from "../../lib/traces/text_tokens.ts";

Deno.test("tokens are those of o200k_base", () => {
  // Each is one token of the encoding's published vocabulary.
  equal(tokensOf("hello"), 1);
  equal(tokensOf("hello world"), 2);
  equal(tokensOf(""), 0);
});

Deno.test("special tokens in a trace are text", () => {
  ok(tokensOf("before <|endoftext|> after <|im_start|>") > 4);
});

Deno.test("unbroken runs of 200,000 characters are counted in linear time", () => {
  const started = performance.now();
  for (const unit of ["a", " ", "\n", "😀", "\u200B", "é"]) ok(tokensOf(unit.repeat(200_000)) > 0, unit);
  // Unsplit, the spaces alone take half a minute.
  ok(performance.now() - started < 5_000);
});

Deno.test("a rough count of a long even text is within 2% of the exact one", () => {
  const text = "The agent looked at the shelf and found the book it wanted. ".repeat(5_000);
  const exact = tokensOf(text);
  ok(Math.abs(roughTokensOf(text) - exact) / exact < 0.02);
});
