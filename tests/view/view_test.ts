import { deepEqual, equal, match, ok } from "node:assert/strict";
import { openBrowser, type SessionBrowser } from "../../lib/engines/mod.ts";
import { browseSessions } from "../../lib/engines/duckdb/browse.ts";
import type { Label, Session } from "../../lib/model/mod.ts";
import { firstDifference, openLabels, serveView, type View } from "../../lib/view/mod.ts";
import { aSession } from "../support/a_session.ts";
import { needs } from "../support/needs.ts";

const PERMISSIONS = ["read", "write", "net", "env", "ffi"] as const;

/** 60 sessions of two harnesses, a third of them failed. */
const SESSIONS: Session[] = Array.from({ length: 60 }, (_, i) =>
  aSession({
    sessionId: `run${i % 4}_s${String(i).padStart(2, "0")}`,
    harness: i % 2 ? "loop" : "plan",
    benchmark: i % 3 ? "sums" : "<script>alert(1)</script>",
    success: i % 3 ? 1 : 0,
    judgeModel: "a judge",
    judgeReasoning: i % 5 ? "It adds up." : "It's 'quoted'; DROP TABLE sessions",
    totalTokens: i === 7 ? null : 100 * (i + 1),
    durationS: i + 1,
  }));

async function withView(use: (view: View, ask: Ask, labels: string) => Promise<void>, sessions = SESSIONS) {
  const folder = await Deno.makeTempDir();
  const browser = await openBrowser({ sessions });
  const labels = await openLabels(`${folder}/labels.jsonl`);
  const view = serveView({
    caption: "a test",
    browser,
    sessions,
    conversations: null,
    labels,
    verdicts: new Map(),
    modes: [{ id: "truncated", name: "truncated completion" }],
    files: new Map([["/", { type: "text/html", body: "<p>page</p>" }]]),
    token: "a-token-of-a-test",
    now: () => Date.UTC(2026, 0, 1),
  });
  try {
    await use(view, asker(view), labels.path);
  } finally {
    await view.close();
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
}

type Ask = (
  path: string,
  search?: Record<string, unknown>,
  init?: RequestInit,
) => Promise<{ status: number; body: Answer }>;
// deno-lint-ignore no-explicit-any
type Answer = any;

/** Asks as the page does, with the cookie that the token gave. */
function asker({ port }: View): Ask {
  const cookie = `atl_view_${port}=a-token-of-a-test`;
  return async (path, search = {}, init = {}) => {
    const words = Object.entries(search).map(([key, value]): [string, string] => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const response = await fetch(`http://127.0.0.1:${port}${path}?${new URLSearchParams(words)}`, {
      ...init,
      headers: { cookie, ...init.headers },
    });
    const text = await response.text();
    return {
      status: response.status,
      body: response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text,
    };
  };
}

const label = (session_id: string, verdict: 0 | 1 | null, rater = "me") => ({
  session_id,
  rater,
  verdict,
  mode: null,
  comment: null,
  sampling_probability: null,
  stratum: null,
});

const post = (ask: Ask, body: object) =>
  ask("/api/labels", {}, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });

needs([...PERMISSIONS], "the page is told which columns no session knows", async () => {
  await withView(async (_view, ask) => deepEqual((await ask("/api/about")).body.empty, ["topics"]));
  const bare = SESSIONS.map((session) => ({ ...session, judgeReasoning: null }));
  await withView(
    async (_view, ask) => deepEqual((await ask("/api/about")).body.empty, ["topics", "judge_reasoning"]),
    bare,
  );
});

needs([...PERMISSIONS], "without the token, from another host or another site nothing is answered", async () => {
  await withView(async ({ port, url }) => {
    const status = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: "manual" });
      await response.body?.cancel();
      return response;
    };
    equal((await status("/")).status, 403);
    equal((await status("/?token=guess")).status, 403);
    equal((await status("/api/rows", { cookie: `atl_view_${port}=guess` })).status, 403);
    equal(
      (await status("/", { cookie: `atl_view_${port}=a-token-of-a-test`, origin: "http://evil.example" })).status,
      403,
    );
    const opened = await status(new URL(url).pathname + new URL(url).search);
    deepEqual([opened.status, opened.headers.get("location")], [303, "/"]);
    match(opened.headers.get("set-cookie") ?? "", /HttpOnly; SameSite=Lax/);
    match(opened.headers.get("content-security-policy") ?? "", /default-src 'none'; script-src 'self';/);
    // A link of a report that was saved leads here, and a page elsewhere reads nothing.
    const cookie = `atl_view_${port}=a-token-of-a-test`;
    const elsewhere = (mode: string) => ({ cookie, "sec-fetch-site": "cross-site", "sec-fetch-mode": mode });
    equal((await status("/", elsewhere("navigate"))).status, 200);
    equal((await status("/api/rows", elsewhere("no-cors"))).status, 403);
    const rebound = await raw(port, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    match(rebound, /^HTTP\/1\.1 421/);
  });
});

