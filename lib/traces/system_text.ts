import type { TraceRow } from "../model/mod.ts";
import { type Call, conversationOf } from "./conversation.ts";

/**
 * What the program around the model told it before anything else: the first system (or developer) text of the earliest
 * call that has one.
 *
 * @returns null when no call has a system text (texts not recorded, say).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { systemTextOf } from "agent-trace-lab/traces";
 * equal(systemTextOf(exampleSession())?.slice(0, 17), "You act for Robin");
 * ```
 */
export function systemTextOf(row: TraceRow, calls: readonly Call[] = conversationOf(row)): string | null {
  for (const { input } of calls) {
    const found = input.find(({ role, content }) =>
      (role === "system" || role === "developer") && content !== null && content.trim() !== ""
    );
    if (found) return found.content;
  }
  return null;
}

const WAYS = [
  "play(ing)?( the (role|part) of)?",
  "act(ing)? (as|like)",
  "behav(e|ing) (as|like)",
  "pretend(ing)? to be",
  "simulat(e|ing)",
  "impersonat(e|ing)",
  "role-?play(ing)?( as)?",
];
const PLAYS = new RegExp(
  `\\b(${WAYS.join("|")}) (a|an|the|this) ([\\w-]+ ){0,2}(customer|user)\\b(?! service| support)`,
  "i",
);
const IS = /\byou are (a|an|the) (simulated )?(customer|user)\b(?! service| support)/i;

/**
 * Whether a system text tells the model to play the customer, as the simulated users of a benchmark of conversations are
 * told: then the session's calls are the benchmark's, not an agent's. A hint by wording, to be read beside the text.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { playsCustomer } from "agent-trace-lab/traces";
 * equal(playsCustomer("You are a customer. Stay in character."), true);
 * ```
 */
export function playsCustomer(systemText: string): boolean {
  return PLAYS.test(systemText) || IS.test(systemText);
}
