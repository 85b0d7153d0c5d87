/** The same with 2,000 sessions, 20 kills and requests that are never answered is `deno task bench soak`. @module */
import { deepEqual, equal, ok } from "node:assert/strict";
import { openCallLog } from "../../lib/judge/run/call_log.ts";
import { callsPath, readSetAside, setAsidePath } from "../../lib/judge/run/judge_sessions.ts";
import { readVerdicts } from "../../lib/judge/verdicts/ledger.ts";
import { verdictKey } from "../../lib/judge/verdicts/verdict.ts";
import { expectedOf, verdictOn } from "../support/mixed_endpoint.ts";
import { needs } from "../support/needs.ts";
import { soak } from "../support/soak.ts";

const SESSIONS = 160;
const KILLS = 6;
const AT_ONCE = 16;
const PRICE = { inputUsdPerMtok: 2, outputUsdPerMtok: 8 };

needs(
  ["net", "env", "read", "write", "run", "sys"],
  "killed by SIGKILL at 6 moments, with faults in three of ten requests, each session ends with one verdict or one named reason, and the bill is right",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const found = await soak({ sessions: SESSIONS, kills: KILLS, concurrency: AT_ONCE, slow: false, folder });
      ok(found.judgedAtKills.at(-1)! < SESSIONS, "the run was over before it was killed often enough");
      ok(found.judgedAtKills.at(-1)! > 0, "no run was killed in the middle");
      const verdicts = await readVerdicts(found.out);
      const setAside = await readSetAside(setAsidePath(found.out));
      equal(new Set(verdicts.map(verdictKey)).size, verdicts.length);
      const lines = (await Deno.readTextFile(found.out)).trim().split("\n");
      equal(lines.length, verdicts.length, "a session has two lines");
      const numberOf = (id: string) => Number(id.split("_")[1]);
      const named = new Map(setAside.map(({ sessionId, error }) => [numberOf(sessionId), error]));
      const judged = new Map(verdicts.map((verdict) => [numberOf(verdict.sessionId), verdict]));
      for (let i = 0; i < SESSIONS; i++) {
        equal(judged.has(i), !named.has(i), `session ${i}`);
        const verdict = judged.get(i);
        if (!verdict) continue;
        if (verdict.outcome === "judged") equal(verdict.success, verdictOn(i), `session ${i}`);
        else equal(verdict.success, null, `session ${i}`);
        if (verdict.outcome === "refused") equal(expectedOf(i), "refused", `session ${i}`);
        // Whatever is scripted, two faults in a row may be two replies that hold nothing.
        if (verdict.outcome === "unreadable") {
          ok(expectedOf(i) === "unreadable" || verdict.raw === "", verdict.raw ?? "");
        }
      }
      for (const error of named.values()) ok(/^(request|server|connection|timeout): \S/.test(error), error);
      deepEqual(found.askedAgain, [], "a session that had a verdict was asked about again");

      const { log, earlier } = await openCallLog(callsPath(found.out), () => PRICE);
      log.close();
      const bill = earlier.bill();
      const { inputTokens, outputTokens } = found.billed;
      const usd = (inputTokens * PRICE.inputUsdPerMtok + outputTokens * PRICE.outputUsdPerMtok) / 1e6;
      ok(bill.knownUsd! <= usd && usd <= bill.atMostUsd!, `${bill.knownUsd} ${usd} ${bill.atMostUsd}`);
      // What was under way at a kill may not have left yet: of so few sessions that is a good part.
      ok(Math.abs(bill.likelyUsd! / usd - 1) < 0.1, `likely ${bill.likelyUsd}, the server says ${usd}`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
