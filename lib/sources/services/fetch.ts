import { jsonFault } from "../../model/json_fault.ts";
import { join } from "node:path";
import type { Locations } from "../../io/cache.ts";
import { fileNameOf } from "../../io/file_name.ts";
import { bodyText, HttpError, type HttpOptions, request, retrying } from "../../io/http.ts";
import { type Progress, progressBar } from "../../io/progress.ts";
import { writeWhole } from "../../io/write.ts";
import type { Asked, Env, PageRequest, RowKind, Service } from "./service.ts";
import { LANGFUSE } from "./langfuse.ts";
import { LANGSMITH } from "./langsmith.ts";
import { PHOENIX } from "./phoenix.ts";

/** Services that traces are read from. */
export const SERVICES: readonly Service[] = [LANGFUSE, PHOENIX, LANGSMITH];

/** A project of a service, and which of its rows. */
export interface ServiceSpec {
  service: Service;
  project: string;
  from: string | null;
  to: string | null;
}

/** Settings of {@link fetchService}. */
export interface ServiceOptions extends HttpOptions, Pick<Locations, "cacheDir"> {
  /** Where keys are looked up. */
  env: Env;
  /** Told how far the copy is. */
  progress?: Progress;
  /** Ends the copy; what is there already is kept. */
  signal?: AbortSignal;
}

/** A copy of what a service has. */
export interface ServiceCopy {
  /** Of its pages. */
  folder: string;
  /** When it was begun. */
  asOf: string;
}

/** The project that a source names; null where it names no service. @throws {Error} saying what is expected */
export function parseServiceSpec(spec: string): ServiceSpec | null {
  const service = SERVICES.find(({ id }) => spec.startsWith(`${id}:`));
  if (!service) return null;
  const [, project = "", range] = /^(.+?)(?:@([^@]*\.\.[^@]*))?$/.exec(spec.slice(service.id.length + 1)) ?? [];
  const [from = "", to = ""] = range?.split("..") ?? [];
  const isRange = range === undefined ||
    (`${from}${to}` !== "" && [from, to].every((end) => end === "" || isTime(end)));
  if (project === "" || !isRange) {
    throw new Error(
      `"${spec}" is no project of ${service.title}: expected ${service.id}:PROJECT or ${service.id}:PROJECT@FROM..TO, ` +
        `each of them a time such as 2026-01-31 or 2026-01-31T12:00:00Z, or nothing`,
    );
  }
  return { service, project, from: isoOf(from), to: isoOf(to) };
}

const isTime = (text: string) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text));
const isoOf = (text: string) => text === "" ? null : new Date(text).toISOString();

/** What is kept beside the pages, so that a run that was interrupted goes on. */
interface State {
  source: string;
  asOf: string;
  asked: Asked;
  kinds: Record<string, { pages: number; rows: number; next: PageRequest | null }>;
}

/**
 * Copies what a service has of a project into the cache: a file of JSON lines for each page, and a file that says where to
 * go on. A copy that is complete is used as it is; it is as old as its folder's `state.json` says.
 *
 * @throws {HttpError} when the service refuses, saying which variables say who asks
 */
export async function fetchService(spec: string, options: ServiceOptions): Promise<ServiceCopy> {
  const { service, project, from, to } = parseServiceSpec(spec)!;
  const endpoint = service.endpoint(options.env);
  const folder = join(options.cacheDir, new URL(endpoint).host.replace(":", "_"), service.id, fileNameOf(spec));
  const [stateFile, pages] = [join(folder, "state.json"), join(folder, "pages")];
  const kept = await readState(stateFile);
  if (kept && Object.values(kept.kinds).every(({ next }) => next === null)) return { folder: pages, asOf: kept.asOf };
  const ask = asker(service, endpoint, options);
  const progress = options.progress ?? progressBar({ label: spec, unit: "rows" });
  try {
    const state = kept ?? await begun();
    const copying = { folder: pages, stateFile, ask, progress, signal: options.signal };
    for (const kind of service.kinds) await copyKind(kind, state, copying);
    return { folder: pages, asOf: state.asOf };
  } finally {
    progress.stop();
  }

  async function begun(): Promise<State> {
    const asOf = new Date((options.now ?? Date.now)()).toISOString();
    const values = async (request: PageRequest) => (await ask(request)).value;
    let called = project;
    try {
      called = await service.projectOf?.(project, values) ?? project;
    } catch (error) {
      throw error instanceof HttpError ? error : new Error(`${spec}: ${(error as Error).message}`, { cause: error });
    }
    const asked = { project: called, from, to: to ?? asOf };
    await Deno.mkdir(pages, { recursive: true });
    const kinds = service.kinds.map((kind) => [kind.name, { pages: 0, rows: 0, next: kind.first(asked)[0]! }]);
    return { source: spec, asOf, asked, kinds: Object.fromEntries(kinds) };
  }
}

