/**
 * Stands before a server and cuts connections where a test wants it: what a broken network does to a request.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** What happens to a request whose connection is cut. */
export type Cut =
  /** The server never sees it. */
  | "request lost"
  /** The server does it; only its answer is lost. */
  | "answer lost"
  /** The server does it after a while, when the sender has given up. */
  | "request late";

/** A proxy that runs. */
export interface CuttingProxy {
  url: string;
  /** The next request that has this text in its address is cut; resolves with the server's status, null where it saw none. */
  cutNext(text: string, cut: Cut): Promise<number | null>;
  close(): Promise<void>;
}

/** Starts a proxy before `target`. @param lateMs how late is late */
export async function cuttingProxy(target: string, lateMs: number): Promise<CuttingProxy> {
  const { createServer } = await import("node:http");
  let next: { text: string; cut: Cut; done: (status: number | null) => void } | null = null;
  const server = createServer(async (request, response) => {
    const forward = async (body: Uint8Array<ArrayBuffer>) =>
      await fetch(`${target}${request.url}`, {
        method: "POST",
        headers: credentials(request),
        body,
        signal: AbortSignal.timeout(30_000),
      });
    const cut = next !== null && decodeURIComponent((request.url ?? "").replaceAll("+", " ")).includes(next.text)
      ? next
      : null;
    if (cut) next = null;
    const body = new Uint8Array(Buffer.concat(await Array.fromAsync(request)));
    if (!cut) {
      const answer = await forward(body).catch(() => null);
      if (!answer) return request.socket.destroy();
      response.writeHead(answer.status, [...answer.headers].filter(([name]) => !HOP.includes(name)).flat());
      return response.end(new Uint8Array(await answer.arrayBuffer()));
    }
    const send = async () => {
      try {
        const answer = await forward(body);
        await answer.text();
        return answer.status;
      } catch {
        return null;
      }
    };
    if (cut.cut === "answer lost") cut.done(await send());
    request.socket.destroy();
    if (cut.cut === "request lost") cut.done(null);
    if (cut.cut === "request late") setTimeout(async () => cut.done(await send()), lateMs);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    cutNext: (text, cut) => new Promise((done) => next = { text, cut, done }),
    close: () =>
      new Promise((done) => {
        // A connection that was cut may never be counted as closed.
        const enough = setTimeout(done, 2000);
        server.close(() => {
          clearTimeout(enough);
          done();
        });
        server.closeAllConnections();
      }),
  };
}

/** Headers that are about one connection, not about the answer. */
const HOP = ["connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding"];

/** The headers that ClickHouse reads; without accept-encoding it answers in plain text. */
function credentials({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" && /^(x-clickhouse-|authorization$|content-type$)/.test(name) ? [[name, value]] : []
    ),
  );
}
