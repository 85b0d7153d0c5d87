import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { Names } from "../../lib/model/mod.ts";
import { INK, naming, PALETTE, plainNames, settledNames } from "../../lib/figures/mod.ts";

const names = naming({});

Deno.test("without names given, a name reads as it is and takes a colour by its place in the order of names", () => {
  equal(names.config("support bot · our-model"), "support bot · our-model");
  deepEqual([...names.colors("harness", ["b", "a", "b"])], [["a", PALETTE[0]], ["b", PALETTE[1]]]);
  deepEqual(names.order("model", ["b", "a", "b", "B"]), ["B", "a", "b"]);
  equal(names.figure("winners"), "winners");
});

Deno.test("names beyond the palette are grey", () => {
  const many = Array.from({ length: PALETTE.length + 2 }, (_, i) => `h${String(i).padStart(2, "0")}`);
  const colors = [...names.colors("harness", many).values()];
  deepEqual(colors.slice(0, PALETTE.length), PALETTE);
  deepEqual(colors.slice(PALETTE.length), [INK.faint, INK.faint]);
});

Deno.test("settled colours do not depend on what else a figure shows", () => {
  const settled = naming({ names: settledNames({ benchmark: [], harness: ["a", "b", "c"], model: [] }) });
  const all = settled.colors("harness", ["a", "b", "c"]);
  deepEqual([...settled.colors("harness", ["c"])], [["c", all.get("c")]]);
  equal(settled.colors("harness", ["unheard of"]).get("unheard of"), INK.faint);
  notEqual(naming({}).colors("harness", ["c"]).get("c"), all.get("c"));
});

Deno.test("a label is one line, whatever the data call it", () => {
  equal(names.harness("a\nb\tc\u2028d  e"), "a b c d e");
  equal(names.model(" \n "), "(no name)");
  equal(names.benchmark("a\u202eb"), "a\ufffdb");
  equal(names.config("a\nb · c\r\nd"), "a b · c d");
});

Deno.test("names given replace labels, colours, order and file names", () => {
  const own: Names = {
    ...plainNames,
    label: (kind, name) => `${kind} ${name.toUpperCase()}`,
    order: (_kind, given) => given.toReversed(),
    figureName: (name) => `fig-${name}`,
  };
  const mine = naming({ names: own });
  equal(mine.config("h · m"), "harness H · model M");
  deepEqual(mine.groups("benchmark", new Map([["a", 1], ["b", 2]])), [["b", 2], ["a", 1]]);
  equal(mine.figure("winners"), "fig-winners");
});
