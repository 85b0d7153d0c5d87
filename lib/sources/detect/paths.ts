import { parseRecorded } from "../../traces/mod.ts";

/**
 * The values at a path of a JSON value. Steps are joined by dots: a key (which may hold dots itself), `[]` for each
 * element of a list, `*` for each value of an object, `{}` for the value of a JSON text. Of many the first tell what it is.
 *
 * `messages.[].role` of `{ messages: [{ role: "user" }] }` is `["user"]`.
 *
 * @param most how many elements of a list are looked at.
 */
export function valuesAt(value: unknown, path: string, most = 8): unknown[] {
  if (path === "") return [value];
  const dot = path.indexOf(".");
  const [step, rest] = dot < 0 ? [path, ""] : [path.slice(0, dot), path.slice(dot + 1)];
  if (step === "[]") {
    return Array.isArray(value) ? value.slice(0, most).flatMap((one) => valuesAt(one, rest, most)) : [];
  }
  if (step === "{}") return typeof value === "string" ? ofText(value).flatMap((one) => valuesAt(one, rest, most)) : [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const record = value as Record<string, unknown>;
  if (step === "*") return Object.values(record).slice(0, most).flatMap((one) => valuesAt(one, rest, most));
  for (let end = dot;; end = path.indexOf(".", end + 1)) {
    const key = end < 0 ? path : path.slice(0, end);
    if (Object.hasOwn(record, key)) {
      const found = valuesAt(record[key], end < 0 ? "" : path.slice(end + 1), most);
      if (found.length) return found;
    }
    if (end < 0) return [];
  }
}

function ofText(text: string): unknown[] {
  if (!/^\s*[[{"]/.test(text)) return [];
  try {
    return [parseRecorded(text)];
  } catch {
    return [];
  }
}
