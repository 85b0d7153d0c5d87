/** A folder of generated sessions of Claude Code. @module */

/** Writes projects of sessions of about a megabyte each, until the folder has the size; the text differs from line to line. */
export async function writeClaudeCode(folder: string, bytes: number): Promise<number> {
  let written = 0;
  for (let session = 0; written < bytes; session++) {
    const path = `${folder}/-project-${session % 7}`;
    await Deno.mkdir(path, { recursive: true });
    const text = sessionLines(session, Math.min(1_000_000, bytes - written));
    await Deno.writeTextFile(`${path}/session-${session}.jsonl`, text);
    written += text.length;
  }
  return written;
}

function sessionLines(session: number, bytes: number): string {
  const lines: string[] = [];
  let size = 0;
  for (let turn = 0; size < bytes; turn++) {
    const time = (second: number) =>
      new Date(1_770_000_000_000 + session * 1e6 + turn * 10_000 + second * 1000).toISOString();
    const line = (type: string, id: number, second: number, message: unknown, more = {}) =>
      JSON.stringify({
        parentUuid: `${session}-${turn}-${id - 1}`,
        isSidechain: false,
        userType: "external",
        cwd: "/srv/shop",
        sessionId: `session-${session}`,
        version: "2.1.0",
        gitBranch: "main",
        type,
        message,
        uuid: `${session}-${turn}-${id}`,
        timestamp: time(second),
        ...more,
      });
    const usage = {
      input_tokens: 4,
      cache_read_input_tokens: 20_000,
      cache_creation_input_tokens: 300,
      output_tokens: 200,
    };
    const id = `msg_${session}_${turn}`;
    const said = (content: unknown) => ({
      id,
      type: "message",
      role: "assistant",
      model: "m-large",
      content: [content],
      usage,
    });
    const output = words(session * 7919 + turn, 400);
    const results = [{ type: "tool_result", tool_use_id: `t${turn}`, content: output }];
    const found = [
      ...(turn === 0 ? [line("user", 0, 0, { role: "user", content: words(session, 60) })] : []),
      line("assistant", 1, 1, said({ type: "text", text: words(turn, 30) }), { requestId: `req_${turn}` }),
      line(
        "assistant",
        2,
        2,
        said({ type: "tool_use", id: `t${turn}`, name: "Bash", input: { command: words(turn + 1, 12) } }),
        {
          requestId: `req_${turn}`,
        },
      ),
      line("user", 3, 4, { role: "user", content: results }, { toolUseResult: { stdout: output, stderr: "" } }),
    ];
    for (const one of found) {
      lines.push(one);
      size += one.length + 1;
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Text of `count` words that are not those of another seed. */
export function words(seed: number, count: number): string {
  let state = seed >>> 0 || 1;
  return Array.from({ length: count }, () => {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 >>> 0;
    return state.toString(36);
  }).join(" ");
}
