// @ts-check
/** Marks of figures: what they are of, tips by pointer, touch and keyboard, and the sessions behind them. @module */
import { ALL, DATA } from "./rows.js";
import { openSessions } from "./panel.js";
import { add } from "./words.js";

/** @type {WeakMap<Element, string>} */
const SAID = new WeakMap();

/** Marks that say what another says. @type {WeakMap<Element, SVGElement>} */
const TWIN = new WeakMap();

/** @type {HTMLElement | null} */
let tip = null;

/** Which sessions a mark is of; null where its title names none. @param {Element} mark */
export function filterOf(mark) {
  const of = { ...ALL };
  for (const kind of /** @type {("b" | "h" | "m")[]} */ (["b", "h", "m"])) {
    const at = mark.getAttribute("data-" + kind);
    if (at !== null) of[kind] = Number(at);
  }
  if (of.b < 0 && of.h < 0 && of.m < 0) return null;
  const article = mark.closest("article");
  if (article && article.getAttribute("data-v") === "0") of.v = "0";
  return of;
}

/** @param {Element} mark @param {Element} [where] the mark itself unless a twin of it is pointed at */
function showTip(mark, where = mark) {
  const text = SAID.get(mark);
  if (!text) return;
  if (!tip) {
    tip = add(document.body, "div");
    tip.id = "tip";
    tip.setAttribute("role", "tooltip");
  }
  tip.textContent = text;
  tip.hidden = false;
  const at = where.getBoundingClientRect(), own = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left + at.width / 2 - own.width / 2), innerWidth - own.width - 8);
  const above = at.top - own.height - 8;
  tip.style.left = left + "px";
  tip.style.top = (above < 8 ? Math.min(at.bottom + 8, innerHeight - own.height - 8) : above) + "px";
}

export function hideTip() {
  if (tip) tip.hidden = true;
}

/**
 * Makes the marks of a figure's drawing answer to pointer, touch and keyboard: one stop of Tab a figure, arrows between its
 * marks, Enter for the sessions.
 * @param {SVGElement} svg @param {(filter: import("./rows.js").Filter) => void} light
 */
export function enliven(svg, light) {
  /** @type {(SVGElement)[]} */
  const marks = [];
  for (const title of svg.querySelectorAll("title")) {
    const mark = /** @type {SVGElement | null} */ (title.parentElement);
    if (!mark || mark === /** @type {Element} */ (svg)) continue;
    const text = title.textContent ?? "";
    SAID.set(mark, text);
    title.remove();
    const opens = filterOf(mark) !== null && DATA.sessions > 0;
    mark.setAttribute("role", opens ? "button" : "img");
    mark.setAttribute("aria-label", text.replaceAll("\n", ", ") + (opens ? ". Opens its sessions." : ""));
    mark.setAttribute("tabindex", marks.length ? "-1" : "0");
    if (opens) mark.classList.add("opens");
    marks.push(mark);
  }
  if (!marks.length) return;
  for (const twin of svg.querySelectorAll("[data-t]")) {
    const mark = marks[Number(twin.getAttribute("data-t"))];
    if (!mark) continue;
    TWIN.set(twin, mark);
    for (const kind of ["data-b", "data-h", "data-m"]) {
      const at = mark.getAttribute(kind);
      if (at !== null) twin.setAttribute(kind, at);
    }
    if (mark.classList.contains("opens")) twin.classList.add("opens");
  }
  svg.setAttribute("role", "group");
  const markOf = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const twin = target.closest("[data-t]");
    return (twin ? TWIN.get(twin) : marks.find((mark) => mark.contains(target))) ?? null;
  };
  const open = (/** @type {Element} */ mark) => {
    const of = filterOf(mark);
    if (!of) return;
    hideTip();
    openSessions(of, SAID.get(mark) ?? "", light);
  };
  svg.addEventListener("pointerover", (event) => {
    const mark = markOf(event);
    if (mark) showTip(mark, /** @type {Element} */ (event.target));
    else hideTip();
  });
  svg.addEventListener("pointerleave", hideTip);
  // A drawing that listens for focus is a stop of Tab itself, so what holds it does.
  const holder = svg.parentElement ?? svg;
  holder.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && mark.matches(":focus-visible")) showTip(mark);
  });
  holder.addEventListener("focusout", hideTip);
  svg.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark) return;
    // A finger has no way to hover: its first touch shows the tip, its second opens.
    const touched = /** @type {PointerEvent} */ (event).pointerType === "touch";
    if (touched && svg.dataset.tipped !== String(marks.indexOf(mark))) {
      svg.dataset.tipped = String(marks.indexOf(mark));
      showTip(mark);
    } else open(mark);
  });
  svg.addEventListener("keydown", (event) => {
    const mark = markOf(event);
    if (!mark) return;
    const at = marks.indexOf(mark);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : step ? at + step : at;
    if (event.key === "Enter" || event.key === " ") open(mark);
    else if (event.key === "Escape") hideTip();
    else if (to === at || !marks[to]) return;
    else {
      mark.setAttribute("tabindex", "-1");
      marks[to].setAttribute("tabindex", "0");
      marks[to].focus();
    }
    event.preventDefault();
  });
}

/**
 * Puts the drawings that were made for a phone beside those of a desk, once a window is as narrow as one; the style sheet
 * shows either.
 * @param {Record<string, string>} drawings by the figure's id @param {(filter: import("./rows.js").Filter) => void} light
 */
export function placeNarrow(drawings, light) {
  for (const [id, text] of Object.entries(drawings)) {
    const wide = document.querySelector("#" + CSS.escape(id) + " .draw svg");
    if (!wide || wide.classList.contains("replaced")) continue;
    // Read in a document of its own, where nothing runs.
    const read = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
    if (!read) continue;
    const svg = document.importNode(read, true);
    svg.classList.add("phone");
    wide.classList.add("replaced");
    wide.after(svg);
    enliven(svg, light);
  }
}

/** Lights the marks that are of what a filter names, in every figure. @param {import("./rows.js").Filter} filter */
export function lightMarks(filter) {
  const named = filter.b >= 0 || filter.h >= 0 || filter.m >= 0;
  document.body.classList.toggle("filtered", named);
  for (const mark of document.querySelectorAll(".draw [data-b], .draw [data-h], .draw [data-m]")) {
    const lit = ["b", "h", "m"].every((kind) => {
      const want = filter[/** @type {"b" | "h" | "m"} */ (kind)], own = mark.getAttribute("data-" + kind);
      return want < 0 || own === null || Number(own) === want;
    });
    mark.classList.toggle("lit", named && lit);
  }
}
