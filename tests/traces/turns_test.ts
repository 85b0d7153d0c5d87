import { deepEqual } from "node:assert/strict";
import type { Message, Span } from "../../lib/model/mod.ts";
import { type Call, turnsOf } from "../../lib/traces/mod.ts";

const user = (content: string): Message => ({ role: "user", content });
const assistant = (content: string): Message => ({ role: "assistant", content });
const call = (input: Message[], kept: number, output: Message[]): Call => ({
  span: {} as Span,
  input,
  kept,
  output,
  inputRecorded: true,
  outputRecorded: true,
  malformed: [],
});

Deno.test("turnsOf tells each message once, under the call that brought it", () => {
  const [hello, hi, more, done] = [user("hello"), assistant("hi"), user("more"), assistant("done")];
  const calls = [call([hello], 0, [hi]), call([hello, { ...hi }, more], 1, [done])];
  deepEqual(turnsOf(calls), [
    { call: 1, message: hello },
    { call: 1, message: hi },
    { call: 2, message: more },
    { call: 2, message: done },
  ]);
});

Deno.test("turnsOf keeps an answer that is repeated much later as news, for it may be one", () => {
  const hi = assistant("hi");
  const calls = [call([user("a")], 0, [hi]), call([user("b")], 0, [assistant("c")]), call([{ ...hi }], 0, [])];
  deepEqual(turnsOf(calls).filter(({ message }) => message.content === "hi").map((t) => t.call), [1, 3]);
});

Deno.test("turnsOf of no calls is empty", () => deepEqual(turnsOf([]), []));
