/**
 * An OpenAI-compatible endpoint on the loopback for the tests: answers by a script, with latency, and misbehaves in the
 * ways real ones do. Run as a program it is the benches' endpoint (`--latency MS --port N`).
 *
 * @module
 */
import { parseArgs } from "node:util";

/** One request as it arrived. */
export interface SeenRequest {
  model: string;
  /** Content of the last user message. */
  last: string;
  /** Content of the first user message: the judge's prompt. */
  prompt: string;
  body: Record<string, unknown>;
  authorization: string | null;
  /** How many requests with this prompt came before. */
  nth: number;
}

/** How to answer one request. */
export type Behaviour =
  /** A completion with this text. */
  | { text: string; finish?: string; usage?: { prompt_tokens: number; completion_tokens: number } | null }
  | { refusal: string }
  /** An HTTP error. */
  | { status: number; headers?: Record<string, string>; error?: Record<string, unknown>; html?: boolean }
  /** Headers, then silence until the client gives up. */
  | "stall"
  /** No answer at all until the client gives up. */
  | "silent"
  /** The connection is closed in the middle of the body. */
  | "drop"
  /** A whole HTTP answer whose JSON is cut off. */
  | "truncated body";

/** The running server. */
export interface LlmServer {
  url: string;
  requests: SeenRequest[];
  /** Most requests that were open at once. */
  peak(): number;
  close(): Promise<void>;
}

/** Starts the server on a free port; `behave` decides each answer. */
export function startLlmServer(
  behave: (request: SeenRequest) => Behaviour,
  { latencyMs = 0, port = 0, keep = true }: { latencyMs?: number; port?: number; keep?: boolean } = {},
): LlmServer {
  const requests: SeenRequest[] = [];
  const seen = new Map<string, number>();
  const ending = new AbortController();
  let [open, peak] = [0, 0];
  const handler = async (request: Request): Promise<Response> => {
    if (!request.url.endsWith("/chat/completions")) return new Response("not found", { status: 404 });
    peak = Math.max(peak, ++open);
    try {
      const body = await request.json();
      const users = body.messages.filter((m: { role: string }) => m.role === "user");
      const prompt: string = users[0].content;
      const nth = seen.get(prompt) ?? 0;
      if (keep) seen.set(prompt, nth + 1);
      const authorization = request.headers.get("authorization");
      const arrived = { model: body.model, last: users.at(-1).content, prompt, body, authorization, nth };
      if (keep) requests.push(arrived);
      if (latencyMs) await pause(latencyMs, ending.signal);
      return await respond(behave(arrived), arrived, ending.signal);
    } finally {
      open--;
    }
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, handler);
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    requests,
    peak: () => peak,
    close: async () => {
      ending.abort();
      await server.shutdown();
    },
  };
}

async function respond(behaviour: Behaviour, request: SeenRequest, ending: AbortSignal): Promise<Response> {
  if (behaviour === "silent") {
    await pause(600_000, ending);
    return new Response(null, { status: 504 });
  }
  const json = (value: unknown, init?: ResponseInit) =>
    new Response(JSON.stringify(value), {
      ...init,
      headers: { "content-type": "application/json", ...init?.headers as Record<string, string> },
    });
  if (behaviour === "truncated body") {
    return new Response('{"id":"x","choices":[{"mess', { headers: { "content-type": "application/json" } });
  }
  if (behaviour === "stall" || behaviour === "drop") {
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('{"id":"x","choices":['));
        if (behaviour === "stall") await pause(600_000, ending);
        controller.close();
      },
    });
    // Less than was announced: the client sees the connection end in the middle.
    const length = behaviour === "drop" ? { "content-length": "1000" } : {};
    return new Response(body, { headers: { "content-type": "application/json", ...length } });
  }
  if ("status" in behaviour) {
    const { status, headers, error, html } = behaviour;
    if (html) return new Response("<html>no</html>", { status, headers: { "content-type": "text/html", ...headers } });
    return json({ error: error ?? { message: `scripted ${status}` } }, { status, ...(headers ? { headers } : {}) });
  }
  const [content, refusal] = "refusal" in behaviour ? [null, behaviour.refusal] : [behaviour.text, null];
  const finish = "refusal" in behaviour ? "stop" : behaviour.finish ?? "stop";
  const usage = "refusal" in behaviour || behaviour.usage === undefined
    ? { prompt_tokens: Math.ceil(request.prompt.length / 4), completion_tokens: 40 }
    : behaviour.usage;
  return json({
    id: "chatcmpl-test",
    object: "chat.completion",
    model: request.model,
    choices: [{ index: 0, finish_reason: finish, message: { role: "assistant", content, refusal } }],
    ...(usage ? { usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens } } : {}),
  });
}

function pause(ms: number, ending: AbortSignal): Promise<void> {
  if (ending.aborted) return Promise.resolve();
  return new Promise((done) => {
    const timer = setTimeout(finish, ms);
    function finish() {
      clearTimeout(timer);
      ending.removeEventListener("abort", finish);
      done();
    }
    ending.addEventListener("abort", finish);
  });
}

/** A judge's answer as JSON text. */
export function answer(success: 0 | 1 | null, confidence = "high", evidence: number[] = [1]): string {
  return JSON.stringify({ reasoning: "Scripted by a test.", evidence, success, confidence });
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { latency: { type: "string" }, port: { type: "string" } } });
  const server = startLlmServer(() => ({ text: answer(1) }), {
    latencyMs: Number(values.latency ?? 0),
    port: Number(values.port ?? 0),
    keep: false,
  });
  console.log(server.url);
}
