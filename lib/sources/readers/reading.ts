import type { MessageLayout } from "../messages/layout.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { LocalFile } from "../../io/files.ts";
import type { SpanDocuments } from "../spans/items.ts";
import type { PartsAt } from "../trace_json.ts";

export type { LocalFile };

/** Reads the sessions of files of one kind, in order, taken apart into the fields of `placedMapping`. */
export type FormatReader = (files: readonly LocalFile[], signal?: AbortSignal) => AsyncIterable<PartsAt>;

/** How files of a format are read. */
export type Reading =
  /** One session a row, or OTLP: a mapping says what is where. */
  | { by: "mapping"; mapping: Mapping }
  /** Conversations kept once, as lists of messages. */
  | { by: "messages"; layout: MessageLayout }
  /** Spans that stand by themselves or in traces, to be put into sessions. */
  | { by: "spans" } & SpanDocuments
  /** A program, where places alone do not tell. */
  | { by: "reader"; reader: FormatReader }
  /** It is known what this is, but it cannot be read; in a folder with others it is passed over where it holds no part of a session. */
  | { by: "nothing"; instead: string; beside?: true };
