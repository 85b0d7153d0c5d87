import { z } from "zod";
import { checkRow, RowError } from "../../model/mod.ts";
import builtIn from "./call_rules.json" with { type: "json" };

/**
 * Whose model call it is: the agent's, the simulated customer's that talks to it, a grader's, or a question that the
 * harness asks for itself (which tools to offer, a title, a command's prefix).
 */
export const CALL_ROLES = ["agent", "customer", "grader", "harness"] as const;

/** One of {@link CALL_ROLES}. */
export type CallRole = typeof CALL_ROLES[number];

/** Tells the role of a call from what it was sent. Data: a user's own rules come before the built-in ones. */
export interface CallRule {
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

/** What rules look at. */
export interface CallSigns {
  system: string;
  /** The last user message; all of them where nothing was answered yet. */
  user: string;
  model: string;
  tools: boolean;
}

/** The role of a call and why, or null where no rule holds. */
export type RoleOf = (call: CallSigns) => { role: CallRole; why: string } | null;

/** How much of a text rules read, from each end: instructions stand there, and patterns stay quick on a long one. */
const READ_CHARS = 6_000;

/** Compiles rules; the first that holds decides, those given before the built-in ones. */
export function callRoles(own: readonly CallRule[] = []): RoleOf {
  const rules = [...own, ...callRulesSchema.parse(builtIn)]
    .map((rule) => ({ ...rule, pattern: new RegExp(rule.pattern, "iu") }));
  return (call) => {
    const [system, user] = [ends(call.system), ends(call.user)];
    const holds = ({ where, pattern, tools }: typeof rules[number]) =>
      (tools === undefined || tools === call.tools) &&
      (where === "model"
        ? pattern.test(call.model)
        : where !== "user" && pattern.test(system) || where !== "system" && pattern.test(user));
    const rule = rules.find(holds);
    return rule ? { role: rule.role, why: rule.why } : null;
  };
}

function ends(text: string): string {
  return text.length <= 2 * READ_CHARS ? text : `${text.slice(0, READ_CHARS)}\n${text.slice(-READ_CHARS)}`;
}

/**
 * Reads a user's own rules from the text of a JSON file.
 *
 * @throws {RowError} naming the file and the field at fault.
 */
export function parseCallRules(json: string, source: string): CallRule[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RowError(source, null, "", `not JSON (${(error as Error).message}); rules are a JSON list of objects`);
  }
  return checkRow(callRulesSchema, value, source, null);
}
