import type { Format } from "../detect/format.ts";
import { claudeCodeRows } from "./claude_code/read.ts";
import { codexRows } from "./codex/read.ts";

/** Logs of agents that need a program to be read. */
export const READER_FORMATS: readonly Format[] = [
  {
    id: "claude-code",
    title: "Claude Code session",
    page: "claude-code",
    rows: [
      { has: ["sessionId", "message.role"], is: { type: ["user", "assistant"] }, any: [["uuid", "parentUuid"]] },
      { has: ["sessionId", "uuid", "timestamp"], is: { type: ["system", "attachment", "progress"] } },
      { has: ["leafUuid", "summary"], is: { type: ["summary"] } },
    ],
    version: ["version"],
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
];
