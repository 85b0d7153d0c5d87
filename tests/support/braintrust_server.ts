/**
 * Braintrust on the loopback: the calls that our client, the service's SDK and its CLI make, with replace and merge as the
 * service does them, a key, a request size limit, a limit of queries a minute, and faults on demand.
 *
 * @module
 */
import { SqlError, type SqlServed, sqlService, type StoredRow } from "./braintrust_sql.ts";

/** One request as it came in. */
export interface SeenCall {
  method: string;
  path: string;
  body: string;
  authorization: string | null;
}

/** What goes wrong with one call; used up by the first that it fits. */
export interface CallFault {
  /** Part of the path it applies to. */
  on: string;
  status: number;
  retryAfter?: string;
  /** Rows are stored before the error is answered: the client cannot know. */
  afterStoring?: boolean;
  html?: boolean;
  /** Spaces without end. */
  endless?: boolean;
}

/** Settings of {@link serveBraintrust}. */
export interface BraintrustServed extends SqlServed {
  /** The only key that is taken. */
  key?: string;
  projects?: string[];
  faults?: CallFault[];
  /** Requests with a larger body are answered 413. */
  maxBodyBytes?: number;
  queriesPerMinute?: number;
  /** Milliseconds that an insert takes. */
  latencyMs?: number;
  /** Whether `_is_merge` is known; a data plane that does not know it replaces the row. */
  merges?: boolean;
}

/** A running server. */
export interface BraintrustServer extends AsyncDisposable {
  url: string;
  key: string;
  seen: SeenCall[];
  faults: CallFault[];
  /** Rows of a project's logs by id. */
  logs(project: string): Map<string, StoredRow>;
  /** Records of a dataset by id. */
  dataset(name: string): Map<string, StoredRow>;
  /** Rows of an experiment by id. */
  experiment(name: string): Map<string, StoredRow>;
  /** Id of a project. */
  projectId(name: string): string;
  /** Comments by the id of their row. */
  comments(id: string): string[];
  /** Rows that came over OTLP, as they came. */
  otlp: { headers: Headers; document: unknown }[];
  /** How many rows were put in, repeated ones included. */
  written(): number;
}

interface Named {
  id: string;
  name: string;
  org_id: string;
  project_id?: string;
}

