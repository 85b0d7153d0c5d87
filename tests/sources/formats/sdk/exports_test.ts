/**
 * Exports made by the SDKs and programs themselves, against a model on loopback. They are installed from npm, so this runs
 * only when asked: `REAL_SDKS=1 deno test -A tests/sources/formats/sdk` (with Node on the path; `REAL_SDKS_DIR` keeps what
 * was installed; `REAL_SDKS=codex` runs those with that in their name).
 *
 * @module
 */
import assert from "node:assert/strict";
import { isFault, openTraces } from "../../../../lib/sources/mod.ts";
import { told } from "../read.ts";
import { ANSWER, ANSWER_TOKENS, ARGS, CACHED, CALL_TOKENS, startModel } from "./model_server.ts";

const OTEL = ["@opentelemetry/sdk-trace-node", "@opentelemetry/sdk-trace-base", "@opentelemetry/otlp-transformer"];
const ASK = "Which shelf holds the atlas?";

interface Program {
  file: string;
  packages: string[];
  /** Whether the recorder says what came from the cache. */
  cached?: boolean;
  sessionId?: string;
}

const PROGRAMS: Record<string, Program> = {
  "OpenLLMetry 0.27": { file: "traceloop", packages: ["openai@6", "@traceloop/instrumentation-openai@0.27.0"] },
  "OpenInference 4.2": {
    file: "openinference",
    packages: ["openai@6", "@arizeai/openinference-instrumentation-openai@4.2.7"],
    cached: true,
  },
  "OpenTelemetry's instrumentation with logs": {
    file: "otel_openai",
    packages: ["openai@6", "@opentelemetry/instrumentation-openai@0.21.0", "@opentelemetry/sdk-logs"],
  },
  "Langfuse 5": {
    file: "langfuse",
    packages: ["openai@6", "@langfuse/openai@5.11.1", "@langfuse/tracing@5.11.1"],
    cached: true,
    sessionId: "s1",
  },
  "Vercel AI SDK 4": { file: "vercel", packages: ["ai@4.3.6", "@ai-sdk/openai@1.3.9", "zod@3"], sessionId: "s1" },
  "Vercel AI SDK 5": { file: "vercel", packages: ["ai@5.0.277", "@ai-sdk/openai@2.0.130", "zod@3"], sessionId: "s1" },
  "Vercel AI SDK 6": {
    file: "vercel",
    packages: ["ai@6.0.325", "@ai-sdk/openai@3.0.141", "zod@3"],
    cached: true,
    sessionId: "s1",
  },
  "Vercel AI SDK 7": {
    file: "vercel",
    packages: ["ai@7.0.173", "@ai-sdk/openai@4.0.118", "@ai-sdk/otel@1.0.173", "zod@4"],
    cached: true,
  },
  "OpenAI Agents SDK 0.20": {
    file: "agents",
    packages: ["openai@6", "@openai/agents@0.20.0", "zod@4"],
    cached: true,
    sessionId: "s1",
  },
  "LangSmith 0.12": { file: "langsmith", packages: ["openai@6", "langsmith@0.12.0"], cached: true, sessionId: "s1" },
};

const asked = Deno.env.get("REAL_SDKS");
const chosen = (name: string) =>
  asked === "1" || (asked ?? "\0").length > 1 && name.toLowerCase().includes(asked!.toLowerCase());

