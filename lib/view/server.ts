import { z } from "zod";
import { labelMoves, nextToLabel } from "../analysis/mod.ts";
import type { SessionBrowser } from "../engines/mod.ts";
import { checkRow, FILTER_COLUMNS, type Label, RowError, type Session } from "../model/mod.ts";
import { sessionFilterSchema } from "../model/session_filter.ts";
import { redactSecrets } from "../traces/mod.ts";
import type { JudgeVerdict } from "../judge/mod.ts";
import { mcnemar, newcombe, seededRandom } from "../stats/mod.ts";
import { firstDifference } from "./compare.ts";
import type { ViewConversation } from "./conversation.ts";
import { guardOf, SAFE_HEADERS } from "./guard.ts";
import type { LabelBook } from "./labels.ts";
import type { Conversations } from "./spool.ts";

/** What a workbench shows and where it writes. */
export interface ViewOptions {
  /** A few words on where the sessions are from. */
  caption: string;
  browser: SessionBrowser;
  /** Sessions in memory for what labels move; null where they stay in an engine. */
  sessions: readonly Session[] | null;
  /** Null where the source has no texts. */
  conversations: Conversations | null;
  labels: LabelBook;
  /** Verdicts with evidence and failing call, by session. */
  verdicts: ReadonlyMap<string, readonly JudgeVerdict[]>;
  /** Names of modes that a session can be labelled with. */
  modes: readonly { id: string; name: string }[];
  /** The page's files by path: `/`, `/app.js`, `/app.css`. */
  files: ReadonlyMap<string, { type: string; body: string | Uint8Array<ArrayBuffer> }>;
  /** Random and unguessable. */
  token: string;
  /** 0 for any free one. */
  port?: number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** A whole number: the chance of what is labelled next. */
  seed?: number;
  signal?: AbortSignal;
}

/** A workbench that answers. */
export interface View {
  /** The address with the token: whoever has it sees everything. */
  url: string;
  port: number;
  finished: Promise<void>;
  close(): Promise<void>;
}

/** Most rows of one page of the table, and most characters of one piece that are sent unasked. */
const MOST_ROWS = 500;
const MOST_CHARACTERS = 4000;

/** Largest request body, in bytes. */
const MOST_BYTES = 100_000;

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
    const { pathname, searchParams } = new URL(request.url);
    try {
      const file = request.method === "GET" ? options.files.get(pathname) : undefined;
      if (file) return new Response(file.body, { headers: { ...SAFE_HEADERS, "content-type": file.type } });
      return json(await answer(request.method, pathname, searchParams, request, options));
    } catch (error) {
      const status = error instanceof NotThere ? 404 : error instanceof RowError || error instanceof Asked ? 400 : 500;
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

class NotThere extends Error {}
class Asked extends Error {}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { ...SAFE_HEADERS, "content-type": "application/json; charset=utf-8" },
  });
}

async function answer(
  method: string,
  path: string,
  search: URLSearchParams,
  request: Request,
  options: ViewOptions,
): Promise<unknown> {
  const { browser } = options;
  switch (`${method} ${path}`) {
    case "GET /api/about":
      return {
        caption: options.caption,
        total: browser.total,
        texts: options.conversations?.progress() ?? null,
        modes: options.modes,
        labels: options.labels.path,
        columns: [...FILTER_COLUMNS].map(([name, { kind }]) => ({ name, kind })),
      };
    case "GET /api/rows": {
      const [filter, sort] = [filterOf(search), sortOf(search)];
      const [offset, limit] = [whole(search, "offset", 0), Math.min(MOST_ROWS, whole(search, "limit", 100))];
      const [count, rows] = [await browser.count(filter), await browser.page(filter, sort, offset, limit)];
      return { count, rows: rows.map((row) => ({ ...row, label: labelsOf(options, row.sessionId) })) };
    }
    case "GET /api/charts":
      return await chartsOf(search, browser);
    case "GET /api/session":
      return await sessionOf(named(search, "id"), options);
    case "GET /api/piece": {
      const conversation = await conversationOf(named(search, "id"), options);
      const piece = conversation?.pieces[whole(search, "n", 0)];
      if (!piece) throw new NotThere("there is no such piece");
      return piece;
    }
    case "GET /api/around": {
      const ids = await browser.ids(filterOf(search), sortOf(search), 100_000);
      const at = ids.indexOf(named(search, "id"));
      return { before: ids[at - 1] ?? null, after: at < 0 ? null : ids[at + 1] ?? null, place: at + 1, of: ids.length };
    }
    case "GET /api/labels":
      return options.labels.latest();
    case "POST /api/labels":
      return await addLabel(request, options);
    case "GET /api/next":
      return nextToLabel(
        inMemory(options),
        options.labels.all(),
        whole(search, "n", 20),
        seededRandom((options.seed ?? 1) + options.labels.all().length),
      );
    case "GET /api/moves": {
      const by = search.get("by") ?? "harness";
      if (by !== "harness" && by !== "model" && by !== "benchmark" && by !== "config") {
        throw new Asked(`by: expected harness, model, benchmark or config, found ${by}`);
      }
      return labelMoves(inMemory(options), options.labels.all(), by, { random: seededRandom(options.seed ?? 1) });
    }
    case "GET /api/compare":
      return await compareSessions(named(search, "a"), named(search, "b"), options);
    case "GET /api/configs":
      return compareConfigs(named(search, "a"), named(search, "b"), inMemory(options));
    default:
      throw new NotThere(`there is no ${path}`);
  }
}

function inMemory({ sessions }: ViewOptions): readonly Session[] {
  if (sessions === null) {
    throw new Asked(
      "the sessions stay in their engine, and this needs each of them: open it with TRACES_SESSIONS=N to hold N",
    );
  }
  return sessions;
}