/** Starts the server on a free port. */
export function serveBraintrust(served: BraintrustServed = {}): BraintrustServer {
  const { key = "bt-test-key", latencyMs = 0, merges: mergesRows = true } = served;
  const comments = new Map<string, string[]>();
  const [seen, faults] = [[] as SeenCall[], [...served.faults ?? []]];
  const [projects, datasets, experiments] = [[] as Named[], [] as Named[], [] as Named[]];
  const objects = new Map<string, Map<string, StoredRow>>();
  const otlp: BraintrustServer["otlp"] = [];
  const queries: number[] = [];
  let [written, transaction] = [0, 0];
  const add = (list: Named[], type: string, name: string, project_id?: string): Named => {
    const known = list.find((one) => one.name === name && one.project_id === project_id);
    if (known) return known;
    const fresh = { id: crypto.randomUUID(), name, org_id: "org", ...(project_id === undefined ? {} : { project_id }) };
    list.push(fresh);
    objects.set(`${type} ${fresh.id}`, new Map());
    return fresh;
  };
  for (const name of served.projects ?? []) add(projects, "project_logs", name);

  const store = (type: string, id: string, events: readonly StoredRow[]): string[] => {
    const rows = objects.get(`${type} ${id}`);
    if (!rows) throw new Refused(404, `there is no ${type} ${id}`);
    transaction++;
    return events.map((event) => {
      const { _is_merge: merges, _audit_source: _s, _audit_metadata: _m, ...sent } = event;
      if (sent["comment"]) {
        const about = (sent["origin"] as { id: string }).id;
        comments.set(about, [...comments.get(about) ?? [], (sent["comment"] as { text: string }).text]);
        return about;
      }
      const rowId = typeof sent["id"] === "string" ? sent["id"] : crypto.randomUUID();
      const before = rows.get(rowId);
      const row = merges && mergesRows && before ? merged(before, sent) as StoredRow : { ...sent };
      rows.set(rowId, {
        ...row,
        id: rowId,
        created: row["created"] ?? before?.["created"] ?? new Date().toISOString(),
        is_root: row["span_id"] !== undefined && row["span_id"] === row["root_span_id"],
        _xact_id: String(1_000_000_000_000_000 + transaction),
      });
      written++;
      return rowId;
    });
  };

  const rowsOf = (type: string, id: string) => {
    const rows = objects.get(`${type} ${id}`);
    return rows && { rows: [...rows.values()], version: `${transaction} ${rows.size}` };
  };
  const sql = sqlService(rowsOf, served);

  async function route(method: string, url: URL, body: string, headers: Headers): Promise<unknown> {
    const path = url.pathname;
    if (path === "/version") return { version: "2.0.0", commit: "test" };
    const json = body === "" ? {} : JSON.parse(body) as StoredRow;
    const name = String(json["name"] ?? json["project_name"] ?? "");
    if (path === "/api/apikey/login") {
      return {
        org_info: [{ id: "org", name: "tests", api_url: url.origin, proxy_url: url.origin, is_universal_api: true }],
      };
    }
    if (path === "/api/project/register") {
      return { project: add(projects, "project_logs", name) };
    }
    if (path === "/api/dataset/register" || path === "/v1/dataset" || path === "/api/experiment/register") {
      const project = json["project_id"]
        ? projects.find(({ id }) => id === json["project_id"])
        : add(projects, "project_logs", String(json["project_name"]));
      if (!project) throw new Refused(404, "there is no such project");
      if (path === "/api/experiment/register") {
        const experiment = add(experiments, "experiment", String(json["experiment_name"] ?? "experiment"), project.id);
        return { project, experiment: { ...experiment, created: new Date().toISOString(), public: false } };
      }
      const dataset = add(datasets, "dataset", String(json["dataset_name"] ?? json["name"]), project.id);
      return path === "/v1/dataset" ? dataset : { project, dataset };
    }
    if (path === "/v1/project" && method === "GET") {
      const wanted = url.searchParams.get("project_name");
      return { objects: projects.filter((one) => wanted === null || one.name === wanted) };
    }
    if (path === "/v1/project") return add(projects, "project_logs", name);
    const insert = /^\/v1\/(project_logs|dataset)\/([^/]+)\/insert$/.exec(path);
    if (insert) return { row_ids: store(insert[1]!, insert[2]!, json["events"] as StoredRow[]) };
    if (path === "/logs3") {
      return { ids: (json["rows"] as StoredRow[]).flatMap((row) => store(...objectOf(row), [withoutObject(row)])) };
    }
    if (path === "/btql") return await answerQuery(json["query"], json);
    if (path === "/otel/v1/traces") {
      otlp.push({ headers, document: json });
      return {};
    }
    throw new Refused(404, `${method} ${path} is not known here`);
  }

  async function answerQuery(query: unknown, body: StoredRow): Promise<unknown> {
    const now = Date.now();
    while (queries.length && queries[0]! <= now - 60_000) queries.shift();
    if (queries.length >= (served.queriesPerMinute ?? Infinity)) throw new Refused(429, "too many queries", "1");
    queries.push(now);
    if (typeof query === "string") return { ...await sql.answer(query), schema: {} };
    // The SDK sends its queries taken apart; it only ever asks for all rows of an object.
    const { name, args } = (query as { from: { name: { name: string[] }; args: { value: string }[] } }).from;
    const all = rowsOf(name.name[0]!, args[0]!.value)?.rows ?? [];
    return { data: body["cursor"] ? [] : all, schema: {}, cursor: null };
  }

  const handler = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const body = await textOf(request);
    const authorization = request.headers.get("authorization");
    seen.push({ method: request.method, path: url.pathname, body, authorization });
    try {
      if (authorization !== `Bearer ${key}` && url.pathname !== "/version") throw new Refused(401, "invalid key");
      if (body.length > (served.maxBodyBytes ?? Infinity)) throw new Refused(413, "request entity too large");
      const at = faults.findIndex(({ on }) => url.pathname.includes(on));
      const fault = at < 0 ? undefined : faults.splice(at, 1)[0];
      if (fault && !fault.afterStoring) return faulty(fault);
      if (latencyMs && /insert|logs3/.test(url.pathname)) await new Promise((done) => setTimeout(done, latencyMs));
      const answer = await route(request.method, url, body, request.headers);
      return fault ? faulty(fault) : Response.json(answer);
    } catch (error) {
      if (error instanceof SqlError) return Response.json({ error: error.message }, { status: 400 });
      if (!(error instanceof Refused)) return Response.json({ error: (error as Error).message }, { status: 500 });
      const headers = error.retryAfter === undefined ? {} : { "retry-after": error.retryAfter };
      return Response.json({ error: error.message }, { status: error.status, headers });
    }
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  const rowsNamed = (list: Named[], type: string, name: string) =>
    objects.get(`${type} ${list.find((one) => one.name === name)?.id}`) ?? new Map<string, StoredRow>();
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    key,
    seen,
    faults,
    otlp,
    logs: (project) => rowsNamed(projects, "project_logs", project),
    dataset: (name) => rowsNamed(datasets, "dataset", name),
    experiment: (name) => rowsNamed(experiments, "experiment", name),
    projectId: (name) => projects.find((one) => one.name === name)!.id,
    comments: (id) => comments.get(id) ?? [],
    written: () => written,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      sql[Symbol.dispose]();
    },
  };
}

class Refused extends Error {
  constructor(readonly status: number, message: string, readonly retryAfter?: string) {
    super(message);
  }
}

function faulty({ status, retryAfter, html, endless }: CallFault): Response {
  if (endless) {
    const piece = new Uint8Array(1 << 20).fill(32);
    return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(piece) }), { status });
  }
  const headers = new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter });
  if (!html) return Response.json({ error: `scripted ${status}` }, { status, headers });
  headers.set("content-type", "text/html");
  return new Response("<!doctype html><title>Sign in</title>", { status, headers });
}

/** Objects are merged key by key, at any depth; anything else is replaced. */
function merged(before: unknown, sent: unknown): unknown {
  if (!isObject(before) || !isObject(sent)) return sent;
  const keys = new Set([...Object.keys(before), ...Object.keys(sent)]);
  return Object.fromEntries([...keys].map((k) => [k, k in sent ? merged(before[k], sent[k]) : before[k]]));
}

const isObject = (value: unknown): value is StoredRow =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function objectOf(row: StoredRow): [type: string, id: string] {
  if (row["experiment_id"]) return ["experiment", String(row["experiment_id"])];
  if (row["dataset_id"]) return ["dataset", String(row["dataset_id"])];
  return ["project_logs", String(row["project_id"])];
}

function withoutObject(row: StoredRow): StoredRow {
  const { project_id: _p, dataset_id: _d, experiment_id: _e, log_id: _l, ...event } = row;
  return event;
}

async function textOf(request: Request): Promise<string> {
  if (request.headers.get("content-encoding") !== "gzip" || !request.body) return await request.text();
  return await new Response(request.body.pipeThrough(new DecompressionStream("gzip"))).text();
}
