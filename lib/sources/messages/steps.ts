import { isObject, type Json } from "../dialects/json.ts";
import { toldOnce } from "../../traces/parts/invocation.ts";

/**
 * The steps of a UI message of the Vercel AI SDK, which keeps the calls of a whole turn in one message: a message for each
 * of them that says something. What stands beside the parts is said with the last. Any other message is as it was.
 */
export function stepsOf(message: unknown): unknown[] {
  if (!isObject(message) || !Array.isArray(message["parts"])) return [message];
  const steps: unknown[][] = [[]];
  for (const part of message["parts"]) {
    if (!isStart(part)) steps.at(-1)!.push(part);
    else if (steps.at(-1)!.length) steps.push([]);
  }
  if (!steps.at(-1)!.length) steps.pop();
  if (steps.length < 2) return [message];
  const whole = toldOnce(message);
  const before = Object.fromEntries(SHARED.flatMap((key) => key in whole ? [[key, whole[key]]] : []));
  return steps.map((parts, at): Json => ({ ...(at === steps.length - 1 ? whole : before), parts }));
}

const isStart = (part: unknown) => isObject(part) && part["type"] === "step-start";
/** What each step has of its message. */
const SHARED = ["role", "createdAt", "model"];
