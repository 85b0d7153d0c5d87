import { ok } from "node:assert/strict";
import { VERDICT_CHIPS } from "../../lib/figures/kit/claim_text.ts";
import { luminance } from "../../lib/figures/kit/color.ts";
import { darkStyle } from "../../lib/report/dark.ts";

const GROUND = luminance("#14181f") + 0.05;

Deno.test("colours that names were given can be told from a dark ground, and those that can already stay", () => {
  const style = darkStyle(["#004b22", "#4A235F", "#000000", "#d4a72c", "#004b22", "currentColor"]);
  for (const from of ["#004b22", "#4a235f", "#000000"]) {
    const rules = [...style.matchAll(new RegExp(`\\[fill="${from}"\\]\\{fill:(#[0-9a-f]{6})\\}`, "g"))];
    ok(rules.length === 1, `${rules.length} rules for ${from}`);
    ok((luminance(rules[0]![1]!) + 0.05) / GROUND >= 3, `${from} becomes ${rules[0]![1]}`);
  }
  ok(!style.includes("#d4a72c") && !style.includes("currentColor"));
});

Deno.test("every line and dot of the figures' own colours is seen on a dark ground", () => {
  const to = [...darkStyle().matchAll(/\[stroke="(#[0-9a-f]{6})"\]\{stroke:(#[0-9a-f]{6})\}/g)];
  const structure = ["#d9dce1", "#eceef1", "#e9ebee", "#c3c8d0", "#d3d7dd"];
  const lost = to.filter(([, from, dark]) => !structure.includes(from!) && (luminance(dark!) + 0.05) / GROUND < 2.9);
  ok(lost.length === 0, lost.map(([, from, dark]) => `${from} as ${dark}`).join());
});

Deno.test("on a dark screen a claim's verdict keeps its ink on its own colour", () => {
  const style = darkStyle();
  for (const { fill, ink } of Object.values(VERDICT_CHIPS)) {
    const last = (what: string) => style.lastIndexOf(what);
    ok(last(`[fill="${fill}"]{fill:${fill}}`) > last(`.draw [fill="${fill}"]`) || last(`.draw [fill="${fill}"]`) < 0);
    ok(style.includes(`[fill="${fill}"]+text{fill:${ink}}`), fill);
  }
});
