import { modelFamily, type TraceRow } from "../../model/mod.ts";
import type { Call } from "../../traces/mod.ts";
import type { CallRole, RoleOf } from "./call_rules.ts";
import type { Item, ItemReader } from "../transcript/items.ts";
import { Thread } from "../transcript/thread.ts";

/** One call with its items, whose it is, and which conversation it belongs to. */
export interface OwnedCall {
  /** Position among the session's calls by start time, from 1. */
  number: number;
  input: Item[];
  output: Item[];
  role: CallRole;
  why: string;
}

/** Least share of a call's input that another conversation must have shown for the call to belong to it. */
const SAME_THREAD = 0.3;

/**
 * Says of each call whose it is: by the rules (system text, last user message, model), and where none holds, by whether
 * it stands apart: a call without tools, or of another model family than the session's, whose input has nothing of the
 * agent's conversation, is the harness's own when most other calls have tools or the model is another one.
 */
export function ownCalls(row: TraceRow, calls: readonly Call[], roleOf: RoleOf, read: ItemReader): OwnedCall[] {
  const offered = calls.map(({ span }) => span.toolDefinitions !== null && span.toolDefinitions.trim() !== "[]");
  const mostHaveTools = offered.filter(Boolean).length > calls.length / 2;
  const family = modelFamily(row.models[0] ?? "");
  const agent = new Thread();
  return calls.map(({ span, input: sent, output: answered }, i) => {
    const input = read(sent, "user");
    const output = read(answered, "assistant");
    const tools = offered[i]!;
    const model = span.requestModel ?? span.responseModel ?? row.models[0] ?? "";
    const owned = (role: CallRole, why: string): OwnedCall => {
      if (role === "agent") {
        agent.takeInput(input);
        agent.takeOutput(output);
      }
      return { number: i + 1, input, output, role, why };
    };
    const ruled = roleOf({
      system: input.filter((item) => item.kind === "system").map((item) => item.text).join("\n"),
      user: instruction(input),
      model,
      tools,
    });
    if (ruled) return owned(ruled.role, ruled.why);
    const other = family !== "" && modelFamily(model) !== family;
    const apart = !tools && (mostHaveTools || other) && input.length > 0 && agent.overlap(input) < SAME_THREAD;
    if (!apart) return owned("agent", "nothing says otherwise");
    return owned(
      "harness",
      other ? "another model, apart from the agent's conversation" : "no tools, apart from the agent's conversation",
    );
  });
}

/** What a call is asked to do: the last user message, or all of them where nothing was answered yet. */
function instruction(input: readonly Item[]): string {
  const users = input.filter((item) => item.kind === "user").map((item) => item.text);
  const fresh = input.every((item) => item.kind === "user" || item.kind === "system");
  return fresh ? users.join("\n") : users.at(-1) ?? "";
}

/**
 * The conversation a call continues: the one that has shown most of its input, when that is at least 30%; else a new one,
 * which is appended to `threads`.
 */
export function threadOf(threads: Thread[], input: readonly Item[]): number {
  let [best, share] = [-1, SAME_THREAD];
  threads.forEach((thread, i) => {
    const overlap = thread.overlap(input);
    if (overlap >= share) [best, share] = [i, overlap];
  });
  if (best >= 0) return best;
  return threads.push(new Thread()) - 1;
}
