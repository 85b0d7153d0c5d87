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
  /** A completion with this text; `message`, `choice` and `body` replace parts of it. */
  | {
    text: string | null;
    finish?: string;
    usage?: Record<string, unknown> | null;
    message?: Record<string, unknown>;
    choice?: Record<string, unknown>;
    body?: Record<string, unknown>;
    /** Said in place of `application/json`. */
    type?: string;
    latencyMs?: number;
  }
  | { refusal: string }
  /** An HTTP error. */
  | { status: number; headers?: Record<string, string>; error?: Record<string, unknown>; html?: boolean }
  /** A body as it is. */
  | { raw: unknown; status?: number; headers?: Record<string, string> }
  /** Server-sent events. */
  | { events: (Record<string, unknown> | string)[]; type?: string }
  /** Headers, then silence until the client gives up. */
  | "stall"
  /** No answer at all until the client gives up. */
  | "silent"
  /** The connection is closed in the middle of the body. */
  | "drop"
  /** A whole HTTP answer whose JSON is cut off. */
  | "truncated body"
  /** A body that never ends, as fast as it is read. */
  | "endless";

/** What the server itself has counted as paid for. */
export interface Billed {
  calls: number;
  inputTokens: number;
  outputTokens: number;
}

/** The running server. */
export interface LlmServer {
  url: string;
  requests: SeenRequest[];
  /** Most requests that were open at once. */
  peak(): number;
  /** Calls that a model answered, whether the answer arrived or not. */
  billed(): Billed;
  /** Bytes of bodies without end that were sent. */
  endless(): number;
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
  let [open, peak, endless] = [0, 0, 0];
  const billed: Billed = { calls: 0, inputTokens: 0, outputTokens: 0 };
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
      const behaviour = behave(arrived);
      const usage = usageOf(behaviour, arrived);
      if (usage) {
        billed.calls++;
        billed.inputTokens += usage.prompt_tokens;
        billed.outputTokens += usage.completion_tokens;
      }
      const own = typeof behaviour === "object" && "text" in behaviour ? behaviour.latencyMs ?? 0 : 0;
      if (latencyMs + own) await pause(latencyMs + own, ending.signal);
      return await respond(behaviour, arrived, ending.signal, (bytes) => endless += bytes);
    } finally {
      open--;
    }
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, handler);
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    requests,
    peak: () => peak,
    billed: () => ({ ...billed }),
    endless: () => endless,
    close: async () => {
      ending.abort();
      await server.shutdown();
    },
  };
}

/** What a request really takes here: a token for four characters, 40 out. Null for what no model answers. */
function usageOf(behaviour: Behaviour, { prompt }: SeenRequest) {
  const usual = { prompt_tokens: Math.ceil(prompt.length / 4), completion_tokens: 40 };
  if (typeof behaviour === "string") return behaviour === "endless" ? null : usual;
  if ("text" in behaviour) {
    const { prompt_tokens, completion_tokens } = behaviour.usage ?? usual;
    const sane = Number(prompt_tokens) >= 0 && Number(completion_tokens) >= 0;
    return sane ? { prompt_tokens: Number(prompt_tokens), completion_tokens: Number(completion_tokens) } : usual;
  }
  const answered = "raw" in behaviour && JSON.stringify(behaviour.raw).includes('"choices":[{');
  return answered || "refusal" in behaviour || "events" in behaviour ? usual : null;
}

async function respond(
  behaviour: Behaviour,
  request: SeenRequest,
  ending: AbortSignal,
  onEndless: (bytes: number) => void,
): Promise<Response> {
  if (behaviour === "silent") {
    await pause(600_000, ending);
    return new Response(null, { status: 504 });
  }
  if (behaviour === "endless") {
    const piece = new Uint8Array(1 << 16).fill(32);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        onEndless(piece.length);
        controller.enqueue(piece);
      },
    });
    return new Response(body, { headers: { "content-type": "application/json" } });
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
  if ("raw" in behaviour) {
    const { raw, status = 200, headers = {} } = behaviour;
    return new Response(typeof raw === "string" ? raw : JSON.stringify(raw), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
  }
  if ("events" in behaviour) {
    const lines = behaviour.events.map((event) =>
      typeof event === "string" ? `${event}\n\n` : `data: ${JSON.stringify(event)}\n\n`
    );
    return new Response(lines.join(""), { headers: { "content-type": behaviour.type ?? "text/event-stream" } });
  }
  if ("status" in behaviour) {
    const { status, headers, error, html } = behaviour;
    if (html) return new Response("<html>no</html>", { status, headers: { "content-type": "text/html", ...headers } });
    return json({ error: error ?? { message: `scripted ${status}` } }, { status, ...(headers ? { headers } : {}) });
  }
  const given = "refusal" in behaviour ? { text: null } : behaviour;
  const finish = "refusal" in behaviour ? "stop" : behaviour.finish ?? "stop";
  const usage = "refusal" in behaviour || behaviour.usage === undefined ? usageOf(behaviour, request) : behaviour.usage;
  const refusal = "refusal" in behaviour ? behaviour.refusal : null;
  const message = { role: "assistant", content: given.text, refusal, ...given.message };
  const total = usage && !("total_tokens" in usage)
    ? { total_tokens: Number(usage.prompt_tokens) + Number(usage.completion_tokens) }
    : {};
  return json({
    id: "chatcmpl-test",
    object: "chat.completion",
    model: request.model,
    choices: [{ index: 0, finish_reason: finish, message, ...given.choice }],
    ...(usage ? { usage: { ...usage, ...total } } : {}),
    ...given.body,
  }, given.type === undefined ? {} : { headers: { "content-type": given.type } });
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
export function answer(
  success: unknown,
  confidence: unknown = "high",
  evidence: unknown = [1],
  over: Record<string, unknown> = {},
): string {
  return JSON.stringify({ reasoning: "Scripted by a test.", evidence, success, confidence, ...over });
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
