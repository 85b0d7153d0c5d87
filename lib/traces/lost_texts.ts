import type { Message } from "../model/mod.ts";
import { isRecord } from "./json_text.ts";

/** Keys whose values are names, places and proofs, and nothing that was said. */
const SILENT =
  /^(role|type|id|index|name|toolName|tool_name|finish_reason|stop_reason|state|status|signature|thoughtSignature|encrypted_content|encrypted|data|url|mime_?type|media_type|detail|.*(_|I)(id|d)|.*Id)$/;
/** Text that is the bytes of a file. */
const BLOB = /^(data:[\w/+.-]+;base64,|[A-Za-z0-9+/_-]{500,}={0,2}$)/;

const BLOBS = /data:(?:[\w.+-]+\/[\w.+-]+)?(?:;[\w=.+-]+)*;base64,[A-Za-z0-9+/_-]{64,}={0,2}/;

/**
 * Characters of the texts in a recorded message that none of the messages read from it has: 0 where reading lost nothing.
 * Bytes of files, ids and types are no texts.
 */
export function lostCharacters(recorded: unknown, read: readonly Message[]): number {
  const texts: string[] = [];
  for (const { role, content, reasoning, tool_calls } of read) {
    texts.push(content ?? "", role, reasoning ?? "");
    for (const call of tool_calls ?? []) texts.push(call.function.arguments, call.function.name);
  }
  return lostIn(recorded, (text) => {
    if (texts.includes(text) || texts.some((one) => one.includes(text))) return true;
    // Inside arguments and what is kept as JSON, a text is written with escapes; what is not well-formed was repaired.
    const escaped = JSON.stringify(text.toWellFormed()).slice(1, -1);
    return texts.some((one) => one.includes(escaped) || one.includes(text.toWellFormed()));
  });
}

/** Level by level, on a list of our own: a value may have more levels than the stack has room for. */
function lostIn(recorded: unknown, isThere: (text: string) => boolean): number {
  let lost = 0;
  for (const open = [recorded]; open.length;) {
    const value = open.pop();
    if (typeof value === "string") {
      if (value === "" || BLOB.test(value) || isThere(value)) continue;
      const around = value.split(BLOBS);
      const within = around.length > 1 ? around : inside(value);
      if (within === null) lost += value.length;
      else for (const one of within) open.push(one);
    } else if (Array.isArray(value)) { for (const one of value) open.push(one); }
    else if (isRecord(value)) {
      for (const key of Object.keys(value)) {
        const one = value[key];
        if (typeof one !== "string" || !isSilent(key)) open.push(one);
      }
    }
  }
  return lost;
}

const silentByKey = new Map<string, boolean>();

function isSilent(key: string): boolean {
  let silent = silentByKey.get(key);
  if (silent === undefined) {
    silent = SILENT.test(key);
    if (key.length < 100 && silentByKey.size < 10_000) silentByKey.set(key, silent);
  }
  return silent;
}

/** What a text of JSON holds, for it may have been unpacked; null of any other text. */
function inside(text: string): unknown[] | null {
  if (!/^\s*[[{"]/.test(text)) return null;
  try {
    return [JSON.parse(text)];
  } catch {
    return null;
  }
}
