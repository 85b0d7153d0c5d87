import type { JudgeVerdict } from "../../lib/judge/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import type { ReportConversation } from "../../lib/report/mod.ts";
import { valueRedactor } from "../../lib/traces/redaction/value.ts";
import { conversationsOf, type TextsAt } from "../view/source.ts";

/**
 * Conversations of some sessions, failed ones first, with the calls that a judge's verdict rests on.
 *
 * @param at where the texts are
 * @throws {Error} where there are none
 */
export async function conversationsFor(
  dataset: Dataset,
  at: TextsAt,
  count: number,
  verdicts: ReadonlyMap<string, readonly JudgeVerdict[]>,
): Promise<Map<string, ReportConversation>> {
  const texts = await conversationsOf(at);
  if (texts === null) {
    throw new Error("--with-texts needs the conversations, which this source does not have; name them with --traces");
  }
  const found = new Map<string, ReportConversation>();
  const redact = valueRedactor();
  try {
    const failed = (success: number | null) => success === 0 ? 0 : success === null ? 1 : 2;
    const wanted = (dataset.sessions ?? []).toSorted((a, b) => failed(a.success) - failed(b.success));
    for (const { sessionId } of wanted) {
      if (found.size >= count) break;
      const conversation = await texts.get(sessionId);
      if (!conversation) continue;
      const own = verdicts.get(sessionId) ?? [];
      const evidence = own.flatMap((verdict) => [
        ...verdict.evidence,
        ...(verdict.failingCall === null ? [] : [verdict.failingCall]),
      ]);
      found.set(sessionId, redact({ pieces: conversation.pieces, evidence: [...new Set(evidence)] }).value);
    }
  } finally {
    await texts.close();
  }
  return found;
}
