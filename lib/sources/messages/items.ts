import { isObject, type Json } from "../dialects/json.ts";

const CALLS = new Set<unknown>(["function_call", "custom_tool_call"]);
const RESULTS = new Set<unknown>(["function_call_output", "custom_tool_call_output"]);

/** A message put together from the items of one answer, with what else its items say, such as tokens and times. */
interface Answer extends Json {
  role: "assistant";
  content: unknown[];
  tool_calls: Json[];
}

/**
 * A list of messages in which items of OpenAI's Responses have become such: what a model thought, said and called tools for
 * in one answer is one message, for these items follow each other; outputs of calls are results. Any other list is as it
 * was.
 */
export function withAnswersWhole(list: readonly unknown[]): readonly unknown[] {
  if (
    !list.some((one) => isObject(one) && one["role"] === undefined && (isOfAnswer(one) || RESULTS.has(one["type"])))
  ) {
    return list;
  }
  const messages: unknown[] = [];
  let answer: Answer | null = null;
  for (const one of list) {
    if (!isObject(one) || !isOfAnswer(one)) {
      answer = null;
      messages.push(isObject(one) && RESULTS.has(one["type"]) ? resultOf(one) : one);
      continue;
    }
    if (answer === null) messages.push(answer = { role: "assistant", content: [], tool_calls: [] });
    const { type, content, id: _, status: __, ...rest } = one;
    if (CALLS.has(type)) answer.tool_calls.push(callOf(one));
    else if (type === "reasoning") answer.content.push(one);
    else {
      for (const part of [content].flat()) answer.content.push(typeof part === "string" ? textOf(part) : part);
      Object.assign(answer, rest);
    }
  }
  return messages;
}

/** Whether an item is a part of a model's answer: a thought, a call, or what was said. */
const isOfAnswer = ({ type, role }: Json) =>
  role === undefined ? CALLS.has(type) || type === "reasoning" : type === "message" && role === "assistant";

const textOf = (text: string) => ({ type: "text", text });

const callOf = ({ call_id, id, name, arguments: args, input }: Json): Json => ({
  id: call_id ?? id ?? "",
  name,
  arguments: args ?? input ?? "",
});

const resultOf = ({ call_id, output }: Json): Json => ({ role: "tool", tool_call_id: call_id ?? "", content: output });
