import { flag, text, word } from "./options.ts";

/** The option that says which column is what. */
export const MAPPING_OPTION = {
  mapping: text(
    "--mapping",
    "FILE",
    "which column or attribute of the source is what, where that is not told by its first rows",
  ),
} as const;

/** The option that counts what was not recorded. */
export const COUNT_OPTION = {
  countTokens: flag(
    "--count-tokens",
    "count tokens that were not recorded by a tokenizer; they are marked as an estimate",
  ),
} as const;

/** The option that names people's labels. */
export const LABELS_OPTION = {
  labels: text(
    "--labels",
    "FILE",
    "people's labels, which become the grades of the sessions (view writes them there; labels.jsonl unless told)",
  ),
} as const;

/** The option that names a file of topics. */
export const TOPICS_OPTION = {
  topics: text("--topics", "FILE", "topics of the sessions, as topics --model writes them, to filter and group by"),
} as const;

/** A source that stands by itself. */
const SOURCE_WORD = { word: word("SOURCE", "where the sessions come from, as --source says it") } as const;

/** A source that has to be told, in either way. */
export const NEEDED_SOURCE = {
  word: word("SOURCE", "where the sessions come from: what import reads, or a folder that it wrote"),
  source: text("--source", "SOURCE", "the same as an option"),
} as const;

/** Options of a command whose words are names of something else. */
export const SOURCE_SETTINGS = {
  source: text(
    "--source",
    "SOURCE",
    "where the sessions come from; the judged table where it is already here, else the replica",
  ),
  ...MAPPING_OPTION,
  ...COUNT_OPTION,
  ...LABELS_OPTION,
  ...TOPICS_OPTION,
} as const;

/** Options of every other command that takes a source. */
export const SOURCE_OPTIONS = { ...SOURCE_WORD, ...SOURCE_SETTINGS } as const;

/** The option that gives rates of one's own. */
export const PRICES_OPTION = {
  prices: text(
    "--prices",
    "FILE",
    "your own rates, in the shape of data/prices.json (default: for the study's sessions the published ones, otherwise " +
      "none: costs are then not known)",
  ),
} as const;

/** Options of every command that asks the questions. */
export const ASKED_OPTIONS = {
  ...PRICES_OPTION,
  claims: text("--claims", "FILE", "your own claims, in the shape of data/claims.json"),
} as const;

/** The options that a file of settings answers where a command line does not. */
export const SETTINGS = {
  source: SOURCE_SETTINGS.source,
  ...MAPPING_OPTION,
  ...LABELS_OPTION,
  ...ASKED_OPTIONS,
} as const;
