// @ts-check
/** What opens over the page: the sessions behind a mark, and a conversation. @module */
import { DATA, detailsOf, filterWords, inflated, label, matching, viewOfFilter, viewOfSession } from "./rows.js";
import { sessionTable } from "./table.js";
import { add, addButton, number, verdict } from "./words.js";

/** @type {HTMLDialogElement | null} */
let dialog = null;

/** An empty panel under a heading. @param {string} title */
function opened(title) {
  if (!dialog) {
    const made = dialog = add(document.body, "dialog");
    made.addEventListener("click", (event) => event.target === made && made.close());
  }
  dialog.textContent = "";
  const header = add(dialog, "header");
  const heading = add(header, "h2", title);
  heading.id = "panel-title";
  dialog.setAttribute("aria-labelledby", "panel-title");
  const shown = dialog;
  addButton(header, "Close", () => shown.close());
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  return dialog;
}

/**
 * The sessions that a filter leaves.
 * @param {import("./rows.js").Filter} filter @param {string} said what the mark says of itself
 * @param {((filter: import("./rows.js").Filter) => void) | null} light
 */
export function openSessions(filter, said, light) {
  const rows = matching(filter);
  const root = opened(filterWords(filter));
  if (said) add(root, "p", said, "note").style.whiteSpace = "pre-line";
  const bar = add(root, "div", undefined, "pager");
  if (light) {
    addButton(bar, "Light in every figure", () => {
      root.close();
      light(filter);
    });
  }
  add(bar, "a", "Open in the workbench").href = viewOfFilter(filter);
  if (DATA.v.length < DATA.sessions) {
    add(bar, "span", "The page holds " + number(DATA.v.length) + " of " + number(DATA.sessions) + " sessions.");
  }
  const table = add(root, "div");
  void sessionTable(table, rows, (i) => void openConversation(i, () => openSessions(filter, said, light)));
}

/** @type {Promise<any> | null} */
let texts = null;

/**
 * A session's conversation, with what the judge pointed at marked.
 * @param {number} i @param {(() => void) | null} back
 */
export async function openConversation(i, back) {
  texts ??= inflated("texts");
  const [all, { id, reason }] = await Promise.all([texts, detailsOf()]);
  const found = all && all[i];
  const root = opened(id[i]);
  const bar = add(root, "div", undefined, "pager");
  if (back) addButton(bar, "Back to the sessions", back);
  add(bar, "a", "Open in the workbench").href = viewOfSession(id[i]);
  const config = ["b", "h", "m"].map((kind) => label(/** @type {any} */ (kind), DATA[kind][i])).join(" · ");
  add(root, "p", config + " · " + verdict(DATA.v[i]), "note");
  if (reason && reason[i]) add(root, "p", "The judge: " + reason[i]);
  if (!found) return void add(root, "p", "The page does not hold its texts.");
  const evidence = new Set(found.evidence);
  for (const { call, kind, name, text } of found.pieces) {
    const marked = evidence.has(call) && kind !== "system";
    const turn = add(root, "div", undefined, marked ? "turn evidence" : "turn");
    add(
      turn,
      "span",
      "call " + call + " · " + kind + (name ? " · " + name : "") + (marked ? " · the judge's evidence" : ""),
    );
    add(turn, "pre", text).tabIndex = -1;
  }
}