interface Copying {
  folder: string;
  stateFile: string;
  ask: Ask;
  progress: Progress;
  signal?: AbortSignal | undefined;
}

/** An answer, as it was sent and as what it says. */
interface Answer {
  text: string;
  value: unknown;
}

type Ask = (request: PageRequest) => Promise<Answer>;

async function copyKind(kind: RowKind, state: State, copying: Copying): Promise<void> {
  const { folder, stateFile, ask, progress, signal } = copying;
  const at = state.kinds[kind.name]!;
  while (at.next) {
    signal?.throwIfAborted();
    const got = at.pages > 0
      ? { request: at.next, answer: await ask(at.next) }
      : await firstPage(kind, state.asked, ask);
    const page = got ? kind.page(got.answer.value, got.request) : { rows: [], next: null };
    if (got && JSON.stringify(page.next) === JSON.stringify(got.request)) {
      throw new Error(`${state.source}: page ${at.pages + 1} of ${kind.name} says that it comes after itself`);
    }
    at.pages++;
    if (got && page.rows.length) {
      const more = kind.more ? await orNone(ask, kind.more(page.rows, state.asked)) : null;
      const text = more ? `{"page":${got.answer.text},"more":${more.text}}` : got.answer.text;
      await writeWhole(join(folder, `${kind.name}-${String(at.pages).padStart(6, "0")}.json`), text);
    }
    at.rows += page.rows.length;
    at.next = page.next;
    await writeWhole(stateFile, JSON.stringify(state, null, 1));
    progress.update(Object.values(state.kinds).reduce((sum, { rows }) => sum + rows, 0), null);
  }
}

/** The first page in whichever of its ways the service has; null where it has none and need not. */
async function firstPage(
  kind: RowKind,
  asked: Asked,
  ask: Ask,
): Promise<{ request: PageRequest; answer: Answer } | null> {
  const ways = kind.first(asked);
  for (const [i, request] of ways.entries()) {
    const isLast = i === ways.length - 1;
    const answer = isLast && !kind.optional ? await ask(request) : await orNone(ask, request);
    if (answer) return { request, answer };
  }
  return null;
}

/** Statuses of a service that does not have what was asked for. */
const NOT_THERE = new Set([404, 405, 410, 501]);

async function orNone(ask: Ask, request: PageRequest): Promise<Answer | null> {
  try {
    return await ask(request);
  } catch (error) {
    if (error instanceof HttpError && NOT_THERE.has(error.status)) return null;
    throw error;
  }
}

function asker(service: Service, endpoint: string, options: ServiceOptions): Ask {
  const headers = service.headers(options.env);
  const who = service.variables.join(", ");
  const hints = {
    301: `; set the address that it sends on to (${who})`,
    308: `; set the address that it sends on to (${who})`,
    401: `; it does not know who asks: set ${who}`,
    403: `; who asks may not read it: set ${who}`,
    404: "; there is no such project, or no such list",
  };
  return async ({ path, body }) =>
    await retrying(async () => {
      const url = endpoint + path;
      // A redirect would take the keys elsewhere.
      const init: RequestInit = body
        ? { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) }
        : { headers };
      const response = await request(url, { ...init, redirect: "manual" }, { ...options, hints }, [200]);
      const text = await bodyText(response, url, options);
      try {
        return { text, value: JSON.parse(text) };
      } catch (error) {
        throw new HttpError(url, 502, `expected JSON; ${jsonFault(error)}`, null);
      }
    }, options);
}

async function readState(path: string): Promise<State | null> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new Error(`${path}: expected the state of a copy; delete its folder (${jsonFault(error)})`);
  }
}
