import { RowError } from "../model/mod.ts";
import { redactSecrets } from "../traces/mod.ts";
import { answer, Plain } from "./answers.ts";
import { NotThere, WrongQuestion } from "./asked.ts";
import { guardOf, SAFE_HEADERS } from "./guard.ts";
import type { ViewFile, ViewOptions } from "./options.ts";

/** A workbench that answers. */
export interface View {
  /** The address with the token: whoever has it sees everything. */
  url: string;
  port: number;
  finished: Promise<void>;
  close(): Promise<void>;
}

/** Serves the workbench on 127.0.0.1. Whatever goes wrong in an answer is one line in it, without a stack. */
export function serveView(options: ViewOptions): View {
  const { token, signal } = options;
  let port = 0;
  const guard = guardOf(token, () => port);
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: options.port ?? 0,
    onListen: () => {},
    ...(signal ? { signal } : {}),
  }, async (request) => {
    const turned = guard.check(request);
    if (turned) return turned;
    const { pathname } = new URL(request.url);
    try {
      const file = request.method === "GET" ? options.files.get(pathname) : undefined;
      if (file) return fileAnswer(file);
      const found = await answer(request, options);
      return found instanceof Plain ? plain(found) : json(found);
    } catch (error) {
      const isAsked = error instanceof RowError || error instanceof WrongQuestion || error instanceof RangeError;
      const status = error instanceof NotThere ? 404 : isAsked ? 400 : 500;
      return json({ error: redactSecrets((error as Error).message.split("\n")[0]!).text }, status);
    }
  });
  port = server.addr.port;
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    port,
    finished: server.finished,
    close: () => server.shutdown(),
  };
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { ...SAFE_HEADERS, "content-type": "application/json; charset=utf-8" },
  });
}

function plain({ body, type, name }: Plain): Response {
  const headers = { ...SAFE_HEADERS, "content-type": type };
  return new Response(body, {
    headers: name === null ? headers : { ...headers, "content-disposition": `attachment; filename="${name}"` },
  });
}

function fileAnswer({ type, body, policy }: ViewFile): Response {
  const own = policy === undefined ? {} : { "content-security-policy": `${policy}; frame-ancestors 'none'` };
  return new Response(body, { headers: { ...SAFE_HEADERS, ...own, "content-type": type } });
}
