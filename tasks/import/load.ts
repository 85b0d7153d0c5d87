import { type BraintrustRow, spanRows } from "../../lib/braintrust/mod.ts";
import { type PanelVerdict, withVerdict } from "../../lib/judge/mod.ts";
import { type Redacted, RowError, type Session, type TraceRow, VERDICT_FIELDS } from "../../lib/model/mod.ts";
import type { EngineSink, EngineSpan } from "../../lib/engines/mod.ts";
import { isFault, type NotedCounts, type TraceFault, type TraceStream } from "../../lib/sources/mod.ts";
import {
  addSecretCounts,
  type Call,
  conversationOf,
  redactNames,
  type RedactOptions,
  type Redactor,
  redactorOf,
  redactValue,
  type SecretCounts,
  sessionOf,
  timeUs,
} from "../../lib/traces/mod.ts";

/** Settings of {@link loadTraces} and {@link loadSessions}. */
export interface LoadSettings {
  /** Load the messages of calls, tasks and answers too; otherwise their text stays where it is. */
  texts?: boolean;
  /** Verdicts by session id, in the place of what the source says; sessions that are there already get them too. */
  verdicts?: ReadonlyMap<string, PanelVerdict>;
  /** Rules of one's own, and whether personal data is redacted too. */
  redact?: RedactOptions;
  /** Read this many sessions and no more. */
  limit?: number;
  onFault?: (fault: TraceFault) => void;
  /** Called with the sessions read so far. */
  onRead?: (sessions: number) => void;
  /** Sessions of a batch at most; 1,000 unless told. */
  batchSessions?: number;
}

/** What a load did. */
export interface LoadCounts {
  /** Sessions written. */
  sessions: number;
  /** Rows of spans written. */
  spans: number;
  /** Sessions whose id was there before (from an earlier load, or earlier in this source). */
  there: number;
  /** Of these, how many got another verdict; the rest were left as they were. */
  judged: number;
  /** Verdicts on sessions that the source does not have (or that were not read); where verdicts were given. */
  unknown?: number;
  /** Rows that could not be read. */
  faults: number;
  /** Secrets replaced in what was read, by kind. */
  redacted: SecretCounts;
  /** What is not known of what was read, was left out of it, or put right; empty where sessions were read. */
  notes: NotedCounts;
}

const NO_NOTES: NotedCounts = { leftOut: {}, unreadable: {}, repaired: {}, unknown: {} };

/** A batch is written when its spans or their text reach this, however few its sessions are. */
const BATCH_SPANS = 20_000;
const BATCH_CHARACTERS = 16_000_000;

interface Arriving {
  session: Redacted<Session>;
  spans: Redacted<EngineSpan>[];
}

/**
 * Loads recorded sessions and their calls into an engine's tables. A session's spans are written before the session: when
 * its row is there, everything of it is. So a load that was interrupted, or is run again, writes only what is missing, and
 * nothing is read from the source faster than it is written.
 */
export async function loadTraces(
  traces: Pick<TraceStream, "rows"> & Partial<Pick<TraceStream, "notes">>,
  sink: EngineSink,
  settings: LoadSettings = {},
): Promise<LoadCounts> {
  let faults = 0;
  let redacted: SecretCounts = {};
  const redact = redactorOf(settings.redact);
  const counts = await load(arriving(), sink, settings);
  return { ...counts, faults, redacted, notes: traces.notes?.() ?? NO_NOTES };

  async function* arriving(): AsyncGenerator<Arriving> {
    let position = -1;
    for await (const recorded of traces.rows()) {
      position++;
      const made = isFault(recorded) ? recorded : arrivingOf(recorded, position);
      if (!("fault" in made)) yield made;
      else {
        faults++;
        settings.onFault?.(redactValue(made, redact).value);
      }
    }
  }

  /** A session to be written, or why it cannot be: whatever a row does to its reader, those after it are as good as before. */
  function arrivingOf(recorded: TraceRow, position: number): Arriving | TraceFault {
    try {
      const { row, counts } = redactNames(recorded, redact);
      const calls = conversationOf(row);
      const session = sessionOf(row, calls);
      const made = spansOf(row, calls, session, settings.texts ?? false, redact);
      redacted = [counts, made.redacted].reduce(addSecretCounts, redacted);
      return { session: redactValue(session, redact).value, spans: made.spans };
    } catch (error) {
      const { sessionId } = recorded;
      const fault = new RowError("the source", position, "", `session "${sessionId}": ${(error as Error).message}`);
      return { fault: fault.message, source: "the source", row: position, sessionId };
    }
  }
}

/** Loads sessions that are summed up already; there are no spans. */
export async function loadSessions(
  sessions: Iterable<Session>,
  sink: EngineSink,
  settings: LoadSettings = {},
): Promise<LoadCounts> {
  const redact = redactorOf(settings.redact);
  let redacted: SecretCounts = {};
  async function* arriving(): AsyncGenerator<Arriving> {
    for (const session of sessions) {
      const { value, counts } = redactValue(session, redact);
      redacted = addSecretCounts(redacted, counts);
      yield { session: value, spans: [] };
    }
  }
  return { ...await load(arriving(), sink, settings), faults: 0, redacted, notes: NO_NOTES };
}

