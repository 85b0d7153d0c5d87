// @ts-check
/** Numbers as readers see them, and elements. @module */

/** @param {number} v @param {number} [digits] */
export function number(v, digits = 0) {
  return v.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** @param {number | null} v */
export function big(v) {
  if (v === null) return "n/a";
  for (const [unit, suffix] of /** @type {[number, string][]} */ ([[1e9, "B"], [1e6, "M"], [1e3, "k"]])) {
    if (v >= unit * 0.9995) return number(v / unit, v < unit * 9.95 ? 1 : 0) + suffix;
  }
  return number(v);
}

/** @param {number | null} v */
export function time(v) {
  if (v === null) return "n/a";
  if (v < 99.5) return number(v, v < 9.95 ? 1 : 0) + " s";
  return v < 5970 ? number(v / 60, 1) + " min" : number(v / 3600, 1) + " h";
}

/** @param {number | null} v */
export function money(v) {
  if (v === null) return "n/a";
  if (v > 0 && v < 0.01) return "$" + Number(v.toPrecision(2));
  return "$" + number(v, v >= 1000 ? 0 : 2);
}

/** @param {0 | 1 | null} v */
export function verdict(v) {
  return v === null ? "unknown" : v === 1 ? "solved" : "failed";
}

/** Wilson's 95% interval of k of n. @param {number} k @param {number} n */
export function wilson(k, n) {
  const z = 1.959963984540054, p = k / n, d = 1 + z * z / n;
  const middle = (p + z * z / (2 * n)) / d, half = z / d * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/**
 * An element with a text, which is never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {Element} parent @param {T} tag @param {string} [text] @param {string} [kind]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function add(parent, tag, text, kind) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (kind) node.className = kind;
  parent.append(node);
  return node;
}

/** @param {Element} parent @param {string} text @param {() => void} press */
export function addButton(parent, text, press) {
  const button = add(parent, "button", text);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}
