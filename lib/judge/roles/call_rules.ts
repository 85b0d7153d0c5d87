import { z } from "zod";
import { checkRow, RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { CALL_ROLES, type CallRole, type CallSigns, guessRole, type RoleGuess } from "./roles.ts";

/** A user's own rule: tells the role of a call from what it was sent, and comes before all that we tell it from. */
export interface CallRule {
  /** What such a call is. */
  role: CallRole;
  /** The system text, the last user message (all, where nothing was answered yet), either, or the model string. */
  where: "system" | "user" | "any" | "model";
  /** A regular expression, without regard to case. */
  pattern: string;
  /** When given, only calls that were (true) or were not (false) offered tools. */
  tools?: boolean | undefined;
  /** Said in the report. */
  why: string;
}

/** Checks a list of {@link CallRule}s. */
export const callRulesSchema: z.ZodType<CallRule[]> = z.array(z.strictObject({
  role: z.enum(CALL_ROLES),
  where: z.enum(["system", "user", "any", "model"]),
  pattern: z.string().min(1).refine(isPattern, "expected a regular expression"),
  tools: z.boolean().optional(),
  why: z.string().min(1),
}));

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, "iu");
    return true;
  } catch {
    return false;
  }
}

/** The role of a call, how likely, and why. */
export type RoleOf = (call: CallSigns) => RoleGuess;

/** How much of a text rules read, from each end: instructions stand there, and patterns stay quick on a long one. */
const READ_CHARS = 6_000;

/**
 * Tells roles: by the first of one's own rules that holds, for sure; where none does, by {@link guessRole}.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { callRoles, exampleSession, transcriptOf } from "agent-trace-lab/judge";
 * equal(transcriptOf(exampleSession(), callRoles()).roles[0]?.role, "agent");
 * ```
 */
export function callRoles(own: readonly CallRule[] = []): RoleOf {
  const rules = own.map((rule) => ({ ...rule, pattern: new RegExp(rule.pattern, "iu") }));
  return (call) => {
    const [system, user] = [ends(call.system), ends(call.user)];
    const holds = ({ where, pattern, tools }: typeof rules[number]) =>
      (tools === undefined || tools === call.tools) &&
      (where === "model"
        ? pattern.test(call.model)
        : where !== "user" && pattern.test(system) || where !== "system" && pattern.test(user));
    const rule = rules.find(holds);
    return rule ? { role: rule.role, probability: 1, why: rule.why } : guessRole(call);
  };
}

function ends(text: string): string {
  return text.length <= 2 * READ_CHARS ? text : `${text.slice(0, READ_CHARS)}\n${text.slice(-READ_CHARS)}`;
}

/**
 * Reads a user's own rules from the text of a JSON file.
 *
 * @throws {RowError} naming the file and the field at fault.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseCallRules } from "agent-trace-lab/judge";
 * const text = '[{ "role": "grader", "where": "system", "pattern": "you grade", "why": "our grader" }]';
 * equal(parseCallRules(text, "roles.json")[0]?.role, "grader");
 * ```
 */
export function parseCallRules(json: string, source: string): CallRule[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RowError(source, null, "", `not JSON (${jsonFault(error)}); rules are a JSON list of objects`);
  }
  return checkRow(callRulesSchema, value, source, null);
}
