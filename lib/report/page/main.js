// @ts-check
/** What the page does once it is there: the filters, the marks, the table of sessions, the place in the contents. @module */
import { openConversation } from "./panel.js";
import { enliven, hideTip, lightMarks, placeNarrow } from "./marks.js";
import { ALL, DATA, inflated, isAll, KINDS, matching } from "./rows.js";
import { sessionTable } from "./table.js";
import { add, addButton, number, wilson } from "./words.js";

/** @type {import("./rows.js").Filter} */
let filter = { ...ALL };

/** @type {Map<string, HTMLSelectElement>} */
const selects = new Map();

/** @type {HTMLElement | null} */
let said = null;

/** @param {import("./rows.js").Filter} to */
function choose(to) {
  filter = to;
  for (const [kind, select] of selects) select.value = String(filter[/** @type {"b"} */ (kind)]);
  apply();
}

function apply() {
  hideTip();
  lightMarks(filter);
  const rows = matching(filter);
  const table = document.getElementById("session-table");
  if (table && DATA.v.length) void sessionTable(table, rows, (i) => void openConversation(i, null));
  const scored = rows.filter((i) => DATA.v[i] !== null), k = scored.filter((i) => DATA.v[i] === 1).length;
  const [lo = 0, hi = 1] = scored.length ? wilson(k, scored.length) : [];
  const rate = scored.length
    ? ", " + number(100 * k / scored.length) + "% solved (95% " + number(100 * lo) + " to " + number(100 * hi) + "%)"
    : "";
  if (said) {
    said.textContent = number(rows.length) + " of " + number(DATA.sessions) +
      (DATA.sessions === 1 ? " session" : " sessions") + rate;
  }
  const reset = document.getElementById("reset");
  if (reset) reset.hidden = isAll(filter);
}

function filters() {
  const bar = document.getElementById("filters");
  if (!bar || !DATA.v.length) return;
  for (const [kind, name] of KINDS) {
    const label = add(bar, "label");
    add(label, "span", name);
    const select = add(label, "select");
    select.setAttribute("aria-label", name);
    add(select, "option", "every " + name).value = "-1";
    DATA.names[name].forEach((/** @type {[string, string]} */ [, text], /** @type {number} */ i) => {
      add(select, "option", text).value = String(i);
    });
    select.addEventListener("change", () => choose({ ...filter, [kind]: Number(select.value) }));
    selects.set(kind, select);
  }
  const label = add(bar, "label");
  add(label, "span", "verdict");
  const select = add(label, "select");
  select.setAttribute("aria-label", "verdict");
  for (const [value = "", text] of [["", "every verdict"], ["1", "solved"], ["0", "failed"], ["null", "unknown"]]) {
    add(select, "option", text).value = value;
  }
  select.addEventListener("change", () => choose({ ...filter, v: /** @type {"1"} */ (select.value) }));
  selects.set("v", select);
  const reset = addButton(bar, "Show all", () => choose({ ...ALL }));
  reset.id = "reset";
  said = add(bar, "output");
}

function contents() {
  const links = new Map(
    [...document.querySelectorAll(".bar nav a")].map((link) => [(link.getAttribute("href") ?? "").slice(1), link]),
  );
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = links.get(target.id);
      if (!link || !isIntersecting) continue;
      for (const other of links.values()) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-64px 0px -75% 0px" });
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) seen.observe(section);
  }
}

filters();
for (const svg of document.querySelectorAll(".draw svg")) enliven(/** @type {SVGElement} */ (svg), choose);
contents();
apply();
const phone = matchMedia("(max-width: 719px)");
async function narrow() {
  if (!phone.matches) return;
  const drawings = await inflated("narrow");
  if (drawings) placeNarrow(drawings, choose);
  lightMarks(filter);
}
phone.addEventListener("change", () => void narrow());
void narrow();
addEventListener("scroll", hideTip, { passive: true });
