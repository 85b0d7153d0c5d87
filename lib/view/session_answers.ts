import { firstDifference } from "./compare.ts";
import { NotThere } from "./asked.ts";
import type { Piece, ViewConversation } from "./conversation.ts";
import type { Looked } from "./options.ts";

/** Most characters of one piece that are sent unasked, of all that a session is opened with, and most pieces at once. */
const MOST_CHARACTERS = 4000;
const FIRST_CHARACTERS = 200_000;
const MOST_PIECES = 200;
const MOST_COMPARED = 60;

/** A piece without its text, or with the beginning of it. */
export type ShownPiece = Omit<Piece, "text"> & { text: string | null; characters: number };

/** A session with its labels, verdicts, calls, and the pieces of its conversation: the first with their texts. */
export async function openedSession(id: string, looked: Looked) {
  const [session] = await looked.browser.sessions([id]);
  if (!session) throw new NotThere(`there is no session ${JSON.stringify(id)}`);
  const conversation = await conversationOf(id, looked);
  let characters = 0;
  return {
    session,
    labels: looked.labels.of(id),
    verdicts: (looked.verdicts.get(id) ?? []).map(({ raw: _raw, ...verdict }) => verdict),
    conversation: conversation && {
      task: conversation.task?.slice(0, MOST_CHARACTERS) ?? null,
      calls: conversation.calls,
      pieces: conversation.pieces.map((piece) => {
        characters += Math.min(MOST_CHARACTERS, piece.text.length);
        return shown(piece, characters <= FIRST_CHARACTERS);
      }),
    },
  };
}

/** Some pieces with the beginnings of their texts. */
export async function piecesFrom(id: string, from: number, to: number, looked: Looked): Promise<ShownPiece[]> {
  const { pieces } = await needConversation(id, looked);
  return pieces.slice(from, Math.min(to, from + MOST_PIECES)).map((piece) => shown(piece, true));
}

/** A piece with all of its text. */
export async function wholePiece(id: string, n: number, looked: Looked): Promise<Piece> {
  const piece = (await needConversation(id, looked)).pieces[n];
  if (!piece) throw new NotThere("there is no such piece");
  return piece;
}

/** Places of the pieces that have a text in them, whatever its case. */
export async function foundIn(id: string, text: string, looked: Looked): Promise<number[]> {
  const { pieces } = await needConversation(id, looked);
  const wanted = text.toLowerCase();
  return pieces.flatMap((piece, n) => piece.text.toLowerCase().includes(wanted) ? [n] : []);
}

/** A picture of a session. */
export async function pictureOf(
  id: string,
  n: number,
  looked: Looked,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const picture = (await needConversation(id, looked)).pictures[n];
  if (!picture) throw new NotThere("there is no such picture");
  return { type: picture.type, bytes: Uint8Array.fromBase64(picture.base64) };
}

/** Two sessions from the piece before their first difference on, or from another place; as many pieces as are sent at once. */
export async function compareSessions(a: string, b: string, at: number | null, looked: Looked) {
  const conversations = [await conversationOf(a, looked), await conversationOf(b, looked)];
  const [one, two] = conversations.map((conversation) => conversation?.pieces ?? []) as [Piece[], Piece[]];
  const differs = firstDifference(one, two);
  const from = at ?? Math.max(0, (differs?.at ?? 0) - 1);
  const side = async (id: string, pieces: readonly Piece[]) => {
    const [session] = await looked.browser.sessions([id]);
    if (!session) throw new NotThere(`there is no session ${JSON.stringify(id)}`);
    return { session, all: pieces.length, pieces: pieces.slice(from, from + MOST_COMPARED).map((p) => shown(p, true)) };
  };
  return { a: await side(a, one), b: await side(b, two), differs, from };
}

async function conversationOf(id: string, { conversations }: Looked): Promise<ViewConversation | null> {
  return conversations === null ? null : await conversations.get(id);
}

async function needConversation(id: string, looked: Looked): Promise<ViewConversation> {
  const found = await conversationOf(id, looked);
  if (!found) throw new NotThere(`there are no texts of session ${JSON.stringify(id)}`);
  return found;
}

function shown({ text, ...piece }: Piece, withText: boolean): ShownPiece {
  return { ...piece, text: withText ? text.slice(0, MOST_CHARACTERS) : null, characters: text.length };
}
