import { modelFamily, type TraceRow } from "../../model/mod.ts";
import type { Call } from "../../traces/mod.ts";
import type { RoleOf } from "./call_rules.ts";
import { type AskedCall, exchangesOf, systemOf } from "./exchanges.ts";
import { type CallRole, type RoleGuess, SURE } from "./roles.ts";
import type { Item, ItemReader } from "../transcript/items.ts";
import { Thread } from "../transcript/thread.ts";

/** One call with its items, and whose it is. */
export interface OwnedCall {
  /** Position among the session's calls by start time, from 1. */
  number: number;
  input: readonly Item[];
  output: readonly Item[];
  role: CallRole;
  /** How likely that is. */
  probability: number;
  why: string;
  /** Another role that is likely too, but not enough: the call stays the agent's. Null where none is. */
  maybe: RoleGuess | null;
}

/** Least share of a call's input that another conversation must have shown for the call to belong to it. */
const SAME_THREAD = 0.3;
/** How sure it is that a call without tools, apart from the agent's conversation, is not the agent's. */
const APART = 0.9;
/** From this probability on a role that is not taken is said. */
const WORTH_SAYING = 0.3;

/**
 * Says of each call whose it is: by its texts, its tools and who answers whom (see `guessRole`), and where that gives nothing,
 * by whether it stands apart: a call without tools, or of another model family than the session's, whose input has nothing of
 * the agent's conversation, is the harness's own when most other calls have tools or the model is another one. Where a role is
 * likely but not sure, the call stays the agent's.
 */
export function ownCalls(row: TraceRow, calls: readonly Call[], roleOf: RoleOf, read: ItemReader): OwnedCall[] {
  const asked = calls.map(({ span, input: sent, output: answered }): AskedCall => ({
    input: read(sent, "user"),
    output: read(answered, "assistant"),
    tools: span.toolDefinitions !== null && span.toolDefinitions.trim() !== "[]",
  }));
  const mostHaveTools = asked.filter(({ tools }) => tools).length > calls.length / 2;
  const family = modelFamily(row.models[0] ?? "");
  const exchanges = exchangesOf(asked);
  const agent = new Thread();
  return calls.map(({ span }, i) => {
    const { input, output, tools } = asked[i]!;
    const model = span.requestModel ?? span.responseModel ?? row.models[0] ?? "";
    const owned = (role: CallRole, probability: number, why: string, maybe: RoleGuess | null = null): OwnedCall => {
      if (role === "agent") {
        agent.takeInput(input);
        agent.takeOutput(output);
      }
      return { number: i + 1, input, output, role, probability, why, maybe };
    };
    const guess = roleOf({ system: systemOf(input), user: instruction(input), model, tools, ...exchanges[i]! });
    if (guess.probability >= SURE && guess.role !== "agent" || guess.probability === 1) {
      return owned(guess.role, guess.probability, guess.why);
    }
    const other = family !== "" && modelFamily(model) !== family;
    const apart = !tools && (mostHaveTools || other) && input.length > 0 && agent.overlap(input) < SAME_THREAD;
    if (apart) {
      return owned(
        "harness",
        APART,
        other ? "another model, apart from the agent's conversation" : "no tools, apart from the agent's conversation",
      );
    }
    const maybe = guess.role !== "agent" && guess.probability >= WORTH_SAYING ? guess : null;
    if (maybe === null) {
      return owned("agent", guess.role === "agent" ? guess.probability : 1 - guess.probability, NOTHING);
    }
    return owned("agent", 1 - maybe.probability, `it may be a ${maybe.role}'s, but that is not sure`, maybe);
  });
}

const NOTHING = "nothing says otherwise";

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
