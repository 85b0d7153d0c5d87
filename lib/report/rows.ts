import { type Prices, usdOfSession } from "../analysis/mod.ts";
import type { Naming } from "../figures/mod.ts";
import type { Dataset, NameKind, Session } from "../model/mod.ts";
import type { PackedNames } from "../figures/kit/marks.ts";

/** Sessions that a page holds at most; what is beyond them is counted and left to the workbench. */
export const MOST_ROWS = 10_000;

/** Sessions by column, for the page's script; names and their labels stand once. */
export interface PackedRows {
  /** Sessions there are, also those that are not among the rows. */
  sessions: number;
  /** Names of the data by kind, and how they read. */
  names: Readonly<Record<NameKind, readonly (readonly [name: string, label: string])[]>>;
  /** Places in `names`. */
  b: readonly number[];
  /** Places in `names`. */
  h: readonly number[];
  /** Places in `names`. */
  m: readonly number[];
  /** Verdicts: 1 solved, 0 not, null not known. */
  v: readonly (0 | 1 | null)[];
  /** Conversations that the page holds: places of sessions. */
  read: readonly number[];
  /** The workbench's origin. */
  view: string;
}

/** What the table says of sessions beside that, by column, in the same order. */
export interface PackedDetails {
  /** Ids. */
  id: readonly string[];
  /** Tokens. */
  tokens: readonly (number | null)[];
  /** Model calls. */
  calls: readonly number[];
  /** Seconds, to a tenth. */
  seconds: readonly (number | null)[];
  /** USD, to four digits. */
  usd: readonly (number | null)[];
  /** What the judge said, in full; null where no session has a reason. */
  reason: readonly (string | null)[] | null;
}

/** Sessions of a dataset that a page shows, with how many there are; none where they stay in an engine. */
export function sessionsShown(dataset: Dataset): readonly Session[] {
  return dataset.held === "none" ? [] : dataset.sessions.slice(0, MOST_ROWS);
}

/** Sessions by column. */
export function packRows(
  sessions: readonly Session[],
  { all, packed, naming, readable, view }: {
    all: number;
    packed: PackedNames;
    naming: Naming;
    readable: ReadonlySet<string>;
    view: string;
  },
): PackedRows {
  const places = (kind: NameKind) => {
    const at = new Map(packed[kind].map((name, i) => [name, i]));
    return sessions.map((session) => at.get(session[kind]) ?? -1);
  };
  const labelled = (kind: NameKind) => packed[kind].map((name) => [name, naming[kind](name)] as const);
  return {
    sessions: all,
    names: { benchmark: labelled("benchmark"), harness: labelled("harness"), model: labelled("model") },
    b: places("benchmark"),
    h: places("harness"),
    m: places("model"),
    v: sessions.map((session) => session.success),
    read: sessions.flatMap((session, i) => readable.has(session.sessionId) ? [i] : []),
    view,
  };
}

/** What the table says of sessions, by column. */
export function packDetails(sessions: readonly Session[], prices: Prices): PackedDetails {
  return {
    id: sessions.map((session) => session.sessionId),
    tokens: sessions.map((session) => session.totalTokens),
    calls: sessions.map((session) => session.calls),
    seconds: sessions.map(({ durationS }) => durationS === null ? null : Math.round(durationS * 10) / 10),
    usd: sessions.map((session) => {
      const amount = usdOfSession(session, prices);
      return amount === null ? null : Number(amount.toPrecision(4));
    }),
    reason: sessions.some((session) => session.judgeReasoning !== null)
      ? sessions.map((session) => session.judgeReasoning)
      : null,
  };
}

/** A value as JSON, deflated, in base64: texts that are many and long take a quarter of the room. */
export async function deflated(value: unknown): Promise<string> {
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer()).toBase64();
}

/** A block of data in a page, which a script of the page reads. */
export function dataBlock(id: string, json: string): string {
  return `<script type="application/json" id="${id}">${json}</script>`;
}
