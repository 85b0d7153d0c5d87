/** Generated OTLP/JSON, as a collector's file exporter writes it. @module */
import { words } from "./claude_code.ts";

/** Writes requests of the calls of one session each, a line a request, until the file has the size. */
export async function writeOtlp(path: string, bytes: number): Promise<number> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  let written = 0;
  for (let session = 0; written < bytes; session++) {
    const line = encoder.encode(`${JSON.stringify(request(session))}\n`);
    await writer.write(line);
    written += line.length;
  }
  await writer.close().catch(() => {});
  return written;
}

const string = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const integer = (key: string, intValue: number) => ({ key, value: { intValue: String(intValue) } });
const hex = (n: number, digits: number) => n.toString(16).padStart(digits, "0");

function request(session: number) {
  const messages: unknown[] = [{ role: "user", parts: [{ type: "text", content: words(session, 200) }] }];
  const spans = Array.from({ length: 12 }, (_, turn) => {
    const input = JSON.stringify(messages);
    const args = { command: words(turn, 10) };
    const answer = { role: "assistant", parts: [{ type: "tool_call", id: `t${turn}`, name: "run", arguments: args }] };
    const response = { type: "tool_call_response", id: `t${turn}`, response: words(session * 31 + turn, 300) };
    messages.push(answer, { role: "tool", parts: [response] });
    const start = (1_770_000_000 + session * 100 + turn) * 1e9;
    return {
      traceId: hex(session + 1, 32),
      spanId: hex(session * 100 + turn + 1, 16),
      name: "chat m-large",
      kind: 3,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + 5e8),
      attributes: [
        string("gen_ai.operation.name", "chat"),
        string("gen_ai.provider.name", "openai"),
        string("gen_ai.request.model", "m-large"),
        string("gen_ai.conversation.id", `session-${session}`),
        integer("gen_ai.usage.input_tokens", 1000 + turn),
        integer("gen_ai.usage.output_tokens", 50),
        string("gen_ai.input.messages", input),
        string("gen_ai.output.messages", JSON.stringify([answer])),
      ],
      status: {},
    };
  });
  const resource = { attributes: [string("service.name", "librarian")] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "bench" }, spans }] }] };
}
