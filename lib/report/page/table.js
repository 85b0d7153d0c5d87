// @ts-check
/** The table of sessions: sorted, searched in every column, in pages; a row leads to its conversation. @module */
import { DATA, detailsOf, label, viewOfSession } from "./rows.js";
import { add, addButton, big, money, number, time, verdict } from "./words.js";

const PAGE = 25;

/**
 * Columns: heading, what it is sorted and searched by, what is written.
 * @param {any} found what the table says of sessions
 * @returns {[string, (i: number) => any, ((i: number) => string) | null][]}
 */
const columnsOf = (found) => [
  ["session", (i) => found.id[i], null],
  ["benchmark", (i) => label("b", DATA.b[i]), null],
  ["harness", (i) => label("h", DATA.h[i]), null],
  ["model", (i) => label("m", DATA.m[i]), null],
  ["verdict", (i) => verdict(DATA.v[i]), null],
  ["tokens", (i) => found.tokens[i], (i) => big(found.tokens[i])],
  ["calls", (i) => found.calls[i], (i) => number(found.calls[i])],
  ["duration", (i) => found.seconds[i], (i) => time(found.seconds[i])],
  ["cost", (i) => found.usd[i], (i) => money(found.usd[i])],
  ...found.reason
    ? [
      /** @type {[string, (i: number) => any, null]} */ (["judge's reason", (/** @type {number} */ i) =>
        found.reason[i] ?? "", null]),
    ]
    : [],
];

/**
 * Fills an element with a table of some sessions.
 * @param {HTMLElement} root @param {number[]} rows @param {(i: number) => void} read opens a conversation that the page holds
 */
export async function sessionTable(root, rows, read) {
  const found = await detailsOf();
  if (!found) return;
  const columns = columnsOf(found);
  const readable = new Set(DATA.read);
  const state = { sort: -1, up: true, page: 0, text: "" };
  root.textContent = "";
  const bar = add(root, "div", undefined, "pager");
  const find = add(add(bar, "label", "Search all columns "), "input");
  find.type = "search";
  const said = add(bar, "span");
  said.setAttribute("role", "status");
  const scroll = add(root, "div", undefined, "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Table of sessions");
  const table = add(scroll, "table", undefined, "rows");
  const head = add(add(table, "thead"), "tr");
  const body = add(table, "tbody");
  const pager = add(root, "div", undefined, "pager");
  const heads = columns.map(([name], c) => {
    const th = add(head, "th", undefined, c > 4 && c < 9 ? "num" : "");
    th.scope = "col";
    addButton(th, name, () => {
      state.up = state.sort === c ? !state.up : c < 5;
      state.sort = c;
      state.page = 0;
      draw();
    });
    return th;
  });
  const back = addButton(pager, "Previous", () => leaf(-1));
  const on = addButton(pager, "Next", () => leaf(1));
  const place = add(pager, "span");

  /** @param {number} by */
  function leaf(by) {
    state.page += by;
    draw();
  }

  function kept() {
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const left = rows.filter((i) => {
      if (!words.length) return true;
      const all = columns.map(([, value, write]) => write ? write(i) : String(value(i))).join(" ").toLowerCase();
      return words.every((word) => all.includes(word));
    });
    const column = columns[state.sort];
    if (!column) return left;
    const value = column[1], sign = state.up ? 1 : -1;
    return left.slice().sort((i, j) => {
      const a = value(i), b = value(j);
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      return a < b ? -sign : a > b ? sign : 0;
    });
  }

  function draw() {
    const shown = kept(), pages = Math.max(1, Math.ceil(shown.length / PAGE));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    body.textContent = "";
    for (const i of shown.slice(state.page * PAGE, (state.page + 1) * PAGE)) row(i);
    heads.forEach((th, c) =>
      th.setAttribute("aria-sort", c !== state.sort ? "none" : state.up ? "ascending" : "descending")
    );
    back.disabled = state.page === 0;
    on.disabled = state.page === pages - 1;
    place.textContent = "page " + number(state.page + 1) + " of " + number(pages);
    said.textContent = number(shown.length) + " of " + number(DATA.sessions) +
      (DATA.sessions === 1 ? " session" : " sessions");
  }

  /** @param {number} i */
  function row(i) {
    const tr = add(body, "tr");
    columns.forEach(([, value, write], c) => {
      const td = add(tr, "td", undefined, c > 4 && c < 9 ? "num" : c === 9 ? "reason" : c === 0 ? "id" : "");
      if (c === 0 && readable.has(i)) {
        const button = addButton(td, found.id[i], () => read(i));
        button.className = "id";
      } else if (c === 0) {
        const link = add(td, "a", found.id[i]);
        link.href = viewOfSession(found.id[i]);
        link.title = "in the workbench, where it runs";
      } else if (c === 4) add(td, "span", verdict(DATA.v[i]), "v" + DATA.v[i]);
      else td.textContent = write ? write(i) : value(i);
    });
  }

  find.addEventListener("input", () => {
    state.text = find.value;
    state.page = 0;
    draw();
  });
  draw();
}
