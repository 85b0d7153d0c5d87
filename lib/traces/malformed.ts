/**
 * What can be wrong with recorded messages: text that is not JSON (or JSON that holds no messages), an element of the
 * list that is no message, a UTF-16 surrogate without its other half.
 */
export type MalformedKind = "not JSON" | "not a message" | "lone surrogate";

/** One fault met while reading messages. The text is kept all the same. */
export interface Malformed {
  /** What is wrong. */
  kind: MalformedKind;
  /** Position in the list of messages; null when the fault is of the text as a whole. */
  at: number | null;
  /** What was found, for people. */
  detail: string;
}
