import signsData from "./signs.json" with { type: "json" };
import { identitiesIn, type Identity } from "./identity.ts";

/**
 * Whose model call it is: the agent's, the simulated customer's that talks to it, a grader's, or a question that the
 * harness asks for itself (which tools to offer, a title, a command's prefix).
 */
export const CALL_ROLES: readonly ["agent", "customer", "grader", "harness"] = [
  "agent",
  "customer",
  "grader",
  "harness",
];

/** One of {@link CALL_ROLES}. */
export type CallRole = "agent" | "customer" | "grader" | "harness";

/** What a call's role is told from. */
export interface CallSigns {
  /** The system message; empty where there is none. */
  system: string;
  /** The last user message; all of them where nothing was answered yet. */
  user: string;
  /** The model that answered, as recorded. */
  model: string;
  /** Whether tools were offered. */
  tools: boolean;
  /**
   * Who answers whom: `mirrored` when what this call says is what other calls are told by their user, and what it is told by its
   * user is what other calls said; null where the session does not show it.
   */
  mirrored?: boolean | null;
  /** Whether those other calls were offered tools. */
  othersHaveTools?: boolean;
}

/** A role, how likely it is, and why. */
export interface RoleGuess {
  /** The likeliest one. */
  role: CallRole;
  /** Between 0 and 1. */
  probability: number;
  /** The signs it was told from, in a sentence. */
  why: string;
}

/** From this probability on a call is not the agent's; below it stays the agent's, and the plan says so. */
export const SURE = 0.8;

/** How much of a text is read, from each end: instructions stand there, and patterns stay quick on a long one. */
const READ_CHARS = 6_000;

interface Sign {
  role: Exclude<CallRole, "agent">;
  weight: number;
  pattern: RegExp;
  why: string;
  where: "any" | "user";
  tools: boolean | null;
}

const SIGNS: Sign[] = signsData.map((sign) => ({
  role: sign.role as Sign["role"],
  weight: sign.weight,
  pattern: new RegExp(sign.pattern, "iu"),
  why: sign.why,
  where: "where" in sign && sign.where === "user" ? "user" : "any",
  tools: "tools" in sign && typeof sign.tools === "boolean" ? sign.tools : null,
}));

/** Log-odds against the agent's being the call's: most calls are. */
const PRIOR = -4;
/** Most that wordings of one role add together: they often say the same. */
const MOST_WORDINGS = 7;

/** Log-odds that a statement of who the reader is adds. */
const IDENTITY: Record<Identity["kind"], Partial<Record<CallRole, number>>> = {
  customer: { customer: 7 },
  maybe: { customer: 3.5 },
  grader: { grader: 5 },
  generic: {},
  other: { customer: -8, grader: -2 },
};

/**
 * How likely each role of a call is, from several signs that add up as log-odds (a naive Bayes score): who its system text says
 * that it is (a customer service agent is an agent), how such calls are worded, whether tools are offered, and who answers
 * whom. The agent is what a call is without a sign.
 *
 * @returns the likeliest role other than the agent's, or the agent's where that is likelier
 *
 * @example
 * ```ts
 * import { guessRole } from "agent-trace-lab/judge";
 *
 * const call = { user: "", model: "", tools: false };
 * console.log(guessRole({ ...call, system: "You are a customer service agent that helps the user." }).role); // agent
 * console.log(guessRole({ ...call, system: "You are a customer who wants to return a lamp." }).role); // customer
 * ```
 */
export function guessRole(call: CallSigns): RoleGuess {
  const [system, user] = [ends(call.system), ends(call.user)];
  const scores = { customer: PRIOR, grader: PRIOR, harness: PRIOR };
  const reasons: { role: CallRole; weight: number; why: string }[] = [];
  const add = (role: Exclude<CallRole, "agent">, weight: number, why: string) => {
    scores[role] += weight;
    reasons.push({ role, weight, why });
  };
  const identity = decisive(identitiesIn(system));
  if (identity) {
    for (const [role, weight] of Object.entries(IDENTITY[identity.kind])) {
      const why = `it is told: ${identity.said.length > 60 ? `${identity.said.slice(0, 59)}…` : identity.said}`;
      add(role as Exclude<CallRole, "agent">, weight, why);
    }
  }
  for (const role of ["customer", "grader", "harness"] as const) {
    const found = SIGNS.filter((sign) =>
      sign.role === role && (sign.tools === null || sign.tools === call.tools) &&
      (sign.where === "any" && sign.pattern.test(system) || role !== "customer" && sign.pattern.test(user))
    );
    let room = role === "harness" ? Infinity : MOST_WORDINGS;
    for (const { weight, why } of found) {
      add(role, Math.min(weight, room), why);
      room -= Math.max(0, weight);
      if (room <= 0) break;
    }
  }
  if (call.tools) {
    add("customer", -3, "it has tools");
    add("grader", -3, "it has tools");
  }
  if (call.mirrored === true) {
    add("customer", call.othersHaveTools && !call.tools ? 4 : 1.5, "others answer it as their user");
  }
  if (call.mirrored === false) add("customer", -2, "no other call answers it");
  const [role, score] = Object.entries(scores).reduce((a, b) => b[1] > a[1] ? b : a) as [CallRole, number];
  const total = 1 + Object.values(scores).reduce((sum, x) => sum + Math.exp(x), 0);
  const probability = Math.exp(score) / total;
  if (1 / total >= probability) return { role: "agent", probability: 1 / total, why: "nothing says otherwise" };
  const [best] = reasons.filter((reason) => reason.role === role).sort((a, b) => b.weight - a.weight);
  return { role, probability, why: best?.why ?? "" };
}

/** The statement that counts: the first one, unless that names a model in general and a later one gives it a part to play. */
function decisive(identities: readonly Identity[]): Identity | null {
  const first = identities.find(({ kind }) => kind !== "generic");
  if (first) return first;
  return identities[0] ?? null;
}

function ends(text: string): string {
  return text.length <= 2 * READ_CHARS ? text : `${text.slice(0, READ_CHARS)}\n${text.slice(-READ_CHARS)}`;
}
