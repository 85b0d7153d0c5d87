import { type Ask, AskError, type AskRequest, type Reply } from "./ask.ts";
import type { Read } from "./completion.ts";
import { type Dialect, dialectText, FULL_DIALECT, isAboutDialect, simplerDialects } from "./dialect.ts";

/** Sends one request in one dialect and reads the answer. @throws {AskError} when none came */
export type SendIn = (request: AskRequest, dialect: Dialect) => Promise<Read>;

/** Ways to ask that are tried before a model is known, and where one has worked already. */
const TRIES = { unknown: 12, known: 2 };
/** Models that refused everything this often are not asked in other ways any more. */
const HOPELESS = 3;
/** Answers in a row that the endpoint threw away for not fitting the format, after which a simpler one is asked for. */
const INVALID_IN_ROW = 2;

/** What is known of one model. */
interface Known {
  dialect: Dialect;
  /** Whether an answer came in it. */
  worked: boolean;
  /** How often nothing worked. */
  failed: number;
  invalidInRow: number;
  /** While one request finds out, the others wait. */
  exploring: Promise<unknown> | null;
}

/**
 * Asks each model as it wants to be asked, and learns that from what it refuses: a refusal of the request (400, 422, or any
 * error whose words are about a parameter) is answered by the next simpler form, whatever its words; the form that works
 * is kept for that model alone. Where a form has worked before, the fault is likely the request's own: a simpler form is
 * tried, and kept for that request only.
 *
 * @param effort sent as reasoning effort where the endpoint takes it; null for none
 */
export function learningAsk(send: SendIn, effort: string | null = null): Ask {
  const models = new Map<string, Known>();
  return async (request) => {
    let known = models.get(request.model);
    if (!known) {
      const dialect = { ...FULL_DIALECT, effort };
      models.set(request.model, known = { dialect, worked: false, failed: 0, invalidInRow: 0, exploring: null });
    }
    return await askKnown(known, request, send);
  };
}

async function askKnown(known: Known, request: AskRequest, send: SendIn): Promise<Reply> {
  const tried = known.dialect;
  const read = await send(request, tried);
  if ("reply" in read) return learned(known, tried, read.reply);
  noteInvalid(known, read, request);
  if (!mayBeDialect(read)) throw read.error;
  if (!known.worked && known.exploring) {
    await known.exploring;
    if (known.worked) return await askKnown(known, request, send);
  }
  if (isTooLong(read.words)) return await withLessRoom(known, request, send, read);
  const exploring = explore(known, request, send, read);
  if (known.worked) return await exploring;
  known.exploring = exploring.catch(() => {});
  try {
    return await exploring;
  } finally {
    known.exploring = null;
  }
}

async function explore(
  known: Known,
  request: AskRequest,
  send: SendIn,
  first: Extract<Read, { error: AskError }>,
): Promise<Reply> {
  const tries = known.worked || known.failed >= HOPELESS ? TRIES.known : TRIES.unknown;
  const room = request.maxOutputTokens;
  const tried = new Set([dialectText(known.dialect)]);
  const untried = (dialects: Dialect[]) => dialects.filter((one) => !tried.has(dialectText(one)));
  let queue = simplerDialects(known.dialect, first.words, room);
  let last = first;
  for (let n = 0; n < tries; n++) {
    const [dialect] = queue = untried(queue);
    if (!dialect) break;
    tried.add(dialectText(dialect));
    const read = await send(request, dialect);
    if ("reply" in read) return learned(known, dialect, read.reply);
    if (!mayBeDialect(read)) throw read.error;
    last = read;
    // An error that names a part is one step further on; any other says that this step was not the one.
    if (isAboutDialect(read.words)) queue = [...simplerDialects(dialect, read.words, room), ...queue];
  }
  known.failed++;
  throw last.error;
}

function learned(known: Known, dialect: Dialect, reply: Omit<Reply, "dialect">): Reply {
  // A prompt that was filtered says nothing about the form that it came in.
  if (!known.worked && reply.refusal === null) [known.dialect, known.worked] = [dialect, true];
  known.invalidInRow = 0;
  return { ...reply, dialect: dialectText(dialect) };
}

/** An endpoint that throws away answers for their form is asked for a simpler one, for good. */
function noteInvalid(known: Known, read: Extract<Read, { error: AskError }>, request: AskRequest): void {
  if (!/json_validate_failed/.test(read.words)) return;
  if (++known.invalidInRow < INVALID_IN_ROW) return;
  known.invalidInRow = 0;
  const simpler = simplerDialects(known.dialect, "response_format", request.maxOutputTokens)[0];
  if (simpler && simpler.format !== known.dialect.format) known.dialect = simpler;
}

function mayBeDialect({ error, status, words }: Extract<Read, { error: AskError }>): boolean {
  if (error.fault === "rate limit" || error.spent !== "nothing") return false;
  if (status === 400 || status === 422) return error.fault !== "account";
  return [404, 405, 415, 500, 501].includes(status) && isAboutDialect(words);
}

/** Words of a prompt that is too long for the model: it is not how it was asked. */
const TOO_LONG =
  /context[ _-]?(length|window|size)|maximum context|(prompt|input|request) (is|was) too (long|large)|reduce the length/i;

const isTooLong = (words: string) => TOO_LONG.test(words);

/** Prompt and answer must fit together: one more try with room for a short answer, for this request alone. */
async function withLessRoom(
  known: Known,
  request: AskRequest,
  send: SendIn,
  refused: Extract<Read, { error: AskError }>,
): Promise<Reply> {
  const mostOutputTokens = Math.floor(request.maxOutputTokens / 4);
  if (known.dialect.outputLimit === "none" || mostOutputTokens < 64) throw refused.error;
  const dialect = { ...known.dialect, mostOutputTokens };
  const read = await send(request, dialect);
  if ("error" in read) throw read.error;
  return { ...read.reply, dialect: dialectText(dialect) };
}