/** Declares a test that installs packages from npm. */
function real(name: string, run: (folder: string) => Promise<void>): void {
  const ignore = asked === undefined || !chosen(name);
  const title = `what ${name} writes is read as it was said`;
  Deno.test({
    name: ignore ? `${title} (skipped: REAL_SDKS is not set to it)` : title,
    ignore,
    async fn() {
      const kept = Deno.env.get("REAL_SDKS_DIR");
      const folder = kept ? `${kept}/${name.replaceAll(/[^\w.]+/g, "-")}` : await Deno.makeTempDir();
      await Deno.mkdir(folder, { recursive: true });
      try {
        await run(folder);
      } finally {
        if (!kept) await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

async function command(program: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<void> {
  const { success, stderr, stdout } = await new Deno.Command(program, { args, cwd, env, stdin: "null" }).output();
  if (success) return;
  const said = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
  throw new Error(`${program} ${args.join(" ")}: ${said.slice(-2000)}`);
}

async function install(packages: readonly string[], folder: string): Promise<void> {
  await Deno.writeTextFile(`${folder}/package.json`, '{ "private": true, "type": "module" }');
  await command("npm", ["install", "--silent", "--no-audit", "--no-fund", ...packages], folder);
}

async function readAll(path: string) {
  const items = await Array.fromAsync((await openTraces(path)).rows());
  assert.deepEqual(items.filter(isFault), []);
  return items.filter((item) => !isFault(item)).map((row) => told(row as Exclude<typeof row, { fault: string }>));
}

for (const [name, { file, packages, cached = false, sessionId }] of Object.entries(PROGRAMS)) {
  real(name, async (folder) => {
    const model = startModel();
    try {
      await install([...packages, ...OTEL], folder);
      for (const program of ["otel", file]) {
        await Deno.copyFile(new URL(`./programs/${program}.mjs.txt`, import.meta.url), `${folder}/${program}.mjs`);
      }
      await command("node", [`${file}.mjs`, model.url, `${folder}/export.jsonl`], folder);
    } finally {
      await model.close();
    }
    const [session, ...others] = await readAll(`${folder}/export.jsonl`);
    assert.deepEqual(others, []);
    const { sessionId: id, models: _, ...rest } = session!;
    if (sessionId) assert.equal(id, sessionId);
    assert.deepEqual(rest, {
      calls: 2,
      messages: ["system", "user", "assistant", "tool", "assistant"],
      toolCalls: 1,
      characters: 19 + ASK.length + ARGS.length + 7 + ANSWER.length,
      tokens: [CALL_TOKENS[0] + ANSWER_TOKENS[0], CALL_TOKENS[1] + ANSWER_TOKENS[1], cached ? CACHED : null],
      task: ASK,
      answer: ANSWER,
    });
  });
}

const STORY = {
  calls: 2,
  toolCalls: 1,
  tokens: [CALL_TOKENS[0] + ANSWER_TOKENS[0], CALL_TOKENS[1] + ANSWER_TOKENS[1], CACHED],
  task: ASK,
  answer: ANSWER,
};

real("Claude Code 2.1.332", async (folder) => {
  const model = startModel({ name: "Bash", args: '{"command":"echo shelf 9","description":"look"}' });
  try {
    await install(["@anthropic-ai/claude-code@2.1.332"], folder);
    await Deno.remove(`${folder}/.claude`, { recursive: true }).catch(() => {});
    await command(
      `${folder}/node_modules/.bin/claude`,
      ["-p", ASK, "--model", "m-small", "--allowedTools", "Bash"],
      folder,
      {
        HOME: folder,
        ANTHROPIC_BASE_URL: model.url,
        ANTHROPIC_API_KEY: "none",
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
        IS_SANDBOX: "1",
      },
    );
  } finally {
    await model.close();
  }
  const [session, ...others] = await readAll(`${folder}/.claude/projects`);
  assert.deepEqual(others, []);
  const { calls, toolCalls, tokens, task, answer, models } = session!;
  assert.deepEqual({ calls, toolCalls, tokens, task, answer }, STORY);
  assert.deepEqual(models, ["m-small"]);
});

real("Codex 0.169.0", async (folder) => {
  const model = startModel({ name: "exec_command", args: '{"cmd":"echo shelf 9"}' });
  try {
    await install(["@openai/codex@0.169.0"], folder);
    await Deno.remove(`${folder}/.codex`, { recursive: true }).catch(() => {});
    await Deno.mkdir(`${folder}/.codex`);
    const provider = `name = "mock"\nbase_url = "${model.url}/v1"\nenv_key = "MOCK_KEY"\nwire_api = "responses"\n`;
    const settings = `model = "m-small"\nmodel_provider = "mock"\n[model_providers.mock]\n${provider}`;
    await Deno.writeTextFile(`${folder}/.codex/config.toml`, settings);
    const args = ["exec", "--skip-git-repo-check", "--sandbox", "danger-full-access", ASK];
    await command(`${folder}/node_modules/.bin/codex`, args, folder, {
      HOME: folder,
      CODEX_HOME: `${folder}/.codex`,
      MOCK_KEY: "none",
    });
  } finally {
    await model.close();
  }
  const [session, ...others] = await readAll(`${folder}/.codex/sessions`);
  assert.deepEqual(others, []);
  const { calls, toolCalls, tokens, task, answer, models } = session!;
  assert.deepEqual({ calls, toolCalls, tokens, task, answer }, STORY);
  assert.deepEqual(models, ["m-small"]);
});
