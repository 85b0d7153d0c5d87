import { repeatTeller } from "../readers/objects.ts";
import { RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { quoted } from "../../traces/json_text.ts";
import { isObject, type Json } from "../dialects/json.ts";
import { valuesAt } from "../detect/paths.ts";
import { fileIds } from "../readers/file_ids.ts";
import { placedParts } from "../readers/placed.ts";
import type { FormatReader, LocalFile } from "../readers/reading.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileValues } from "../readers/values.ts";
import type { MessageLayout, MessagePlaces } from "./layout.ts";
import { first, type Found } from "./places.ts";
import { sessionMaker } from "./rows.ts";

/** Sessions of files whose records a layout describes, in order. */
export async function* messageRows(files: readonly LocalFile[], layout: MessageLayout): AsyncGenerator<PartsAt> {
  const make = sessionMaker(layout);
  const ids = fileIds(files.map(({ path }) => path));
  for (const { path, format, onBroken } of files) {
    let row = 0;
    for await (const line of fileValues({ path, format, onBroken })) {
      if ("fault" in line) {
        yield { source: path, row: line.line, fault: new RowError(path, line.line, "", line.fault).message };
        continue;
      }
      for (const found of recordsOf(line.value, layout, path)) {
        const id = ids.get(path)!;
        yield rowOf({ ...found, fileId: row === 0 ? id : `${id}#${row}` }, row++, make);
      }
    }
  }
}

/** The records of a document, each with what is around it. */
export function recordsOf(document: unknown, { records }: MessageLayout, path: string): Omit<Found, "fileId">[] {
  if (records === undefined) return [{ record: document, document, path }];
  const list = valuesAt(document, records, 1)[0];
  return Array.isArray(list) ? list.map((record) => ({ record, document, path })) : [];
}

function rowOf(found: Found, row: number, make: ReturnType<typeof sessionMaker>): PartsAt {
  const source = found.path;
  if (typeof found.record !== "object" || found.record === null) {
    const detail = `expected an object with one conversation, found ${quoted(found.record).slice(0, 60)}`;
    return { source, row, fault: new RowError(source, row, "", detail).message };
  }
  try {
    return { source, row, parts: placedParts(make(found)) };
  } catch (error) {
    return { source, row, fault: new RowError(source, row, "", jsonFault(error)).message };
  }
}

/** Names of a column that says which conversation a message is of. */
const CONVERSATIONS = ["session_id", "conversation_id", "sessionId", "conversationId", "thread_id", "chat_id"];

/**
 * A reader of files that hold a message a line or an element: of one conversation, or of several where each message names
 * its own, in whichever order.
 *
 * @param more what else is known of the layout
 * @param header a key that only a line about the conversation has
 */
export function conversationReader(
  message: MessagePlaces,
  more: Partial<MessageLayout> = {},
  header?: string,
): FormatReader {
  const layout: MessageLayout = {
    session: { sessionId: ["id", { file: "name" }], models: ["model"] },
    messages: ["messages"],
    ...more,
    message: { ...message, silent: [...message.silent ?? [], ...CONVERSATIONS] },
  };
  return (files) => conversationFiles(files, layout, header);
}

async function* conversationFiles(
  files: readonly LocalFile[],
  layout: MessageLayout,
  header?: string,
): AsyncGenerator<PartsAt> {
  const make = sessionMaker(layout);
  const ids = fileIds(files.map(({ path }) => path));
  for (const file of files) {
    const { path } = file;
    const conversations = new Map<string | null, unknown[]>();
    // The id of a line may be that of its conversation.
    const isRepeat = repeatTeller();
    let about: Json = {};
    for await (const line of fileValues(file)) {
      if ("value" in line) {
        if (isObject(line.value) && isRepeat(line.value)) {
          file.onRepeat?.();
          continue;
        }
        if (header !== undefined && isObject(line.value) && header in line.value) {
          about = line.value;
          continue;
        }
        const name = first(line.value, CONVERSATIONS);
        const id = name === null ? null : String(name);
        const messages = conversations.get(id);
        if (messages) messages.push(unwrapped(line.value));
        else conversations.set(id, [unwrapped(line.value)]);
      } else yield { source: path, row: line.line, fault: new RowError(path, line.line, "", line.fault).message };
    }
    let row = 0;
    for (const [id, messages] of conversations) {
      const record = { ...about, ...(id === null ? {} : { id }), messages };
      yield rowOf({ record, document: record, path, fileId: ids.get(path)! }, row++, make);
    }
  }
}

/** A message, of which some keep what was said one level below who said it. */
function unwrapped(value: unknown): unknown {
  if (!isObject(value) || !isObject(value["message"]) || "content" in value) return value;
  const { message, ...rest } = value;
  return { ...rest, ...message as Json };
}
