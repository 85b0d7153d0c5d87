// @ts-check
/** The sessions of the page, by column, and which of them a filter leaves. @module */

/**
 * @typedef {"b" | "h" | "m"} Kind
 * @typedef {{ b: number, h: number, m: number, v: "" | "1" | "0" | "null" }} Filter
 */

/** @param {string} id */
export function block(id) {
  const found = document.getElementById(id);
  return found === null ? null : found.textContent;
}

/** What the page was given; see `PackedRows`. */
export const DATA = JSON.parse(block("rows") || "null");

/** @type {readonly (readonly [Kind, "benchmark" | "harness" | "model"])[]} */
export const KINDS = [["b", "benchmark"], ["h", "harness"], ["m", "model"]];

/** @type {Filter} */
export const ALL = { b: -1, h: -1, m: -1, v: "" };

/** @param {Kind} kind @param {number} at */
export function label(kind, at) {
  const names = DATA.names[kind === "b" ? "benchmark" : kind === "h" ? "harness" : "model"];
  return names[at] ? names[at][1] : "";
}

/** Places of the sessions that a filter leaves. @param {Filter} filter @returns {number[]} */
export function matching(filter) {
  const found = [];
  for (let i = 0; i < DATA.v.length; i++) {
    if (filter.b >= 0 && DATA.b[i] !== filter.b) continue;
    if (filter.h >= 0 && DATA.h[i] !== filter.h) continue;
    if (filter.m >= 0 && DATA.m[i] !== filter.m) continue;
    if (filter.v !== "" && String(DATA.v[i]) !== filter.v) continue;
    found.push(i);
  }
  return found;
}

/** @param {Filter} filter */
export function isAll(filter) {
  return filter.b < 0 && filter.h < 0 && filter.m < 0 && filter.v === "";
}

/** What a filter leaves, in words. @param {Filter} filter */
export function filterWords(filter) {
  const names = KINDS.filter(([kind]) => filter[kind] >= 0).map(([kind]) => label(kind, filter[kind]));
  const verdict = filter.v === "1" ? "solved" : filter.v === "0" ? "failed" : filter.v === "null" ? "no verdict" : "";
  return names.concat(verdict ? [verdict] : []).join(" · ") || "all sessions";
}

/** Where the workbench shows what a filter leaves. @param {Filter} filter */
export function viewOfFilter(filter) {
  const search = new URLSearchParams();
  for (const [kind, column] of KINDS) if (filter[kind] >= 0) search.append(column, DATA.names[column][filter[kind]][0]);
  if (filter.v !== "") search.append("verdict", filter.v === "null" ? "" : filter.v);
  return DATA.view + "/#/?" + search;
}

/** Where the workbench shows a session. @param {string} id */
export function viewOfSession(id) {
  return DATA.view + "/#/session/" + encodeURIComponent(id.toWellFormed());
}

/** Reads a block that is deflated JSON in base64. @param {string} id */
export async function inflated(id) {
  const text = block(id);
  if (!text || typeof DecompressionStream === "undefined") return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

/** @type {Promise<any> | null} */
let details = null;

/** What the table says of sessions, by column, once it is asked for; see `PackedDetails`. */
export function detailsOf() {
  return details ??= inflated("details");
}
