import { deepEqual, equal, ok } from "node:assert/strict";
import { INK, naming } from "../../lib/figures/mod.ts";
import { studyNames } from "../../lib/study/mod.ts";

const names = naming({ names: studyNames });

Deno.test("the study's names read as people write them, others as they are", () => {
  equal(names.config("claude_code · kimi-k2.5"), "Claude Code · Kimi K2.5");
  equal(names.benchmark("swebench"), "SWE-bench");
  deepEqual(["constructor", "__proto__", "our own"].map(names.harness), ["constructor", "__proto__", "our own"]);
});

Deno.test("names inside a sentence read as people write them, whole words alone", () => {
  equal(
    names.sentence("claude_code is above tool_calling_with_shortlisting on swebench: gpt-4.1, gpt-4.1-mini."),
    "Claude Code is above Shortlisting on SWE-bench: GPT-4.1, gpt-4.1-mini.",
  );
});

Deno.test("a known name keeps its colour, an unknown one takes what is left, then grey", () => {
  const first = names.colors("harness", ["tool_calling", "my_harness"]);
  equal(first.get("tool_calling"), names.colors("harness", ["tool_calling"]).get("tool_calling"));
  ok(first.get("my_harness") !== first.get("tool_calling"));
  equal(names.colors("harness", Array.from({ length: 9 }, (_, i) => `h${i}`)).get("h8"), INK.faint);
});

Deno.test("figures stand under the number of their notebook, those of a family too, and others under their own name", () => {
  deepEqual(
    ["winners", "cost-per-success", "cost-per-success-coding-and-search", "failed-tokens-conversational", "my-figure"]
      .map(names.figure),
    ["03-winners", "05-cost-per-success", "05-cost-per-success-coding", "06-failed-tokens-conversational", "my-figure"],
  );
});
