/** A local server that stands in for the services of traces: lists in pages, keys, faults. @module */

/** What one list of the service holds, and how it is paged. */
export interface ServedList {
  rows: readonly unknown[];
  /** Rows of a page. */
  size: number;
  /** How it says where to go on. */
  paging: "langfuse cursor" | "langfuse pages" | "phoenix" | "langsmith";
}

/** A server that is running. */
export interface TraceService extends AsyncDisposable {
  endpoint: string;
  /** Method, path and query, and body of each request so far. */
  seen: { asked: string; body: string; headers: Headers }[];
  /** Answers before any other, one each request that comes. */
  faults: Response[];
}

/**
 * Starts a service on a free port of 127.0.0.1.
 *
 * @param lists by path; what is a function answers as it says
 * @param isAllowed whether the headers of a request say who asks
 */
export function traceService(
  lists: Readonly<Record<string, ServedList | ((url: URL) => unknown)>>,
  isAllowed: (headers: Headers) => boolean,
): TraceService {
  const seen: TraceService["seen"] = [];
  const faults: Response[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const url = new URL(request.url);
    const body = await request.text();
    seen.push({
      asked: `${request.method} ${url.pathname}${decodeURIComponent(url.search)}`,
      body,
      headers: request.headers,
    });
    const fault = faults.shift();
    if (fault) return fault;
    if (!isAllowed(request.headers)) return new Response("who are you?", { status: 401 });
    const list = lists[url.pathname];
    if (!list) return new Response("{}", { status: 404 });
    return Response.json(typeof list === "function" ? list(url) : pageOf(list, url, body));
  });
  return {
    endpoint: `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}`,
    seen,
    faults,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function pageOf({ rows, size, paging }: ServedList, url: URL, body: string): unknown {
  const query = (name: string) => url.searchParams.get(name);
  const asked = paging === "langsmith" ? JSON.parse(body).cursor : query("cursor");
  const from = paging === "langfuse pages" ? (Number(query("page")) - 1) * size : Number((asked ?? "c0").slice(1));
  const data = rows.slice(from, from + size);
  const next = from + size < rows.length ? `c${from + size}` : null;
  switch (paging) {
    case "langfuse cursor":
      return { data, meta: next ? { cursor: next } : {} };
    case "langfuse pages":
      return { data, meta: { page: Number(query("page")), limit: size, totalPages: Math.ceil(rows.length / size) } };
    case "phoenix":
      return { data, next_cursor: next };
    case "langsmith":
      return { runs: data, cursors: { next } };
  }
}
