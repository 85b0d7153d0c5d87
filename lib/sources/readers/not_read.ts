import type { Format } from "../detect/format.ts";

/** A kind of file that is known but not read: what it is, what to do instead, and how it is told. */
export const nothing = (
  id: string,
  title: string,
  instead: string,
  ...rows: Format["rows"][number][]
): Format => ({ id, title, page: "README", rows, read: { by: "nothing", instead } });

/** What runs of readers' formats leave behind beside their conversations. */
export const RESULTS_NOT_READ: readonly Format[] = [
  nothing(
    "tau2-index",
    "the index of a run of tau2-bench without its simulations",
    "give the folder simulations beside it, or write one file with `tau2 convert-results DIR --to json`",
    { has: ["info.agent_info", "tasks", "timestamp"], without: ["simulations"] },
  ),
  nothing(
    "tau2-voice",
    "a voice simulation of tau2-bench",
    "its ticks are pieces of speech, and no call says what the model was given; runs in text can be read",
    { has: ["task_id", "termination_reason", "ticks"], without: ["messages"] },
  ),
  nothing(
    "terminal-bench",
    "a file of results of Terminal-Bench, of grades without conversations",
    "import what the agent itself logged, or run it in Harbor, whose trials keep trajectories",
    { has: ["trial_name", "task_id", "is_resolved"] },
    { has: ["results.[].task_id", "results.[].is_resolved"] },
  ),
  nothing(
    "claude-result",
    "the result of a run of Claude Code without its conversation",
    "run it with --output-format stream-json --verbose, or import the session from ~/.claude/projects",
    { has: ["session_id", "result"], any: [["total_cost_usd", "usage"]], is: { type: ["result"] } },
  ),
];
