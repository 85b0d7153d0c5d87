import {
  type BraintrustClient,
  braintrustClient,
  type BraintrustRow,
  type Project,
  projectNamed,
  spanRows,
} from "../../lib/braintrust/mod.ts";
import { type Clock } from "../../lib/io/clock.ts";
import type { Redacted, TraceRow } from "../../lib/model/mod.ts";
import { type BraintrustServed, type BraintrustServer, serveBraintrust } from "../support/braintrust_server.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

/** The project of these tests. */
export const PROJECT = "agents";

/** Rows of a few small sessions: three each. */
export function someRows(sessions = 3): Redacted<BraintrustRow>[] {
  return rowsOf(Array.from({ length: sessions }, (_, i) => smallSession(i + 1)));
}

/** Rows of these sessions. */
export function rowsOf(sessions: readonly TraceRow[]): Redacted<BraintrustRow>[] {
  return sessions.flatMap((session) => spanRows(session).rows);
}

/** Writes rows as `deno task import` does. */
export async function writeFolder(dir: string, rows: readonly BraintrustRow[]): Promise<void> {
  await Deno.mkdir(dir, { recursive: true });
  await Deno.writeTextFile(`${dir}/spans-00001.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

/** A clock that never waits, and says how long it was told to. */
export function fakeClock(): Clock & { slept: number[] } {
  let now = Date.UTC(2026, 5, 1);
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

/** A running server, a client of it that never waits, a project and an empty folder. */
export interface Given {
  server: BraintrustServer;
  client: BraintrustClient;
  clock: ReturnType<typeof fakeClock>;
  project: Project;
  dir: string;
  journal: string;
}

/** Starts a server with the project on it. */
export async function givenServer(served: BraintrustServed = {}): Promise<Given & AsyncDisposable> {
  const server = serveBraintrust({ projects: [PROJECT], ...served });
  const clock = fakeClock();
  const client = braintrustClient({ apiKey: server.key, apiUrl: server.url, clock, random: () => 0.5 });
  const dir = await Deno.makeTempDir();
  const project = await projectNamed(client, PROJECT);
  server.seen.length = 0;
  return {
    server,
    client,
    clock,
    project,
    dir,
    journal: `${dir}/push.journal`,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** Declares a test against the loopback server. */
export function withServer(name: string, served: BraintrustServed, test: (given: Given) => Promise<void>): void {
  needs(["read", "write", "net", "env", "run", "ffi", "sys"], name, async () => {
    await using given = await givenServer(served);
    await test(given);
  });
}

/** Calls that put rows in. */
export function inserts({ seen }: BraintrustServer): number {
  return seen.filter(({ path }) => path.endsWith("/insert")).length;
}