function named(search: URLSearchParams, name: string): string {
  const value = search.get(name);
  if (!value) throw new Asked(`${name}: expected a value, found none`);
  return value;
}

function whole(search: URLSearchParams, name: string, otherwise: number): number {
  const text = search.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,12}$/.test(text)) throw new Asked(`${name}: expected a whole number, found ${JSON.stringify(text)}`);
  return Number(text);
}

function filterOf(search: URLSearchParams) {
  const text = search.get("filter");
  if (!text) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Asked("filter: expected JSON");
  }
  return checkRow(sessionFilterSchema, value, "filter", null);
}

function sortOf(search: URLSearchParams) {
  const text = search.get("sort");
  if (!text) return null;
  const column = text.replace(/^-/, "");
  if (!FILTER_COLUMNS.has(column)) throw new Asked(`sort: there is no column ${JSON.stringify(column)}`);
  return { column, descending: text.startsWith("-") };
}

function labelsOf({ labels }: ViewOptions, sessionId: string): Label[] {
  return labels.latest().filter((label) => label.session_id === sessionId);
}

/** The four charts, each under the conditions of the others: a bar that is picked stays beside those that were not. */
async function chartsOf(search: URLSearchParams, browser: SessionBrowser) {
  const filter = filterOf(search);
  const without = (column: string) => Object.fromEntries(Object.entries(filter).filter(([name]) => name !== column));
  const histogram = async (column: string) => ({
    column,
    bins: await browser.bins(without(column), column, 24, true),
    unknown: await browser.count({ ...without(column), [column]: { in: [null] } }),
  });
  return {
    configs: await browser.groups(without("config"), "config", 40),
    tokens: await histogram("total_tokens"),
    duration: await histogram("duration_s"),
    calls: await histogram("calls"),
  };
}

async function conversationOf(id: string, { conversations }: ViewOptions): Promise<ViewConversation | null> {
  return conversations === null ? null : await conversations.get(id);
}

async function sessionOf(id: string, options: ViewOptions) {
  const [session] = await options.browser.sessions([id]);
  if (!session) throw new NotThere(`there is no session ${JSON.stringify(id)}`);
  const conversation = await conversationOf(id, options);
  return {
    session,
    labels: labelsOf(options, id),
    verdicts: (options.verdicts.get(id) ?? []).map(({ raw: _raw, ...verdict }) => verdict),
    conversation: conversation && {
      ...conversation,
      pieces: conversation.pieces.map((piece) => ({
        ...piece,
        text: piece.text.slice(0, MOST_CHARACTERS),
        characters: piece.text.length,
      })),
    },
  };
}

const labelBody = z.strictObject({
  session_id: z.string().min(1),
  rater: z.string().min(1).max(200),
  verdict: z.union([z.literal(0), z.literal(1)]).nullable(),
  mode: z.string().min(1).max(200).nullable(),
  comment: z.string().max(10_000).nullable(),
  sampling_probability: z.number().positive().max(1).nullable(),
  stratum: z.string().max(1000).nullable(),
});

async function addLabel(request: Request, options: ViewOptions): Promise<Label> {
  if (Number(request.headers.get("content-length") ?? MOST_BYTES + 1) > MOST_BYTES) throw new Asked("label: too long");
  const given = checkRow(labelBody, await request.json(), "label", null);
  const [session] = await options.browser.sessions([given.session_id]);
  if (!session) throw new NotThere(`there is no session ${JSON.stringify(given.session_id)}`);
  const label: Label = {
    ...given,
    comment: given.comment === null ? null : redactSecrets(given.comment).text,
    at: new Date(options.now()).toISOString(),
  };
  await options.labels.add(label);
  return label;
}

async function compareSessions(a: string, b: string, options: ViewOptions) {
  const [first, second] = [await sessionOf(a, options), await sessionOf(b, options)];
  const pieces = [first, second].map(({ conversation }) => conversation?.pieces ?? []);
  return { a: first, b: second, differs: firstDifference(pieces[0]!, pieces[1]!) };
}

/** Two configs on the tasks that both ran, paired where each ran a task once; else all their sessions beside each other. */
function compareConfigs(a: string, b: string, sessions: readonly Session[]) {
  const of = (config: string) => sessions.filter((s) => `${s.harness} · ${s.model}` === config && s.success !== null);
  const [first, second] = [of(a), of(b)];
  const byTask = (rows: readonly Session[]) => {
    const known = rows.filter(({ taskId }) => taskId !== null);
    return Map.groupBy(known, (s) => JSON.stringify([s.benchmark, s.taskId, s.trial]));
  };
  const [one, other] = [byTask(first), byTask(second)];
  const pairs = [...one].flatMap(([key, rows]) => {
    const others = other.get(key);
    return others ? [{ key, a: rows[0]!, b: others[0]! }] : [];
  });
  const k = (rows: readonly Session[]) => rows.filter(({ success }) => success === 1).length;
  const unpaired = first.length && second.length
    ? newcombe({ k1: k(first), n1: first.length, k2: k(second), n2: second.length })
    : null;
  const count = (x: number, y: number) => pairs.filter((pair) => pair.a.success === x && pair.b.success === y).length;
  const paired = pairs.length
    ? mcnemar({ both: count(1, 1), onlyFirst: count(1, 0), onlySecond: count(0, 1), neither: count(0, 0) })
    : null;
  return {
    a: { config: a, n: first.length, k: k(first) },
    b: { config: b, n: second.length, k: k(second) },
    unpaired,
    paired,
    pairs: pairs.map(({ a, b }) => ({
      task: a.taskId,
      benchmark: a.benchmark,
      a: { id: a.sessionId, success: a.success },
      b: { id: b.sessionId, success: b.success },
    })),
  };
}
