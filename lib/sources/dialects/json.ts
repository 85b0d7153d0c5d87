/** Values that recorders write as JSON text, as attributes with dotted names, or as they are. @module */

import { parseRecorded } from "../../traces/mod.ts";
import { pythonLiteral } from "./python_literal.ts";

/** A JSON object. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object (not null, not a list). */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a JSON text that holds an object, a list or a text, long integers with all their digits; anything else as it is. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{"]/.test(value)) return value;
  try {
    return parseRecorded(value);
  } catch {
    return value;
  }
}

/**
 * The value under a name, wherever its parts are: the attribute itself, or attributes whose names go on after a dot
 * (`llm.input_messages.0.message.role`), numbers being places in a list. Undefined where there is none.
 */
export function nested(attributes: Json, name: string): unknown {
  if (attributes[name] !== undefined && attributes[name] !== null) {
    const own = unpacked(attributes[name]);
    return unfolded(typeof own === "string" && own.startsWith("[") ? pythonLiteral(own) ?? own : own);
  }
  const prefix = `${name}.`;
  let root: unknown;
  for (const key in attributes) {
    const value = attributes[key];
    if (key.startsWith(prefix) && value !== undefined) root = placed(root, key.slice(prefix.length).split("."), value);
  }
  return root === undefined ? undefined : dense(root);
}

/** A value whose objects may have dotted keys (`message.role`, as data frames have them), with these taken apart. */
function unfolded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unfolded);
  if (!isObject(value) || !Object.keys(value).some((key) => key.includes("."))) return value;
  let root: unknown;
  for (const [key, one] of Object.entries(value)) root = placed(root, key.split("."), unfolded(one));
  return dense(root);
}

function placed(node: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === undefined) return value;
  const key = /^\d+$/.test(step) && Number(step) < 100_000 ? Number(step) : step;
  if (typeof key === "number" && (node === undefined || Array.isArray(node))) {
    const list = (node ?? []) as unknown[];
    list[key] = placed(list[key], rest, value);
    return list;
  }
  const object = isObject(node) ? node : {};
  object[step] = placed(Object.hasOwn(object, step) ? object[step] : undefined, rest, value);
  return object;
}

/** Lists without the places that nothing was put in. */
function dense(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== undefined).map(dense);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, dense(one)])) : value;
}
