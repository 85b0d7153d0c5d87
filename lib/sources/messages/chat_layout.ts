import { CHAT_MESSAGE } from "./chat_message.ts";
import type { MessageLayout } from "./layout.ts";

/** Names that recorders of whole conversations use for who and what. */
export const SESSION = {
  sessionId: [
    "session_id",
    "trajectory_id",
    "traj_id",
    "conversation_id",
    { join: ["instance_id", "run_id"] },
    "id",
    "uuid",
    { join: ["task_id", "trial"] },
  ],
  orTask: ["instance_id", "task_id", "question_id", "problem_id"],
  benchmark: ["benchmark", "benchmark_name", "dataset", "env_name"],
  harness: ["harness", "agent", "agent_name", "scaffold", "agent_class"],
  models: ["models", "model", "model_name", "model_name_or_path", "llm"],
  taskId: ["task_id", "instance_id", "question_id", "problem_id"],
  trial: ["trial", "attempt", "rollout", "sample_id", "seed"],
  run: ["run", "run_id"],
  collectedAt: ["collected_at", "created_at", "timestamp", "date"],
  totalTokens: ["usage.total_tokens", "total_tokens"],
} as const satisfies MessageLayout["session"];

/** Names that they use for how it ended. */
export const GRADES = {
  success: ["resolved", "target", "success", "is_resolved", "is_correct", "correct", "passed", "solved"],
  score: ["score", "reward"],
  status: ["status", "exit_status"],
  agentUsd: ["agent_cost", "cost", "total_cost", "instance_cost", "cost_usd"],
} as const satisfies MessageLayout["grades"];

/** The layout of messages in the chat format. */
export const chat = (messages: readonly string[], more: Partial<MessageLayout> = {}): MessageLayout => ({
  session: SESSION,
  grades: GRADES,
  messages,
  system: ["system_prompt", "system"],
  tools: ["tools", "functions"],
  usage: ["usage"],
  message: CHAT_MESSAGE,
  ...more,
});
