/** A long run of `deno task judge` against an endpoint that misbehaves in all ways, killed again and again. @module */
import { seededRandom } from "../../lib/stats/mod.ts";
import { ended, startJudge, writeSessions } from "./judge_task.ts";
import { type Billed, type LlmServer, startLlmServer } from "./llm_server.ts";
import { mixedEndpoint } from "./mixed_endpoint.ts";
import { smallSession } from "./sessions.ts";

/** How long and how rough. */
export interface SoakOptions {
  sessions: number;
  kills: number;
  concurrency: number;
  /** Whether some requests are never answered. */
  slow: boolean;
  folder: string;
}

/** What came of it. */
export interface Soaked {
  out: string;
  billed: Billed;
  requests: number;
  /** Ids of sessions that had a verdict and were asked about again. */
  askedAgain: string[];
  /** Sessions that had a verdict when each run was killed. */
  judgedAtKills: number[];
  /** What the last run said. */
  stdout: string;
  code: number;
}

/** Judges the sessions, with SIGKILL at random moments, and once more to the end; what was set aside is asked again once. */
export async function soak({ sessions, kills, concurrency, slow, folder }: SoakOptions): Promise<Soaked> {
  const [source, out] = [`${folder}/sessions.jsonl`, `${folder}/verdicts.jsonl`];
  const random = seededRandom(4);
  const behave = mixedEndpoint(slow);
  const times = new Map<number, number>();
  let before = new Set<string>();
  let requests = 0;
  const askedAgain: string[] = [];
  const server: LlmServer = startLlmServer((request) => {
    const i = Number(/Task (\d+):/.exec(request.prompt)![1]);
    const nth = (times.get(i) ?? 0) + 1;
    times.set(i, nth);
    requests++;
    const { sessionId } = smallSession(i);
    if (before.has(sessionId)) askedAgain.push(sessionId);
    return behave(request, i, nth);
  }, { latencyMs: 4, keep: false });
  const args = [source, "--yes", "--out", out, "--concurrency", String(concurrency), "--timeout", "1"];
  const judgedAtKills: number[] = [];
  try {
    await writeSessions(source, Array.from({ length: sessions }, (_, i) => smallSession(i)));
    for (let run = 0; run < kills; run++) {
      before = judgedIn(out);
      const child = startJudge(args, server.url);
      const over = ended(child);
      let gone = false;
      over.then(() => gone = true);
      // Half are killed anywhere from the start on, half soon after the first new verdicts.
      const moment = Date.now() + random() * 700;
      while (!gone && (run % 2 ? judgedIn(out).size === before.size : Date.now() < moment)) await sleep(3);
      await sleep(random() * (run % 2 ? 1500 * sessions / 2000 : 15));
      try {
        if (!gone) child.kill("SIGKILL");
      } catch {
        // It has just ended by itself.
      }
      await over;
      judgedAtKills.push(judgedIn(out).size);
    }
    before = judgedIn(out);
    await ended(startJudge(args, server.url));
    before = judgedIn(out);
    const { code, stdout } = await ended(startJudge(args, server.url));
    return { out, billed: server.billed(), requests, askedAgain, judgedAtKills, stdout, code };
  } finally {
    await server.close();
  }
}

function judgedIn(path: string): Set<string> {
  try {
    const lines = Deno.readTextFileSync(path).split("\n").slice(0, -1);
    return new Set(lines.map((line) => JSON.parse(line).session_id));
  } catch {
    return new Set();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
