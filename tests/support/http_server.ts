/**
 * A local server that stands in for the Hub and for any host of files: listings, redirects to another origin, ranges,
 * ETags, and faults on demand.
 *
 * @module
 */

/** What goes wrong with one answer. Each fault is used up by the first request that it fits. */
export interface Fault {
  /** Part of the URLs it applies to; any when absent. */
  on?: string;
  kind:
    | "status"
    /** The connection breaks after `bytes`. */
    | "drop"
    /** The body ends after `bytes`, properly, although the headers promise more. */
    | "truncate"
    /** Nothing comes after `bytes`. */
    | "stall"
    | "ignore range"
    | "wrong range"
    /** Other bytes of the same length. */
    | "corrupt";
  status?: number;
  retryAfter?: string;
  bytes?: number;
}

/** One request as it came in. */
export interface Seen {
  method: string;
  /** Path and query. */
  path: string;
  origin: string;
  range: string | null;
  ifRange: string | null;
  authorization: string | null;
}

/** A server that is running. */
export interface HttpServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  endpoint: string;
  /** Where redirects lead. */
  storage: string;
  /** Every request so far, in order. */
  seen: Seen[];
  /** Further faults may be added while it runs. */
  faults: Fault[];
}

/** Files by path, as bytes or as the path of a local file. */
export type Files = Record<string, Uint8Array<ArrayBuffer> | string>;

/** A dataset for the server to list and to hand out. */
export interface ServedDataset {
  repo: string;
  revision: string;
  files: Files;
}

/** What the server holds. */
export interface Served {
  /** Handed out at `/PATH`. */
  files?: Files;
  datasets?: ServedDataset[];
  faults?: Fault[];
  /** Entries of a page of a listing. */
  pageSize?: number;
  /** A token without which datasets are not handed out. */
  token?: string;
}

/** Starts a server on two free ports of 127.0.0.1: the Hub's, and the storage that it redirects to. */
export function serve(served: Served): HttpServer {
  const seen: Seen[] = [];
  const faults = [...served.faults ?? []];
  const handler = (answer: (request: Request, url: URL) => Promise<Response>) => async (request: Request) => {
    const url = new URL(request.url);
    seen.push({
      method: request.method,
      path: url.pathname + url.search,
      origin: url.origin,
      range: request.headers.get("range"),
      ifRange: request.headers.get("if-range"),
      authorization: request.headers.get("authorization"),
    });
    const index = faults.findIndex(({ on }) => on === undefined || request.url.includes(on));
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0];
    if (fault?.kind === "status") {
      const headers = new Headers(fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter });
      return new Response("fault", { status: fault.status ?? 503, headers });
    }
    return fault ? await faulty(fault, request, answer) : await answer(request, url);
  };
  const listen = {
    port: 0,
    hostname: "127.0.0.1",
    onListen: () => {},
    onError: () => new Response(null, { status: 500 }),
  };
  const storage = Deno.serve(listen, handler((request, url) => fromStorage(served, request, url)));
  const storageOrigin = `http://127.0.0.1:${storage.addr.port}`;
  const hub = Deno.serve(listen, handler((request, url) => fromHub(served, storageOrigin, request, url)));
  return {
    endpoint: `http://127.0.0.1:${hub.addr.port}`,
    storage: storageOrigin,
    seen,
    faults,
    async [Symbol.asyncDispose]() {
      await Promise.all([hub.shutdown(), storage.shutdown()]);
    },
  };
}

async function fromHub(served: Served, storage: string, request: Request, url: URL): Promise<Response> {
  const path = decodeURIComponent(url.pathname);
  const file = served.files?.[path.slice(1)];
  if (file !== undefined) return ranged(request, await bytesOf(file));
  for (const dataset of served.datasets ?? []) {
    const { repo, revision, files } = dataset;
    const needsToken = served.token !== undefined && request.headers.get("authorization") !== `Bearer ${served.token}`;
    if (path.includes(`datasets/${repo}/`) && needsToken) return new Response("no token", { status: 401 });
    if (path === `/api/datasets/${repo}/tree/${revision}`) return await listing(dataset, url, served.pageSize ?? 1000);
    const start = `/datasets/${repo}/resolve/${revision}/`;
    if (path.startsWith(start) && path.slice(start.length) in files) {
      return new Response(null, { status: 302, headers: { location: `${storage}${url.pathname}?signature=1` } });
    }
  }
  return new Response("not here", { status: 404 });
}

async function fromStorage(served: Served, request: Request, url: URL): Promise<Response> {
  const path = decodeURIComponent(url.pathname);
  for (const { repo, revision, files } of served.datasets ?? []) {
    const file = files[path.replace(`/datasets/${repo}/resolve/${revision}/`, "")];
    if (file !== undefined) return ranged(request, await bytesOf(file));
  }
  return new Response("not here", { status: 404 });
}

async function listing({ files }: ServedDataset, url: URL, pageSize: number): Promise<Response> {
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const names = Object.keys(files);
  const entries = await Promise.all(
    names.slice(from, from + pageSize).map(async (path) => {
      const bytes = await bytesOf(files[path]!);
      const oid = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
      return {
        type: "file",
        path,
        size: bytes.length,
        oid: oid.slice(0, 40),
        lfs: { oid, size: bytes.length, pointerSize: 1 },
      };
    }),
  );
  const headers = new Headers();
  if (from + pageSize < names.length) {
    const next = new URL(url);
    next.searchParams.set("cursor", String(from + pageSize));
    headers.set("link", `<${next}>; rel="next"`);
  }
  return Response.json(entries, { headers });
}

async function bytesOf(file: Uint8Array<ArrayBuffer> | string): Promise<Uint8Array<ArrayBuffer>> {
  return typeof file === "string" ? await Deno.readFile(file) : file;
}

async function ranged(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const etag = `"${new Uint8Array(await crypto.subtle.digest("SHA-1", bytes)).toHex()}"`;
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  const ifRange = request.headers.get("if-range");
  if (!match || (ifRange !== null && ifRange !== etag)) return new Response(bytes, { headers: { etag } });
  const start = Number(match[1]);
  const end = Math.min(bytes.length, match[2] ? Number(match[2]) + 1 : bytes.length);
  if (start >= bytes.length) {
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${bytes.length}` } });
  }
  const headers = { etag, "content-range": `bytes ${start}-${end - 1}/${bytes.length}` };
  return new Response(bytes.slice(start, end), { status: 206, headers });
}

async function faulty(
  fault: Fault,
  request: Request,
  answer: (request: Request, url: URL) => Promise<Response>,
): Promise<Response> {
  const plain = fault.kind === "ignore range" ? new Request(request.url) : request;
  const response = await answer(plain, new URL(request.url));
  if (fault.kind === "ignore range" || response.body === null) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status } = response;
  const headers = new Headers(response.headers);
  if (fault.kind === "wrong range") {
    headers.set("content-range", `bytes 1-${bytes.length}/${bytes.length + 1}`);
    return new Response(bytes, { status, headers });
  }
  if (fault.kind === "corrupt") return new Response(bytes.map((byte) => byte ^ 1), { status, headers });
  const head = bytes.slice(0, fault.bytes ?? Math.floor(bytes.length / 2));
  if (fault.kind === "truncate") {
    headers.delete("content-length");
    return new Response(head, { status, headers });
  }
  // The length is promised, so that the client sees a connection that broke and not a body that ended.
  headers.set("content-length", String(bytes.length));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (head.length > 0) controller.enqueue(head);
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (fault.kind === "drop") controller.error(new Error("dropped"));
      else await new Promise(() => {});
    },
  });
  return new Response(body, { status, headers });
}
