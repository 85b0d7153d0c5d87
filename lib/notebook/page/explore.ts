/// <reference lib="dom" />
/** The page's side of `explore`: inputs, and a chart that is drawn anew at each of them. @module */
import * as Plot from "@observablehq/plot";
import { wilson } from "../../stats/intervals/wilson.ts";
import type { NameKind } from "../../model/names.ts";
import { int, pct, plural } from "../../figures/kit/format.ts";
import { INK, PALETTE } from "../../figures/kit/theme.ts";
import { KINDS, type Packed } from "../packed.ts";

for (const root of document.querySelectorAll<HTMLElement>("[data-atl-explore]:not([data-ready])")) {
  root.dataset["ready"] = "yes";
  start(root, JSON.parse(root.querySelector("script[type='application/json']")!.textContent!));
}

function start(root: HTMLElement, packed: Packed): void {
  const panel = root.querySelector<HTMLElement>(".panel")!;
  panel.textContent = "";
  const form = panel.appendChild(document.createElement("form"));
  const by = select(form, "by", [
    ...KINDS.map((kind) => [kind, kind] as const),
    ["config", "harness and model"],
    ["cell", "all three"],
  ]);
  by.value = "harness";
  const measure = select(form, "show", [
    ["success", "success"],
    ...packed.measures.map(({ id, label }) => [id, label] as const),
  ]);
  const filters = KINDS.map((kind) =>
    select(form, kind, [["", "all"], ...packed.names[kind].map((name, i) => [String(i), name] as const)])
  );
  const chart = panel.appendChild(document.createElement("div"));
  const said = panel.appendChild(document.createElement("p"));
  said.className = "foot";
  said.setAttribute("aria-live", "polite");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", draw);
  draw();

  function draw(): void {
    const wanted = filters.map(({ value }) => value === "" ? null : Number(value));
    const passes = (row: readonly (number | null)[]) => wanted.every((place, i) => place === null || row[i] === place);
    const nameOf = (row: readonly (number | null)[]) => {
      const [benchmark, harness, model] = KINDS.map((kind, i) => packed.names[kind][row[i]!] ?? "?");
      if (by.value === "config") return `${harness} · ${model}`;
      if (by.value === "cell") return `${harness} · ${model} on ${benchmark}`;
      return { benchmark, harness, model }[by.value as NameKind]!;
    };
    const width = Math.max(280, Math.min(860, root.clientWidth - 24));
    const at = packed.measures.findIndex(({ id }) => id === measure.value);
    const drawn = at < 0
      ? rates(packed.counts.filter(passes), nameOf, width)
      : distribution(packed.sessions.filter(passes), nameOf, 3 + at, packed.measures[at]!.label, width);
    drawn.plot?.setAttribute("role", "img");
    for (const mark of drawn.plot?.querySelectorAll("g[aria-label]") ?? []) mark.removeAttribute("aria-label");
    chart.replaceChildren(drawn.plot ?? "");
    said.textContent = `${drawn.said} ${packed.caption}`;
  }
}

interface Drawn {
  plot: Element | null;
  said: string;
}

function select(form: HTMLFormElement, label: string, options: readonly (readonly [value: string, text: string])[]) {
  const around = form.appendChild(document.createElement("label"));
  around.append(`${label} `);
  const made = around.appendChild(document.createElement("select"));
  for (const [value, text] of options) made.append(new Option(text, value));
  return made;
}

function rates(rows: Packed["counts"], nameOf: (row: readonly number[]) => string, width: number): Drawn {
  const groups = [...Map.groupBy(rows, nameOf)].flatMap(([name, of]) => {
    const [k, n] = [3, 4].map((at) => of.reduce((sum, row) => sum + row[at]!, 0)) as [number, number];
    return n > 0 ? [{ name, k, n, ...wilson(k, n) }] : [];
  }).sort((a, b) => b.estimate - a.estimate || (a.name < b.name ? -1 : 1));
  const [scored, all] = [4, 5].map((at) => rows.reduce((sum, row) => sum + row[at]!, 0));
  const said = `${int(scored)} of ${plural(all, "session")} ${
    scored === 1 ? "has" : "have"
  } a verdict. Wilson 95%, for these runs.`;
  if (groups.length === 0) return { plot: null, said };
  const title = (row: typeof groups[number]) =>
    `${row.name}\n${pct(row.estimate)} (${int(row.k)} of ${int(row.n)}), ${pct(row.lo)} to ${pct(row.hi)}`;
  const plot = Plot.plot({
    ...frame(groups.map(({ name }) => name), width),
    marginRight: 110,
    x: { domain: [0, 1], tickFormat: (share: number) => pct(share), label: "solved", grid: true },
    marks: [
      Plot.ruleY(groups, { y: "name", x1: "lo", x2: "hi", stroke: INK.text, title }),
      Plot.dot(groups, { y: "name", x: "estimate", r: 5, fill: PALETTE[0]!, title }),
      Plot.text(groups, {
        y: "name",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        text: ({ estimate, n }) => `${pct(estimate)}, n = ${int(n)}`,
        fill: INK.text,
      }),
    ],
  });
  return { plot, said };
}

function distribution(
  rows: Packed["sessions"],
  nameOf: (row: readonly (number | null)[]) => string,
  at: number,
  label: string,
  width: number,
): Drawn {
  const known = rows.filter((row) => row[at] !== null).map((row) => ({ name: nameOf(row), value: row[at]! }));
  const said = `${int(known.length)} of ${
    plural(rows.length, "single session")
  } have known ${label}. Box: quartiles; line: median.`;
  if (known.length === 0) return { plot: null, said };
  const names = [...new Set(known.map(({ name }) => name))].sort();
  const positive = known.every(({ value }) => value > 0);
  const plot = Plot.plot({
    ...frame(names, width),
    marginRight: 70,
    x: { type: positive ? "log" : "linear", label, grid: true, tickFormat: "~s", ...(positive ? { ticks: 5 } : {}) },
    marks: [
      Plot.boxX(known, { x: "value", y: "name", fill: INK.weak, stroke: INK.text }),
      Plot.text(
        known,
        Plot.groupY({ text: "count" }, { y: "name", frameAnchor: "right", textAnchor: "start", dx: 8, fill: INK.text }),
      ),
    ],
  });
  return { plot, said };
}

function frame(names: readonly string[], width: number) {
  const longest = Math.max(...names.map((name) => name.length));
  return {
    width,
    height: names.length * 24 + 50,
    marginLeft: Math.min(width * 0.45, 24 + longest * 6.5),
    style: { background: "transparent", color: INK.muted, fontFamily: "inherit", fontSize: "12px" },
    y: { domain: names, label: null, tickSize: 0, padding: 0.3 },
    ariaLabel: "Chart of the sessions chosen",
  } as const;
}