async function raw(port: number, request: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(request));
  const answer = await new Response(connection.readable).text().catch(() => "");
  return answer;
}

needs([...PERMISSIONS], "rows are filtered, sorted and paged, and unknown values come last", async () => {
  await withView(async (_view, ask) => {
    const { body } = await ask("/api/rows", {
      filter: { harness: { in: ["loop"] } },
      sort: "-total_tokens",
      limit: "5",
    });
    equal(body.count, 30);
    deepEqual(body.rows.map((row: Session) => row.totalTokens), [6000, 5800, 5600, 5400, 5200]);
    const last = await ask("/api/rows", { filter: { harness: { in: ["loop"] } }, sort: "-total_tokens", offset: "29" });
    deepEqual(last.body.rows.map((row: Session) => row.totalTokens), [null]);
    const words = await ask("/api/rows", { filter: { judge_reasoning: { has: "'quoted'; drop table" } } });
    equal(words.body.count, 12);
    const range = await ask("/api/rows", { filter: { duration_s: { min: 10, max: 19.5 }, success: { in: [0] } } });
    equal(range.body.count, 4);
  });
});

needs([...PERMISSIONS], "a wrong question is one line that says what is wrong, and no SQL comes in", async () => {
  await withView(async (_view, ask) => {
    for (
      const [search, words] of [
        [{ filter: { nowhere: { in: [1] } } }, /nowhere/],
        [{ filter: "{" }, /expected JSON/],
        [{ sort: 'id"; DROP TABLE sessions; --' }, /no column/],
        [{ offset: "-1" }, /whole number/],
      ] as const
    ) {
      const { status, body } = await ask("/api/rows", search);
      equal(status, 400);
      match(body.error, words);
      ok(!body.error.includes("\n"));
    }
    equal((await ask("/api/rows")).body.count, 60);
    equal((await ask("/api/session", { id: "nobody" })).status, 404);
    equal((await ask("/nowhere")).status, 404);
  });
});

needs([...PERMISSIONS], "charts count each under the filters of the others, and say how many are unknown", async () => {
  await withView(async (_view, ask) => {
    const { body } = await ask("/api/charts", { filter: { config: { in: ["loop · m"] }, calls: { min: 1 } } });
    equal(body.configs.length, 2);
    equal(
      body.tokens.unknown,
      SESSIONS.filter((s) => s.totalTokens === null && `${s.harness} · ${s.model}` === "loop · m").length,
    );
    const counted = (bins: { sessions: number }[]) => bins.reduce((sum, bin) => sum + bin.sessions, 0);
    equal(counted(body.duration.bins), SESSIONS.filter((s) => `${s.harness} · ${s.model}` === "loop · m").length);
  });
});

needs(
  [...PERMISSIONS],
  "a label is on the disk when it is confirmed, and the last word of a person counts",
  async () => {
    await withView(async (_view, ask, path) => {
      const id = SESSIONS[0]!.sessionId;
      equal((await post(ask, label(id, 1))).status, 200);
      equal((await post(ask, label(id, 0))).status, 200);
      const lines = (await Deno.readTextFile(path)).trim().split("\n").map((line) => JSON.parse(line) as Label);
      deepEqual(lines.map(({ verdict, at }) => [verdict, at]), [[1, "2026-01-01T00:00:00.000Z"], [
        0,
        "2026-01-01T00:00:00.000Z",
      ]]);
      const { body } = await ask("/api/labels");
      deepEqual(body.map((one: Label) => one.verdict), [0]);
      equal((await post(ask, label("nobody", 1))).status, 404);
      equal((await post(ask, { ...label(id, 1), verdict: 2 })).status, 400);
      equal((await Deno.readTextFile(path)).trim().split("\n").length, 2);
    });
  },
);

