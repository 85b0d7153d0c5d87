import type { Reading } from "../readers/reading.ts";

/** What the first rows of a file have to look like. All of it has to hold for one row. */
export interface Condition {
  /** Paths that are there, be their value null or not. */
  has?: readonly string[];
  /** Of each of these groups, one path is there. */
  any?: readonly (readonly string[])[];
  /** Paths that are not there. */
  without?: readonly string[];
  /** Paths of which some value is one of these. */
  is?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** Paths of which some value is text that fits this pattern. */
  like?: Readonly<Record<string, RegExp>>;
}

/** A kind of file: how it is recognised, what it is called, what it does not say, and how it is read. */
export interface Format {
  /** One word, as manifests name it. */
  id: string;
  /** What it is, for people: the line that an import begins with. */
  title: string;
  /** Page of `docs/formats` that tells about it. */
  page: string;
  /** The file is one of these where a row among its first fulfils one of the conditions. */
  rows: readonly Condition[];
  /** Paths where a row says the version of what wrote it. */
  version?: readonly string[];
  /** Dialects of it, by what their rows have: they are told in the place of a version. */
  dialects?: readonly { name: string; rows: readonly Condition[] }[];
  /** What files of this kind never say, in words: `tokens`, `times`, `models`, `grades`. */
  lacks?: readonly string[];
  /** Its files may stand beside the logs that they were made of, and say more of the sessions: they count. */
  leads?: true;
  /** How to read it; a sentence on what to do instead where it cannot be read. */
  read: Reading;
}
