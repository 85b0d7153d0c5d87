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

function lostIn(value: unknown, isThere: (text: string) => boolean): number {
  if (typeof value === "string") {
    if (value === "" || BLOB.test(value) || isThere(value)) return 0;
    const around = value.split(BLOBS);
    return around.length > 1 ? around.reduce((sum, one) => sum + lostIn(one, isThere), 0) : inside(value, isThere);
  }
  let lost = 0;
  if (Array.isArray(value)) { for (const one of value) lost += lostIn(one, isThere); }
  else if (isRecord(value)) {
    for (const key of Object.keys(value)) {
      const one = value[key];
      if (typeof one !== "string" || !isSilent(key)) lost += lostIn(one, isThere);
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

/** A text of JSON may have been unpacked. */
function inside(text: string, isThere: (text: string) => boolean): number {
  if (!/^\s*[[{"]/.test(text)) return text.length;
  try {
    return lostIn(JSON.parse(text), isThere);
  } catch {
    return text.length;
  }
}
