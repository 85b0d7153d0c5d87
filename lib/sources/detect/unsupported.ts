import { nothing, RESULTS_NOT_READ } from "../readers/not_read.ts";
import type { Format } from "./format.ts";

/** Kinds of JSON that are known but not read, and what to do instead. */
export const UNSUPPORTED: readonly Format[] = [
  ...RESULTS_NOT_READ,
  nothing(
    "copilot-chat",
    "a chat of GitHub Copilot in an editor",
    "it keeps neither calls nor tokens; export OpenTelemetry from the editor (github.copilot.chat.otel) and import that",
    { has: ["requests.[].response", "requests.[].message"], any: [["responderUsername", "requesterUsername"]] },
  ),
  nothing(
    "langfuse-traces",
    "a table of Langfuse's traces without their observations",
    "export the observations, or give the project as langfuse:PROJECT",
    { has: ["id", "timestamp", "sessionId", "input", "output"], without: ["model", "usage", "observations"] },
  ),
  nothing(
    "cursor",
    "a chat of Cursor",
    'it keeps no model calls; write its bubbles as {"messages": [{"role", "content"}]}, one conversation a line',
    { has: ["composerId"] },
    { has: ["bubbleId", "type"] },
  ),
  nothing(
    "aider",
    "the analytics log of Aider",
    "it holds counts but no texts; run aider with --llm-history-file and turn that into chat messages",
    { has: ["event", "properties", "user_id", "time"] },
  ),
  nothing(
    "chatgpt",
    "a ChatGPT data export",
    'follow current_node up by parent and write {"messages": [{"role", "content"}]}, one conversation a line',
    { has: ["mapping", "current_node"] },
  ),
  nothing(
    "codex-exec",
    "a stream of `codex exec --json`, of turns and not of calls",
    "import the rollout of the same run from ~/.codex/sessions",
    { has: ["thread_id"], is: { type: ["thread.started"] } },
  ),
  nothing(
    "gemini-stream",
    "a stream of the Gemini CLI, of pieces of answers",
    "import the chat of the same run from ~/.gemini/tmp",
    { has: ["session_id", "model", "timestamp"], is: { type: ["init"] } },
  ),
  nothing(
    "kimi",
    "a wire file of an older CLI of Kimi's",
    'write its messages as {"messages": [{"role", "content"}]}, one session a line',
    { has: ["protocol_version"], is: { type: ["metadata"] } },
  ),
  nothing(
    "antigravity",
    "a session of Antigravity without model calls",
    'write its steps as {"messages": [{"role", "content"}]}, one session a line',
    { has: ["step_index", "source", "type", "status"] },
  ),
  nothing(
    "grok",
    "a chat history of Grok's CLI",
    'write its lines as {"messages": [{"role", "content"}]}, one session a line',
    { has: ["content", "model_fingerprint"], is: { type: ["assistant"] } },
  ),
  nothing(
    "autogen",
    "a log of AutoGen's messages, its agents' and not the model's",
    "export OpenTelemetry from the run, or log its calls (autogen_core.events) and import these",
    { has: ["messages.[].source", "messages.[].models_usage"] },
  ),
  nothing(
    "promptfoo",
    "results of promptfoo, of prompts and not of messages",
    "export OpenTelemetry from the provider, or write each result as " +
      '{"messages": [{"role", "content"}], "success"}, one a line',
    { has: ["results.results.[].prompt", "results.results.[].response"] },
  ),
  nothing(
    "openai-evals",
    "a log of OpenAI's evals, of events and not of conversations",
    'write the prompt and the sample of each "sampling" event as {"messages": [{"role", "content"}]}, one a line',
    { has: ["spec.eval_name", "spec.completion_fns"] },
    { has: ["run_id", "event_id", "sample_id", "data"] },
  ),
  nothing(
    "crewai-log",
    "a log of CrewAI's tasks, without its model's calls",
    "export OpenTelemetry from the run (OpenInference or OpenLLMetry for CrewAI) and import that",
    { has: ["task_name", "task", "agent", "status", "timestamp"] },
  ),
  nothing(
    "bedrock-agent-trace",
    "traces of an agent of Bedrock, of steps and not of calls",
    "turn on the logging of model invocations and import its files",
    { has: ["trace.orchestrationTrace"] },
    { has: ["orchestrationTrace"] },
  ),
  nothing(
    "preferences",
    "pairs of answers for training, of which none was given in a run",
    'write {"messages": [{"role", "content"}]} with the answer that counts, one a line',
    { has: ["input.messages", "preferred_output", "non_preferred_output"] },
    { has: ["chosen.[].role", "rejected.[].role"], without: ["messages"] },
  ),
  nothing(
    "batch-input",
    "the input of an OpenAI batch, which has no answers",
    "import the output file of the batch",
    { has: ["custom_id", "body.model"], without: ["response"] },
  ),
];

/** First bytes of what other programs pack, and where they are. */
const OTHER_PACKINGS: readonly [magic: string, what: string, at?: number][] = [
  ["BZh", "packed by bzip2"],
  ["\xfd7zXZ\0", "packed by xz"],
  ["\x04\x22\x4d\x18", "packed by lz4"],
  ["7z\xbc\xaf\x27\x1c", "a 7-Zip archive"],
  ["Rar!\x1a\x07", "a RAR archive"],
  ["ustar", "a tar archive", 257],
];

/** What a file that is no text is, by its first bytes (unpacked, where it was packed), and what to do with it; null where they say nothing. */
export function binaryKind(head: Uint8Array, path: string): string | null {
  const text = new TextDecoder("latin1").decode(head);
  const other = OTHER_PACKINGS.find(([magic, , at = 0]) => text.startsWith(magic, at));
  if (other) return `is ${other[1]}, which is not read: unpack it; gzip, zstd and zip are read as they are`;
  if (/^(?:\xff\xfe\0\0|\0\0\xfe\xff)/.test(text)) return "is in UTF-32, which is not read: write it as UTF-8";
  if (text.startsWith("SQLite format 3")) {
    return "is a SQLite database, which is not read: export its table with " +
      "`sqlite3 -json FILE 'select * from TABLE' > traces.json` and import that";
  }
  if (text.startsWith("DUCK", 8)) return "is a DuckDB database: give it as duckdb:FILE, or export its table as Parquet";
  if (text.startsWith("ARROW1") || /\.(arrow|feather)$/i.test(path)) {
    return "is an Arrow file, which is not read: write it as Parquet";
  }
  if (text.startsWith("%PDF")) return "is a PDF, which holds no traces";
  // A request for traces begins with field 1, a message; text does not begin with a line feed and an opening byte.
  if (head[0] === 0x0a && head.some((byte) => byte < 9 || byte > 0xf4)) {
    return "is OTLP as protobuf, which is not read: set `format: json` in the collector's file exporter";
  }
  if (head.includes(0) && !isUtf16(head)) return "is no text and of no kind that is known: write it as JSON or Parquet";
  if (/\.aider\.chat\.history\.md$|^\s*# aider chat started/.test(path) || /^\s*# aider chat started/.test(text)) {
    return "is a chat history of Aider, text without calls: write it as " +
      '{"messages": [{"role", "content"}]}, one conversation a line';
  }
  return null;
}

/** UTF-16 has its mark, or a zero beside its first character. */
const isUtf16 = (head: Uint8Array) =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) ||
  (head[0] === 0) !== (head[1] === 0);
