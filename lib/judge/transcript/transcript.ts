import { messagesText, type TraceRow } from "../../model/mod.ts";
import { conversationOf } from "../../traces/mod.ts";
import { callRoles, type RoleOf } from "../roles/call_rules.ts";
import type { CallRole, RoleGuess } from "../roles/roles.ts";
import { type Item, type ItemKind, itemOf, itemReader } from "./items.ts";
import { ownCalls, type OwnedCall, threadOf } from "../roles/own_calls.ts";
import { prefixRetention } from "./prefix_retention.ts";
import type { Thread } from "./thread.ts";

/** An item in its place. */
export interface TranscriptItem extends Item {
  /** The call that brought it, from 1. */
  call: number;
  /** The conversation it belongs to, from 1: sub-agents have conversations of their own. */
  thread: number;
  /** Characters left out because they were shown before in this conversation. */
  repeated: number;
  /** Whether it is the task. */
  task: boolean;
}

/** Calls of one role, and why they were taken to be so. */
export interface RoleCount {
  /** Whose calls they are. */
  role: CallRole;
  /** The signs it was told from. */
  why: string;
  /** How many. */
  calls: number;
  /** Least and greatest probability among them. */
  probability: [least: number, most: number];
}

/** A session's whole conversation, without repetition, in the order in which it came about. */
export interface Transcript {
  /** Texts, tool calls and results, each once. */
  items: TranscriptItem[];
  /** Null when nothing was recorded that could be the task. */
  task: string | null;
  /** Calls of the session, whoever made them. */
  calls: number;
  /** One row a role and reason. */
  roles: RoleCount[];
  /** Calls that may be of another role, which is not sure enough: they stay the agent's. */
  uncertain: RoleCount[];
  /**
   * `agent`: the agent's own calls. `customer`: the trace has none of them, only a simulated customer's, and what the
   * agent said is read from there; its tool calls are then not in the trace.
   */
  view: "agent" | "customer";
  /** Mean share of an input that the next one begins with; null with fewer than two inputs. */
  retention: number | null;
  /** Faults met in reading messages (see `Malformed`); their text is kept. */
  malformed: number;
  /** Calls whose texts were not recorded. */
  unrecorded: number;
}

/**
 * From recorded calls to the conversation a reader would follow. Each call's input repeats the history: only its new part
 * is taken, also when the harness rebuilds its context each time. Calls of a simulated customer, a grader or the harness
 * itself are left out and counted in `roles`.
 *
 * @param roleOf how calls are told apart; the built-in rules when not given
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { transcriptOf, exampleSession } from "agent-trace-lab/judge";
 * equal(transcriptOf(exampleSession()).calls, 5);
 * ```
 */
export function transcriptOf(row: TraceRow, roleOf: RoleOf = callRoles()): Transcript {
  const calls = conversationOf(row);
  const owned = ownCalls(row, calls, roleOf, itemReader());
  const view = viewOf(owned);
  const read = owned.filter((call) => view.roles.includes(call.role));
  const faults = new Map(
    calls.flatMap(({ span: { status } }, i) => status.code === 2 ? [[i + 1, status.message]] : []),
  );
  const items = timeline(read, faults, view.name === "customer");
  const task = items.find((item) => item.kind === (view.name === "customer" ? "system" : "user"));
  if (task) task.task = true;
  return {
    items,
    task: task?.text ?? null,
    calls: calls.length,
    roles: roleCounts(owned),
    uncertain: roleCounts(owned.flatMap(({ maybe }) => maybe ? [maybe] : [])),
    view: view.name,
    retention: prefixRetention(read.map(({ number }) => messagesText(calls[number - 1]!.span.inputMessages))),
    malformed: calls.reduce((n, call) => n + call.malformed.length, 0),
    unrecorded: calls.filter((call) => !call.inputRecorded && !call.outputRecorded).length,
  };
}

function viewOf(owned: readonly OwnedCall[]): { name: Transcript["view"]; roles: CallRole[] } {
  const has = (role: CallRole) => owned.some((call) => call.role === role);
  if (has("agent")) return { name: "agent", roles: ["agent"] };
  if (has("customer")) return { name: "customer", roles: ["customer"] };
  return { name: "agent", roles: ["agent", "grader", "harness"] };
}

function timeline(
  calls: readonly OwnedCall[],
  faults: ReadonlyMap<number, string>,
  flipped: boolean,
): TranscriptItem[] {
  const threads: Thread[] = [];
  return calls.flatMap(({ number, input, output }) => {
    const fault = faults.get(number);
    const failed = fault === undefined ? [] : [itemOf("fault", null, fault || "no reason was recorded", true)];
    const at = threadOf(threads, input);
    const thread = threads[at]!;
    const fresh = [...thread.takeInput(input), ...thread.takeOutput([...output, ...failed])];
    return fresh.map((item): TranscriptItem => ({
      ...item,
      kind: flipped ? FLIPPED[item.kind] : item.kind,
      call: number,
      thread: at + 1,
      task: false,
    }));
  });
}

/** Seen from the customer's side, what it answers is the user's and what it is sent is the agent's. */
const FLIPPED: Record<ItemKind, ItemKind> = {
  system: "system",
  user: "assistant",
  assistant: "user",
  call: "call",
  result: "result",
  fault: "fault",
};

function roleCounts(guesses: readonly RoleGuess[]): RoleCount[] {
  const counts = new Map<string, RoleCount>();
  for (const { role, why, probability: p } of guesses) {
    const { calls, probability: [least, most] } = counts.get(`${role} ${why}`) ?? { calls: 0, probability: [p, p] };
    counts.set(`${role} ${why}`, { role, why, calls: calls + 1, probability: [Math.min(least, p), Math.max(most, p)] });
  }
  return [...counts.values()];
}
