/**
 * A workbench over a database, in a process of its own: `server.ts DATABASE`. Says where it is on its first line; of every
 * session that is asked for there are 5,000 calls of 50 MB; on a line of input it says its peak and ends.
 *
 * @module
 */
import type { TraceRow } from "../../lib/model/mod.ts";
import { SharedMessages } from "../../lib/model/mod.ts";
import type { TraceStream } from "../../lib/sources/mod.ts";
import { openBrowser } from "../../lib/engines/mod.ts";
import { spoolConversations } from "../../lib/view/spool.ts";
import { bundlePage, openLabels, serveView } from "../../lib/view/mod.ts";
import { says, session, span } from "../../tests/support/sessions.ts";
import { peakMB } from "../measure.ts";

const CALLS = 5_000, CHARACTERS = 10_000;

/** A session of so many calls, each with a text of its own. */
function longSession(): TraceRow {
  const said = [says("user", "Count the books.")];
  const spans = Array.from({ length: CALLS }, (_, i) => {
    const answer = says("assistant", `Shelf ${i}. ${`book ${i} `.repeat(CHARACTERS / 8)}`.slice(0, CHARACTERS));
    const made = { ...span(i, [], [answer]), inputMessages: new SharedMessages(said, said.length) };
    said.push(answer);
    return made;
  });
  return session(spans, { sessionId: "long" });
}

async function* longSessions(): AsyncGenerator<TraceRow> {
  yield await Promise.resolve(longSession());
}

const folder = await Deno.makeTempDir();
const browser = await openBrowser({ database: Deno.args[0]! });
const spool = await spoolConversations({ rows: () => longSessions() } as unknown as TraceStream);
const view = serveView({
  caption: "generated sessions",
  browser,
  sessions: null,
  conversations: {
    ...spool,
    get: () => spool.get("long"),
  },
  labels: await openLabels(`${folder}/labels.jsonl`),
  verdicts: new Map(),
  modes: [],
  files: await bundlePage(),
  token: "a-token-of-the-benchmark",
  now: Date.now,
});
console.log(view.url);
for await (const _ of Deno.stdin.readable) break;
console.log(String(peakMB() ?? ""));
await view.close();
await browser.close();
await spool.close();
await Deno.remove(folder, { recursive: true });
Deno.exit();
