import type { GradeOrigin } from "../../model/mod.ts";

/**
 * Where a value of a record is: the path of a field (`info.cost`, a name may hold dots itself); `^` before it looks in
 * the document around the record; several paths joined by `_`; the file's name without its ending; or a constant. Of
 * several places the first that has a value counts.
 */
export type Place = string | { join: readonly string[] } | { file: "name" | "folder" } | { constant: string };

/** Places in the order in which they are tried. */
export type Places = readonly Place[];

/**
 * Where a file that keeps each conversation once, as a list of messages, has its parts. Each answer of the model is a
 * call, whose input is all before it.
 */
export interface MessageLayout {
  /** The list of records in a document; left out where each line, row or element of a list is one. */
  records?: string;
  /** Where a record says who ran what. */
  session: {
    sessionId: Places;
    /** Names of tasks, for records that have no id of their own: the second of the same name gets a number, and so on. */
    orTask?: Places;
    benchmark?: Places;
    harness?: Places;
    models?: Places;
    collectedAt?: Places;
    taskId?: Places;
    trial?: Places;
    run?: Places;
    totalTokens?: Places;
  };
  /** Where it has its grades; left out where there are none. */
  grades?: {
    success?: Places;
    score?: Places;
    status?: Places;
    agentUsd?: Places;
    benchmarkUsd?: Places;
    /** Who gave the grade; the benchmark's own program or rule unless told. */
    origin?: GradeOrigin;
  };
  /** Where the messages are: a list, or the JSON text of one. */
  messages: readonly string[];
  /** A system prompt kept apart from the messages. */
  system?: readonly string[];
  /** A user's task kept apart from the messages, which begin with the answer to it. */
  task?: readonly string[];
  /** Tools offered to the model. */
  tools?: readonly string[];
  /** Counts of an API that are of the whole conversation: its calls share them where no message has any. */
  usage?: readonly string[];
  /** The same, where each count stands by itself. */
  sums?: { inputTokens: readonly string[]; outputTokens: readonly string[] };
  /** Where each of the messages has its parts. */
  message?: MessagePlaces;
  /** Paths of which one has to be in some record (or, for `message.…`, in some message), by the field that they are for. */
  needed?: readonly NeededPaths[];
}

/** A field of a layout that may not be missing everywhere. */
export interface NeededPaths {
  /** Such as `session.taskId` or `message.outputTokens`. */
  field: string;
  /** Paths of which one has to be there. */
  paths: readonly string[];
}

/** Where a message has its parts; the chat format's names are tried where nothing is told. */
export interface MessagePlaces {
  /** Keys of which one may hold all that a message says but for who speaks. */
  within?: readonly string[];
  /** Who speaks. */
  role?: readonly string[];
  /** What is said. */
  content?: readonly string[];
  /** What the model asks tools for. */
  toolCalls?: readonly string[];
  /** Which call a tool's result answers. */
  toolCallId?: readonly string[];
  /**
   * Where messages name who speaks, and several agents do: those of these names are users or tools, all others the model.
   * Whoever speaks first sets the task. The speaker stays in the message's text.
   */
  speakers?: {
    name: readonly string[];
    users: readonly string[];
    tools: readonly string[];
    program?: readonly string[];
  };
  /** Roles of the chat format by the recorder's words, in lower case. */
  roles?: Readonly<Record<string, string>>;
  /** Keys of a message, or of its tool calls, that are bookkeeping and no part of what was said. */
  silent?: readonly string[];
  /** Tokens that the model was given for the message. */
  inputTokens?: readonly string[];
  /** Tokens of the message. */
  outputTokens?: readonly string[];
  /** The part of the input that was read from the provider's cache. */
  cachedTokens?: readonly string[];
  /** The part of the input that was written to the provider's cache. */
  cacheWriteTokens?: readonly string[];
  /** The part of the output that was spent on reasoning. */
  reasoningTokens?: readonly string[];
  /** Counts of an API that are of the message; they go before those of single places. */
  usage?: readonly string[];
  /** The model that wrote the message. */
  model?: readonly string[];
  /** When the message was complete. */
  time?: readonly string[];
  /** Id of the model's response. */
  responseId?: readonly string[];
}