needs([...PERMISSIONS], "labels move the rates, and the next to label are drawn with their chances", async () => {
  await withView(async (_view, ask) => {
    for (const { sessionId, success } of SESSIONS.slice(0, 40)) {
      equal((await post(ask, label(sessionId, sessionId.endsWith("9") ? 0 : success as 0 | 1))).status, 200);
    }
    const { body: moves } = await ask("/api/moves", { by: "harness" });
    equal(moves.labels, 40);
    deepEqual(moves.rates.map((rate: { level: string }) => rate.level), ["loop", "plan"]);
    ok(moves.agreement[0].fp > 0 && moves.agreement[0].n === 40);
    const { body: next } = await ask("/api/next", { n: "6" });
    equal(next.next.length, 6);
    ok(next.next.every(({ probability }: { probability: number }) => probability > 0 && probability <= 1));
    ok(
      next.next.every(({ sessionId }: { sessionId: string }) =>
        !SESSIONS.slice(0, 40).some((s) => s.sessionId === sessionId)
      ),
    );
    match(next.reason, /6 more labels/);
  });
});

Deno.test("two conversations differ first where kind, tool or text differ", () => {
  const piece = (text: string, name: string | null = null) => ({ kind: "user" as const, name, text });
  equal(firstDifference([piece("a"), piece("b")], [piece("a"), piece("b")]), null);
  deepEqual(firstDifference([piece("a"), piece("begin x")], [piece("a"), piece("begin y")]), { at: 1, shared: 6 });
  deepEqual(firstDifference([piece("a")], [piece("a"), piece("b")]), { at: 1, shared: 0 });
  deepEqual(firstDifference([piece("a", "t")], [piece("a", "u")]), { at: 0, shared: 1 });
});

needs([...PERMISSIONS], "names that are SQL or markup are values and nothing else", async () => {
  const browser: SessionBrowser = await openBrowser({ sessions: SESSIONS });
  try {
    const odd = "<script>alert(1)</script>";
    equal(await browser.count({ benchmark: { in: [odd] } }), 20);
    equal(await browser.count({ benchmark: { in: ["' OR 1=1 --"] } }), 0);
    const groups = await browser.groups({}, "benchmark", 5);
    deepEqual(groups.map(({ key, sessions }) => [key, sessions]), [["sums", 40], [odd, 20]]);
  } finally {
    await browser.close();
  }
});

needs(
  PERMISSIONS,
  "a question that takes too long is broken off in a sentence, and the next one is answered",
  async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => aSession({ sessionId: `s${i}` }));
    const browser = await browseSessions({ sessions: many }, { seconds: 0 });
    try {
      const filter = { session_id: { has: "s1" } };
      const asked = await Promise.allSettled(Array.from({ length: 20 }, () => browser.groups(filter, "config", 40)));
      const late = asked.filter((one) => one.status === "rejected");
      ok(late.length > 0, "none was broken off");
      for (const { reason } of late) match(reason.message, /took more than 0 s and was broken off/);
    } finally {
      await browser.close();
    }
  },
);

needs(PERMISSIONS, "rows far down are those of the order, under any filter, as rows near the top are", async () => {
  const [plain, kept] = await Promise.all([
    browseSessions({ sessions: SESSIONS }),
    browseSessions({ sessions: SESSIONS }, { near: 5 }),
  ]);
  try {
    const sorts = [null, { column: "total_tokens", descending: true }, { column: "benchmark", descending: false }];
    for (const sort of sorts) {
      for (const filter of [{}, { harness: { in: ["loop"] } }, { session_id: { has: "nothing" } }]) {
        for (const [offset, limit] of [[0, 3], [4, 10], [20, 10], [25, 100], [90, 10]] as const) {
          deepEqual(await kept.page(filter, sort, offset, limit), await plain.page(filter, sort, offset, limit));
        }
      }
    }
  } finally {
    await plain.close();
    await kept.close();
  }
});
