import type { Conclusion } from "../analysis/claims/mod.ts";
import type { SessionBrowser } from "../engines/mod.ts";
import type { JudgeVerdict } from "../judge/mod.ts";
import type { Session } from "../model/mod.ts";
import type { LabelBook } from "./labels.ts";
import type { Conversations } from "./spool.ts";

/** A file that the workbench serves. */
export interface ViewFile {
  /** Its media type. */
  type: string;
  /** What it holds. */
  body: string | Uint8Array<ArrayBuffer>;
  /** A content security policy of its own, of a page that has its script inside; that of the workbench unless given. */
  policy?: string | undefined;
}

/** What a workbench answers from. */
export interface Looked {
  /** A few words on where the sessions are from. */
  caption: string;
  browser: SessionBrowser;
  /** Sessions in memory for what labels move; null where they stay in an engine. */
  sessions: readonly Session[] | null;
  /** Null where the source has no texts. */
  conversations: Conversations | null;
  labels: LabelBook;
  /** Verdicts with evidence and failing call, by session. */
  verdicts: ReadonlyMap<string, readonly JudgeVerdict[]>;
  /** Names of modes that a session can be labelled with. */
  modes: readonly { id: string; name: string }[];
  /** Decides claims and headlines on some sessions; null where there are none. */
  decide?: ((sessions: readonly Session[]) => Promise<Conclusion[]>) | null;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What a workbench shows and where it writes. */
export interface ViewOptions extends Looked {
  /** The page's files by path: `/`, `/app.js`, `/app.css`. */
  files: ReadonlyMap<string, ViewFile>;
  /** Random and unguessable. */
  token: string;
  /** 0 for any free one. */
  port?: number;
  signal?: AbortSignal;
}
