import type { Redacted, Session } from "../model/mod.ts";
import { dataBlock, deflated } from "./rows.ts";

/** A conversation to be read in the page. */
export interface Conversation {
  /** What was said, in order. */
  pieces: readonly { call: number; kind: string; name: string | null; text: string }[];
  /** Model calls, from 1, that the judge pointed at. */
  evidence: readonly number[];
}

/** One without secrets; nothing else is written into a page. */
export type ReportConversation = Redacted<Conversation>;

/** Conversations by the places of their sessions, deflated. */
export async function textsBlock(
  sessions: readonly Session[],
  conversations: ReadonlyMap<string, ReportConversation>,
): Promise<string> {
  const held = sessions.flatMap(({ sessionId }, i) => {
    const found = conversations.get(sessionId);
    return found ? [[String(i), found] as const] : [];
  });
  return dataBlock("texts", await deflated(Object.fromEntries(held)));
}
