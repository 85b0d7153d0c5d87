import type { Format } from "../detect/format.ts";
import { atifRows } from "./atif.ts";
import { bfclRows } from "./bfcl.ts";
import { copilotCliRows } from "./copilot_cli.ts";
import { docentRows } from "./docent.ts";
import { droidStreamRows } from "./droid_stream.ts";
import { geminiCliRows } from "./gemini_cli.ts";
import { importedRows } from "./imported.ts";
import { inspectRows } from "./inspect/read.ts";
import { kimiRows } from "./kimi.ts";
import { lettaRows } from "./letta.ts";
import { opencodeRows } from "./opencode/read.ts";
import { openHandsRows } from "./openhands/read.ts";
import { piRows } from "./pi.ts";
import { qwenCodeRows } from "./qwen_code.ts";
import { runStateRows } from "./run_state.ts";
import { smolagentsRows } from "./smolagents.ts";
import { strandsRows } from "./strands.ts";
import { sweAgentRows } from "./swe_agent.ts";
import { claudeCodeRows } from "./claude_code/read.ts";
import { clineRows } from "./cline.ts";
import { codexRows } from "./codex/read.ts";

/** Logs of agents that need a program to be read, and what an import wrote. */
export const READER_FORMATS: readonly Format[] = [
  {
    id: "imported",
    title: "Span rows of an import",
    page: "tables",
    rows: [{ has: ["root_span_id", "span_parents", "is_root", "span_attributes.type"] }],
    read: { by: "reader", reader: importedRows },
  },
  {
    id: "qwen-code",
    title: "Qwen Code chat",
    page: "coding-agents",
    rows: [
      { has: ["sessionId", "uuid", "message.parts"], is: { type: ["user", "assistant", "tool_result"] } },
      { has: ["sessionId", "uuid", "systemPayload"], is: { type: ["system"] } },
    ],
    version: ["version"],
    lacks: ["grades"],
    read: { by: "reader", reader: qwenCodeRows },
  },
  {
    id: "droid-stream",
    title: "Stream of a run of Droid",
    page: "coding-agents",
    rows: [
      { has: ["text"], is: { type: ["message"], role: ["user", "assistant"] }, any: [["session_id", "sessionId"]] },
      { has: ["toolName", "parameters"], is: { type: ["tool_call"] }, any: [["session_id", "sessionId"]] },
      { has: ["finalText"], is: { type: ["completion"] } },
    ],
    lacks: ["grades"],
    read: { by: "reader", reader: droidStreamRows },
  },
  {
    id: "claude-code",
    title: "Claude Code session",
    page: "claude-code",
    rows: [
      { has: ["sessionId", "message.role"], is: { type: ["user", "assistant"] }, any: [["uuid", "parentUuid"]] },
      { has: ["sessionId", "uuid", "timestamp"], is: { type: ["system", "attachment", "progress"] } },
      { has: ["loglines.[].message.role"] },
      { has: ["leafUuid", "summary"], is: { type: ["summary"] } },
      { has: ["session_id", "message.role", "parent_tool_use_id"], is: { type: ["user", "assistant"] } },
      { has: ["session_id", "tools"], is: { type: ["system"], subtype: ["init"] } },
      {
        has: ["message.usage.input_tokens", "timestamp"],
        any: [["sessionId", "requestId", "costUSD"]],
        without: ["message.content", "uuid"],
      },
    ],
    version: ["version", "claude_code_version"],
    lacks: ["grades"],
    read: { by: "reader", reader: claudeCodeRows },
  },
  {
    id: "codex",
    title: "Codex rollout",
    page: "codex",
    rows: [
      { has: ["payload.cwd"], is: { type: ["session_meta"] } },
      { has: ["payload.type", "timestamp"], is: { type: ["response_item", "event_msg"] } },
      { has: ["id", "timestamp", "instructions"], without: ["messages"] },
      { is: { record_type: ["state"] } },
    ],
    version: ["payload.cli_version"],
    lacks: ["grades"],
    read: { by: "reader", reader: codexRows },
  },
  {
    id: "copilot-cli",
    title: "Session of the GitHub Copilot CLI",
    page: "coding-agents",
    rows: [
      { has: ["data.sessionId"], is: { type: ["session.start"] } },
      { has: ["data.content", "parentId", "timestamp"], is: { type: ["user.message", "assistant.message"] } },
    ],
    version: ["data.copilotVersion"],
    lacks: ["grades"],
    read: { by: "reader", reader: copilotCliRows },
  },
  {
    id: "gemini-cli",
    title: "Gemini CLI chat",
    page: "coding-agents",
    rows: [{ has: ["sessionId", "projectHash"] }],
    lacks: ["grades"],
    read: { by: "reader", reader: geminiCliRows },
  },
  {
    id: "kimi-code",
    title: "Session of Kimi Code's CLI",
    page: "coding-agents",
    rows: [
      { has: ["time"], is: { type: ["config.update", "context.append_message", "context.append_loop_event"] } },
    ],
    version: ["protocol_version"],
    lacks: ["grades"],
    read: { by: "reader", reader: kimiRows },
  },
  {
    id: "smolagents",
    title: "Steps of smolagents",
    page: "coding-agents",
    rows: [
      { has: ["step_number", "timing", "model_output"] },
      { has: ["steps.[].step_number", "steps.[].timing"] },
    ],
    lacks: ["grades"],
    read: { by: "reader", reader: smolagentsRows },
  },
  {
    id: "strands",
    title: "Session of Strands",
    page: "coding-agents",
    rows: [
      { has: ["message.role", "message.content", "message_id", "created_at"] },
      { has: ["session_id", "session_type", "created_at"] },
      { has: ["agent_id", "conversation_manager_state"] },
    ],
    lacks: ["tokens", "models", "grades"],
    read: { by: "reader", reader: strandsRows },
  },
  {
    id: "letta",
    title: "Messages of an agent of Letta",
    page: "coding-agents",
    rows: [{ has: ["date"], is: { message_type: ["system_message", "user_message", "assistant_message"] } }],
    lacks: ["tokens", "models", "grades"],
    read: { by: "reader", reader: lettaRows },
  },
  {
    id: "cline",
    title: "Task of Cline or Roo Code",
    page: "coding-agents",
    rows: [
      { has: ["ts"], is: { type: ["say", "ask"] }, any: [["say", "ask"]] },
      { has: ["role", "content"], any: [["modelInfo.modelId", "metrics.tokens.prompt"]] },
      { is: { role: ["user"] }, like: { "content.[].text": /<environment_details>/ } },
      { has: ["files_in_context", "model_usage"] },
    ],
    version: ["environment_history.[].cline_version"],
    lacks: ["grades"],
    read: { by: "reader", reader: clineRows },
  },
  {
    id: "opencode",
    title: "opencode session",
    page: "coding-agents",
    rows: [
      { has: ["info.id", "messages.[].info.sessionID", "messages.[].parts"] },
      { has: ["sessionID", "part.messageID", "part.type"] },
      { has: ["id", "sessionID", "role", "time.created"] },
      { has: ["id", "sessionID", "messageID", "type"] },
      { has: ["id", "projectID", "directory", "time.created"] },
    ],
    version: ["info.version", "version"],
    lacks: ["grades"],
    read: { by: "reader", reader: opencodeRows },
  },
  {
    id: "inspect",
    title: "Inspect log",
    page: "inspect",
    rows: [{ has: ["eval.task", "samples"] }, { has: ["eval.eval_id"], any: [["plan", "results", "stats"]] }],
    version: ["eval.packages.inspect_ai"],
    read: { by: "reader", reader: inspectRows },
  },
  {
    id: "swe-agent",
    title: "SWE-agent trajectory",
    page: "coding-agents",
    rows: [
      { has: ["trajectory.[].action", "trajectory.[].observation", "trajectory.[].response"] },
      { has: ["trajectory", "history.[].role", "environment"] },
      { has: ["history.[].role", "history.[].message_type"] },
    ],
    lacks: ["times", "grades"],
    read: { by: "reader", reader: sweAgentRows },
  },
  {
    id: "openhands",
    title: "OpenHands events",
    page: "coding-agents",
    rows: [
      { any: [["history.[].action", "history.[].[].action"]] },
      { any: [["trajectory.[].action", "events.[].action"]], has: ["trajectory.[].source"] },
      { has: ["timestamp", "source"], any: [["action", "observation"]] },
      { has: ["timestamp", "source"], like: { kind: /(?:Event|Observation|Condensation\w*)$/ } },
      { has: ["history.[].kind", "history.[].source"] },
    ],
    read: { by: "reader", reader: openHandsRows },
  },
  {
    id: "bfcl",
    title: "Results of the Berkeley Function Calling Leaderboard",
    page: "messages",
    rows: [
      { has: ["id", "result", "inference_log"] },
      { has: ["id", "result", "latency"], any: [["input_token_count", "output_token_count"]] },
    ],
    lacks: ["times", "grades"],
    read: { by: "reader", reader: bfclRows },
  },
  {
    id: "atif",
    title: "ATIF trajectory (Harbor)",
    page: "coding-agents",
    rows: [
      { like: { schema_version: /^ATIF/ } },
      { has: ["steps.[].source", "steps.[].step_id", "agent.name"] },
      { has: ["trajectories.[].steps.[].source"] },
      { has: ["trial_name", "task_name", "agent_info", "verifier_result"] },
    ],
    version: ["schema_version"],
    leads: true,
    read: { by: "reader", reader: atifRows },
  },
  {
    id: "openai-agents-state",
    title: "State of a run of the OpenAI Agents SDK",
    page: "services",
    rows: [{ has: ["$schemaVersion"], any: [["modelResponses", "model_responses"]] }],
    version: ["$schemaVersion"],
    lacks: ["times", "models", "grades"],
    read: { by: "reader", reader: runStateRows },
  },
  {
    id: "docent",
    title: "Docent agent runs",
    page: "coding-agents",
    rows: [
      { any: [["transcripts.[].messages.[].role", "transcripts.default.messages.[].role"]] },
      { has: ["agent_runs.[].transcripts"] },
      { has: ["transcripts", "transcript_groups"] },
    ],
    lacks: ["tokens", "times"],
    read: { by: "reader", reader: docentRows },
  },
  {
    id: "droid",
    title: "Droid session",
    page: "coding-agents",
    rows: [{ has: ["id"], any: [["cwd", "title", "version"]], is: { type: ["session_start"] } }],
    version: ["version"],
    lacks: ["tokens", "models", "grades"],
    read: { by: "reader", reader: piRows },
  },
  {
    id: "pi",
    title: "Session of Pi, or of the Hub's simple trace format",
    page: "coding-agents",
    rows: [
      { has: ["id"], any: [["harness", "version", "cwd"]], is: { type: ["session"] } },
      { has: ["message.role"], is: { type: ["message"] } },
    ],
    version: ["version"],
    lacks: ["grades"],
    read: { by: "reader", reader: piRows },
  },
];