async function load(
  arriving: AsyncIterable<Arriving>,
  sink: EngineSink,
  { limit = Infinity, onRead, batchSessions = 1000, verdicts }: LoadSettings,
): Promise<Omit<LoadCounts, "faults" | "redacted" | "notes">> {
  const counts = { sessions: 0, spans: 0, there: 0, judged: 0 };
  let batch: Arriving[] = [];
  const used = new Set<string>();
  let [spans, characters, read] = [0, 0, 0];
  const write = async () => {
    const known = await sink.known(batch.map(({ session }) => session.sessionId));
    counts.judged += await rejudge();
    const fresh = new Map<string, Arriving>();
    for (const one of batch) {
      const id = one.session.sessionId;
      if (!known.has(id) && !fresh.has(id)) fresh.set(id, one);
    }
    counts.spans += await sink.add("spans", [...fresh.values()].flatMap((one) => one.spans));
    const written = await sink.add("sessions", [...fresh.values()].map(({ session }) => session));
    counts.sessions += written;
    counts.there += batch.length - written;
    [batch, spans, characters] = [[], 0, 0];
    onRead?.(read);
  };
  if (limit > 0) {
    for await (const { session, spans: calls } of arriving) {
      const verdict = verdicts?.get(session.sessionId);
      if (verdict) used.add(session.sessionId);
      const one = { session: verdict ? redactValue(withVerdict(session, verdict)).value : session, spans: calls };
      batch.push(one);
      read++;
      spans += one.spans.length;
      characters += one.spans.reduce((sum, s) => sum + (s.input?.length ?? 0) + (s.output?.length ?? 0), 0);
      if (batch.length >= batchSessions || spans >= BATCH_SPANS || characters >= BATCH_CHARACTERS) await write();
      if (read >= limit) break;
    }
  }
  if (batch.length) await write();
  return verdicts ? { ...counts, unknown: verdicts.size - used.size } : counts;

  /** Gives the sessions that are there their verdict where they have another one now, and says how many those are. */
  async function rejudge(): Promise<number> {
    if (!verdicts) return 0;
    const ids = batch.map(({ session }) => session.sessionId).filter((id) => verdicts.has(id));
    const there = await sink.sessions([...new Set(ids)]);
    const changed = there.flatMap((session) => {
      const judged = redactValue(withVerdict(session, verdicts.get(session.sessionId)!)).value;
      return sameVerdict(judged, session) ? [] : [judged];
    });
    await sink.replace(changed);
    return changed.length;
  }
}

function sameVerdict(a: Session, b: Session): boolean {
  return VERDICT_FIELDS.every((field) => a[field] === b[field]);
}

/** The rows of a session as `deno task push` sends them, secrets redacted, in columns. */
function spansOf(row: TraceRow, calls: readonly Call[], session: Session, texts: boolean, redact: Redactor) {
  const { rows, redacted } = spanRows(row, { calls, session, redact });
  const spans = rows.map((one): Redacted<EngineSpan> => {
    const span = one.is_root ? null : calls[one.span_attributes.exec_counter - 2]?.span ?? null;
    const columns: EngineSpan = {
      id: one.id,
      sessionId: row.sessionId,
      parentId: one.span_parents?.[0] ?? null,
      position: one.span_attributes.exec_counter,
      name: one.span_attributes.name,
      startUs: span ? timeUs(span.startTime) : microseconds(one.metrics["start"]),
      endUs: span ? timeUs(span.endTime) : microseconds(one.metrics["end"]),
      error: one.error,
      requestModel: span?.requestModel ?? null,
      responseModel: span?.responseModel ?? null,
      responseId: span?.responseId ?? null,
      finishReasons: span?.finishReasons ? JSON.stringify(span.finishReasons) : null,
      inputTokens: one.metrics["prompt_tokens"] ?? null,
      cachedTokens: one.metrics["prompt_cached_tokens"] ?? null,
      cacheWriteTokens: (span ?? session).cacheWriteTokens,
      outputTokens: one.metrics["completion_tokens"] ?? null,
      reasoningTokens: (span ?? session).reasoningTokens,
      input: texts ? textOf(one.input) : null,
      output: texts ? textOf(one.output) : null,
      metadata: texts ? JSON.stringify(one.metadata) : null,
    };
    return redactValue(columns, redact).value;
  });
  return { spans, redacted };
}

const microseconds = (seconds: number | undefined) => seconds === undefined ? null : Math.round(seconds * 1e6);

function textOf(value: BraintrustRow["input"]): string | null {
  return value === null || typeof value === "string" ? value : JSON.stringify(value);
}
