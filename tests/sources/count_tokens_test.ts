import assert from "node:assert/strict";
import { isFault, openTraces, recordedSessions } from "../../lib/sources/mod.ts";
import { sessionOf } from "../../lib/traces/mod.ts";
import { tokensOf } from "../../lib/traces/text_tokens.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { needs } from "../support/needs.ts";

const ask = { role: "user", content: "How many tulips are in the garden?" };
const answer = { role: "assistant", content: "There are twelve tulips." };
async function inFile<T>(rows: object[], use: (path: string) => Promise<T>): Promise<T> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/chats.jsonl`, rows.map((row) => JSON.stringify(row)).join("\n"));
    return await use(`${dir}/chats.jsonl`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const chat = { id: "c1", model: "m", messages: [ask, answer, { role: "user", content: "And roses?" }, answer] };

needs(
  ["read", "write"],
  "tokens that were not recorded are counted where that is asked for, and said to be an estimate",
  () =>
    inFile([chat], async (path) => {
      const plain = await recordedSessions(path);
      assert.deepEqual([plain.sessions[0]!.totalTokens, plain.sessions[0]!.tokensEstimated], [null, false]);
      assert.equal(plain.info.tokensEstimated, undefined);

      const { info, sessions: [session] } = await recordedSessions(path, { countTokens: true });
      const [asked, said, roses] = [ask.content, answer.content, "And roses?"].map(tokensOf) as [
        number,
        number,
        number,
      ];
      // Of two calls: what was said before, 3 tokens a message and a reply.
      const input = (asked + 3 + 3) + (asked + 3 + said + 3 + roses + 3 + 3);
      assert.deepEqual([session!.inputTokens, session!.outputTokens], [input, 2 * said]);
      assert.equal(session!.tokensEstimated, true);
      assert.equal(info.tokensEstimated, 1);
      assert.match(info.caption, /\(tokens estimated by a tokenizer\)$/);
      assert.match(info.sentence, /2 calls whose tokens were counted by a tokenizer, an estimate/);
      assert.doesNotMatch(info.sentence, /without tokens/);
    }),
);

needs(
  ["read", "write"],
  "tokens that were recorded stay, and their sessions are not marked",
  () =>
    inFile([{ ...chat, id: "c2", usage: { prompt_tokens: 9, completion_tokens: 5 } }, chat], async (path) => {
      const stream = await openTraces("tests/fixtures/traces_v1.jsonl", { countTokens: true });
      for await (const row of stream.rows()) {
        if (isFault(row) || row.spans.some((span) => span.inputTokens === null)) continue;
        assert.equal(sessionOf(row as TraceRow).tokensEstimated, false);
      }
      assert.match(stream.mapping.tokensCounted ?? "", /o200k_base/);
      const { info, sessions } = await recordedSessions(path, { countTokens: true });
      assert.equal(sessions.filter(({ tokensEstimated }) => tokensEstimated).length, info.tokensEstimated);
    }),
);
