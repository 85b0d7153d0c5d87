import type { Format } from "../detect/format.ts";

/** A kind of file that is known but not read: what it is, what to do instead, and how it is told. */
export const nothing = (
  id: string,
  title: string,
  instead: string,
  ...rows: Format["rows"][number][]
): Format => ({ id, title, page: "README", rows, read: { by: "nothing", instead } });

/** A kind of file that programs keep beside their sessions. */
const beside = (id: string, title: string, ...rows: Format["rows"][number][]): Format => {
  const instead = "it holds no part of a session; give the folder, or the sessions beside it";
  return { id, title, page: "README", rows, read: { by: "nothing", instead, beside: true } };
};

const CONVERSATIONS = ["messages", "trajectory", "history", "conversation", "traj"];

/** What stands in the folders of programs beside what they say of sessions. */
const BESIDE: readonly Format[] = [
  beside(
    "claude-code-beside",
    "what Claude Code notes of its sessions and sub-agents",
    { has: ["agentType"], without: ["message", "sessionId"] },
    { has: ["version", "entries.[].sessionId", "entries.[].fullPath"] },
    { has: ["display", "pastedContents", "project"] },
    { has: ["content", "status", "activeForm"] },
    { has: ["numStartups"] },
    { has: ["sessionID", "startTime"], without: ["messages", "role", "part"] },
    { has: ["stableID", "source", "data"] },
  ),
  beside(
    "codex-beside",
    "what Codex notes of what was typed, and of its threads",
    { has: ["session_id", "ts", "text"], without: ["type", "role"] },
    { has: ["id", "thread_name", "updated_at"] },
  ),
  beside("gemini-cli-beside", "what the Gemini CLI notes of what was typed", {
    has: ["sessionId", "messageId", "message", "timestamp"],
    is: { type: ["user"] },
    without: ["message.role"],
  }),
  beside(
    "opencode-beside",
    "what opencode notes of projects, of things to do and of files that changed",
    { has: ["id", "worktree", "time.created"] },
    { has: ["content", "status", "priority"], without: ["role", "message"] },
    { has: ["file", "additions", "deletions"], any: [["before", "after", "patch"]] },
  ),
  beside(
    "harbor-beside",
    "settings or sums of a job of Harbor",
    { has: ["job_name", "jobs_dir"] },
    { has: ["n_total_trials", "stats"] },
    { has: ["trial_name", "trials_dir"] },
    { has: ["results.tool", "results.tests", "results.summary"] },
  ),
  beside("openhands-beside", "settings of a run of OpenHands", { has: ["agent_class", "eval_output_dir"] }, {
    has: ["agent.llm.model", "execution_status"],
  }),
  beside(
    "predictions",
    "patches for SWE-bench without conversations",
    { has: ["instance_id", "model_patch"], without: CONVERSATIONS },
    { has: ["*.instance_id", "*.model_patch"], without: CONVERSATIONS },
  ),
];

/** What runs of readers' formats leave behind beside their conversations. */
export const RESULTS_NOT_READ: readonly Format[] = [
  ...BESIDE,
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
