import { equal, match } from "node:assert/strict";
import { loadDataset, openSink } from "../../lib/engines/mod.ts";
import { redactValue } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { ownSessions } from "../support/own.ts";

needs(
  ["read", "write", "env", "ffi", "sys", "run"],
  "tokens that were counted by a tokenizer are said to be, whatever an engine holds",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const spec = `duckdb:${folder}/t.duckdb`;
      const sessions = ownSessions(40).map((session, i) => ({ ...session, tokensEstimated: i < 10 }));
      const sink = await openSink(spec);
      await sink.add("sessions", sessions.map((session) => redactValue(session).value));
      await sink.close();
      for (const [held, sample] of [["1000", "0"], ["0", "0"], ["0", "5"]]) {
        const env = (name: string) => ({ TRACES_SESSIONS: held, TRACES_SAMPLE: sample })[name];
        const { info } = await loadDataset(spec, { env });
        equal(info.tokensEstimated, 10);
        match(info.caption, /\(tokens of 10 of 40 sessions estimated by a tokenizer\)/);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
