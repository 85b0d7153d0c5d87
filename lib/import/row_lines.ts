import type { BraintrustRow } from "../braintrust/mod.ts";
import type { Message, Redacted } from "../model/mod.ts";
import type { ByteBlock } from "./byte_block.ts";

const encoder = new TextEncoder();
const COMMA = encoder.encode(",");

/**
 * Writes the rows of one session as JSON lines: the bytes of `JSON.stringify(row)` and a line break. A call's input repeats
 * the history, so the bytes of messages met before (the same objects) are copied instead of being made again.
 */
export function rowLines(): (row: Redacted<BraintrustRow>, block: ByteBlock) => void {
  const known = new Map<Message, Uint8Array>();
  let history = emptyHistory();
  const bytesOf = (message: Message) => {
    let bytes = known.get(message);
    if (!bytes) known.set(message, bytes = encoder.encode(JSON.stringify(message)));
    return bytes;
  };
  return (row, block) => {
    const { input, ...rest } = row;
    if (!Array.isArray(input)) return block.text(`${JSON.stringify(row)}\n`);
    // The fields before and after `input` are made apart; its place among them is that of the row's type.
    const { id, span_id, root_span_id, span_parents, is_root, ...after } = rest;
    block.text(`${JSON.stringify({ id, span_id, root_span_id, span_parents, is_root }).slice(0, -1)},"input":[`);
    history = extend(history, input, bytesOf);
    block.bytes(history.bytes.subarray(0, history.ends.at(-1) ?? 0));
    block.text(`],${JSON.stringify(after).slice(1)}\n`);
  };
}

/** The bytes of the input written last, with commas between, and where each message ends. */
interface History {
  messages: readonly Message[];
  bytes: Uint8Array;
  ends: number[];
}

const emptyHistory = (): History => ({ messages: [], bytes: new Uint8Array(1 << 16), ends: [] });

function extend(history: History, messages: readonly Message[], bytesOf: (message: Message) => Uint8Array): History {
  let same = 0;
  while (same < messages.length && same < history.messages.length && messages[same] === history.messages[same]) same++;
  const ends = history.ends.slice(0, same);
  let { bytes } = history;
  let end = ends.at(-1) ?? 0;
  for (const message of messages.slice(same)) {
    const next = bytesOf(message);
    const needed = end + next.length + 1;
    if (needed > bytes.length) {
      const larger = new Uint8Array(Math.max(needed, bytes.length * 2));
      larger.set(bytes.subarray(0, end));
      bytes = larger;
    }
    if (ends.length) {
      bytes.set(COMMA, end);
      end++;
    }
    bytes.set(next, end);
    ends.push(end += next.length);
  }
  return { messages, bytes, ends };
}
