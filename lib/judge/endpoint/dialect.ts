/** How one model at one endpoint wants to be asked. */
export interface Dialect {
  /** A strict schema (`nullable`: with `anyOf` where a value may be null, and no enumerated numbers), any JSON object, or words alone. */
  format: "json_schema" | "nullable json_schema" | "json_object" | "none";
  /** The parameter that limits the answer. */
  outputLimit: "max_completion_tokens" | "max_tokens" | "none";
  /** Most tokens that the limit may say; null for whatever is asked for. */
  mostOutputTokens: number | null;
  /** Whether temperature 0 is asked for. */
  temperature: boolean;
  /** The reasoning effort that is sent; null for none. */
  effort: string | null;
  /** Whether instructions are a message of their own, or the beginning of the first message. */
  system: boolean;
  /** Whether the answer comes in pieces, and whether their usage is asked for. */
  stream: "none" | "with usage" | "plain";
}

/** What is tried first: all that a well equipped endpoint offers. */
export const FULL_DIALECT: Dialect = {
  format: "json_schema",
  outputLimit: "max_completion_tokens",
  mostOutputTokens: null,
  temperature: true,
  effort: null,
  system: true,
  stream: "none",
};

/** A dialect in a few words, as verdicts record it: `json_schema, max_completion_tokens, temperature 0`. */
export function dialectText({ format, outputLimit, mostOutputTokens, temperature, ...others }: Dialect): string {
  return [
    format === "none" ? "no format" : format,
    outputLimit === "none" ? "no limit" : outputLimit,
    ...(mostOutputTokens === null ? [] : [`at most ${mostOutputTokens}`]),
    temperature ? "temperature 0" : "no temperature",
    ...(others.effort === null ? [] : [`effort ${others.effort}`]),
    ...(others.system ? [] : ["no system message"]),
    ...(others.stream === "none" ? [] : [others.stream === "plain" ? "streamed without usage" : "streamed"]),
  ].join(", ");
}

type Part = "format" | "outputLimit" | "temperature" | "effort" | "system" | "stream";

/** The next simpler forms of each part, in order. */
const SIMPLER: { [P in Part]: readonly Dialect[P][] } = {
  format: ["json_schema", "nullable json_schema", "json_object", "none"],
  temperature: [true, false],
  outputLimit: ["max_completion_tokens", "max_tokens", "none"],
  effort: [null],
  system: [true, false],
  stream: ["none", "with usage", "plain"],
};

/** Words of an error that say which part it is about. */
const ABOUT: { [P in Part]: RegExp } = {
  outputLimit: /max_completion_tokens|max_tokens|max_new_tokens|max_output_tokens|maxOutputTokens/i,
  temperature: /temperature/i,
  effort: /reasoning[_. ]?effort|"reasoning"/i,
  system: /system[ _](role|message|prompt|instruction)|developer instruction|roles? must alternate/i,
  stream: /\bstream/i,
  format:
    /response_?format|json_?schema|json_?object|structured[ _]outputs?|response_?schema|generation_config|grammar|guided/i,
};

const PARTS = Object.keys(ABOUT) as Part[];

/** Whether an error's words are about how it was asked. */
export function isAboutDialect(words: string): boolean {
  return PARTS.some((part) => ABOUT[part].test(words));
}

/**
 * Simpler ways to ask after an endpoint refused one, the likeliest first. Where its words name a part, the next simpler form
 * of that part; then, since words cannot be relied on, each other part's by itself, and last all of the simplest.
 *
 * @param maxOutputTokens what the request asks for
 */
export function simplerDialects(tried: Dialect, words: string, maxOutputTokens: number): Dialect[] {
  const named = PARTS.filter((part) => ABOUT[part].test(words));
  const smaller = named.includes("outputLimit") ? smallerLimit(tried, words, maxOutputTokens) : [];
  const hinted = named.flatMap((part) => forms(tried, part).slice(0, 1));
  const others = PARTS.filter((part) => !named.includes(part) && part !== "stream").flatMap((part) =>
    forms(tried, part)
  );
  const simplest: Dialect = {
    ...tried,
    format: "none",
    outputLimit: "none",
    temperature: false,
    effort: null,
    system: false,
  };
  const all = [...smaller, ...hinted, ...others, simplest, ...forms(tried, "stream").slice(0, 1)];
  return all.filter((one, i) => dialectText(one) !== dialectText(tried) && indexOf(all, one) === i);
}

const indexOf = (all: readonly Dialect[], one: Dialect) => all.findIndex((x) => dialectText(x) === dialectText(one));

function forms<P extends Part>(tried: Dialect, part: P): Dialect[] {
  const all = SIMPLER[part];
  return all.slice(all.indexOf(tried[part]) + 1).map((form) => ({ ...tried, [part]: form }));
}

/** A limit that is too large is lowered to what the error names, or to half. */
function smallerLimit(tried: Dialect, words: string, maxOutputTokens: number): Dialect[] {
  if (
    tried.outputLimit === "none" || !/too (large|high|big)|at most|exceed|less than or equal|maximum|<=/i.test(words)
  ) {
    return [];
  }
  const now = Math.min(tried.mostOutputTokens ?? maxOutputTokens, maxOutputTokens);
  const named = [
    ...words.matchAll(/(?:at most|less than or equal to|maximum (?:of|is)|<=|\d >|supports)\D{0,20}?(\d{2,7})/gi),
  ]
    .map((match) => Number(match[1])).filter((n) => n < now && n >= 64);
  const next = named.length ? Math.max(...named) : Math.floor(now / 2);
  return next >= 64 ? [{ ...tried, mostOutputTokens: next }] : [];
}
