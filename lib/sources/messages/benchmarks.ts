import type { Format } from "../detect/format.ts";
import type { MessageLayout } from "./layout.ts";

/** What a simulation of tau2-bench says by itself. */
const TAU2_SESSION = {
  taskId: ["task_id"],
  trial: ["trial"],
  collectedAt: ["start_time", "timestamp"],
} as const satisfies Partial<MessageLayout["session"]>;

const TAU2_SIMULATION = {
  grades: {
    success: ["reward_info.reward"],
    score: ["reward_info.reward"],
    status: ["termination_reason"],
    agentUsd: ["agent_cost"],
    benchmarkUsd: ["user_cost"],
  },
  messages: ["messages"],
  message: {
    toolCallId: ["tool_call_id", "id"],
    inputTokens: ["usage.prompt_tokens"],
    outputTokens: ["usage.completion_tokens"],
    usage: ["usage"],
    time: ["timestamp"],
    silent: ["requestor", "raw_data"],
  },
} as const satisfies Partial<MessageLayout>;

/** Results of benchmarks, and of programs written for one, each with names of its own. */
export const BENCHMARK_FORMATS: readonly Format[] = [
  {
    id: "tau2-bench",
    title: "tau2-bench results",
    page: "messages",
    rows: [{ has: ["simulations.[].messages", "info.agent_info"] }, { has: ["simulations.[].messages.[].turn_idx"] }],
    version: ["info.git_commit"],
    read: {
      by: "messages",
      layout: {
        records: "simulations",
        session: {
          sessionId: ["id", { join: ["task_id", "trial"] }],
          benchmark: ["^info.environment_info.domain_name"],
          harness: ["^info.agent_info.implementation"],
          models: ["^info.agent_info.llm"],
          ...TAU2_SESSION,
        },
        ...TAU2_SIMULATION,
      },
    },
  },
  {
    id: "tau2-simulation",
    title: "tau2-bench simulation",
    page: "messages",
    rows: [{ has: ["task_id", "termination_reason", "messages.[].role"] }],
    read: {
      by: "messages",
      layout: { session: { sessionId: ["id", { join: ["task_id", "trial"] }], ...TAU2_SESSION }, ...TAU2_SIMULATION },
    },
  },
  {
    id: "tau-bench",
    title: "tau-bench results",
    page: "messages",
    rows: [{ has: ["task_id", "trial", "reward", "traj"] }],
    lacks: ["tokens", "times", "models"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: [{ join: ["task_id", "trial"] }],
          benchmark: ["info.env"],
          harness: ["info.agent_strategy"],
          models: ["info.model"],
          taskId: ["task_id"],
          trial: ["trial"],
        },
        grades: { success: ["reward"], score: ["reward"], agentUsd: ["info.cost"], benchmarkUsd: ["info.user_cost"] },
        messages: ["traj"],
      },
    },
  },
  {
    id: "who-and-when",
    title: "Who&When failure logs",
    page: "messages",
    rows: [{ has: ["history.[].content", "mistake_agent", "mistake_step"] }],
    lacks: ["tokens", "times", "models"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: [{ join: ["question_ID", "mistake_agent", "mistake_step"] }, { file: "name" }],
          harness: [{ file: "folder" }],
          taskId: ["question_ID", "question"],
        },
        grades: { success: ["is_correct", "is_corrected"] },
        messages: ["history"],
        message: {
          speakers: {
            name: ["name", "role"],
            users: ["human", "user"],
            tools: ["computer_terminal", "computerterminal"],
            program: ["orchestrator (termination condition)"],
          },
        },
      },
    },
  },
  {
    id: "mini-swe-agent",
    title: "mini-swe-agent trajectory",
    page: "coding-agents",
    rows: [{ like: { trajectory_format: /^mini-swe-agent/ } }, { has: ["messages.[].role", "info.mini_version"] }],
    version: ["info.mini_version", "trajectory_format"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: ["instance_id", "info.instance_id", { file: "name" }],
          harness: [{ constant: "mini-swe-agent" }],
          models: ["info.config.model.model_name", "info.model"],
          taskId: ["instance_id", "info.instance_id", { file: "name" }],
        },
        grades: { status: ["info.exit_status"], agentUsd: ["info.model_stats.instance_cost"] },
        messages: ["messages"],
        message: {
          silent: ["extra", "provider_specific_fields", "reasoning_details"],
          inputTokens: ["extra.response.usage.prompt_tokens", "extra.response.usage.input_tokens"],
          outputTokens: ["extra.response.usage.completion_tokens", "extra.response.usage.output_tokens"],
          usage: ["extra.response.usage"],
          model: ["extra.response.model"],
          time: ["extra.timestamp"],
        },
      },
    },
  },
  {
    id: "agentdojo",
    title: "AgentDojo results",
    page: "messages",
    rows: [{ has: ["suite_name", "user_task_id", "messages.[].role", "utility"] }],
    lacks: ["tokens", "times"],
    read: {
      by: "messages",
      layout: {
        session: {
          sessionId: [
            { join: ["suite_name", "user_task_id", "injection_task_id", "pipeline_name"] },
            { join: ["suite_name", "user_task_id", "pipeline_name"] },
            { join: ["suite_name", "user_task_id"] },
          ],
          benchmark: ["suite_name"],
          models: ["pipeline_name"],
          taskId: ["user_task_id"],
        },
        grades: { success: ["utility"] },
        messages: ["messages"],
        message: { silent: ["tool_call", "placeholder_args"] },
      },
    },
  },
];
