import data from "./identities.json" with { type: "json" };

/**
 * Who a text says that its reader is: a customer or user (`maybe` where the word is used of others too), a grader, a model in
 * general (`generic`), or anybody else.
 */
export type IdentityKind = "customer" | "maybe" | "grader" | "generic" | "other";

/** One place where a text says who its reader is. */
export interface Identity {
  /** What kind of party the words name. */
  kind: IdentityKind;
  /** Said as a part to play, not as what it is. */
  roleplay: boolean;
  /** The words. */
  said: string;
}

/** How one language says who somebody is, as `identities.json` has it; all texts are regular expressions. */
interface LanguageData {
  language: string;
  /** What comes before: that the reader is somebody, then (further ones) that it plays somebody. */
  openings: string[];
  /** A part to play with the verb behind it. */
  infinitive?: string;
  articles: string;
  /** Words that end what the noun belongs to. */
  stop?: string;
  prepositions?: string;
  /** Where the noun stands that says what somebody is. */
  head: string;
  /** What must follow a noun that a phrase begins with; the same where it is a part to play. */
  begin?: string;
  beginOfPart?: string;
  customer: string;
  maybe: string;
  grader: string;
  generic: string;
  other?: string;
}

interface Language {
  openings: RegExp[];
  infinitive: RegExp | null;
  head: string;
  articles: RegExp;
  stop: RegExp | null;
  prepositions: RegExp | null;
  kinds: { kind: IdentityKind; whole: RegExp; atEnd: RegExp; atBegin: RegExp | null; atBeginOfPart: RegExp | null }[];
}

const LETTER = "[\\p{L}\\p{N}]";
/** A word ends here, or was cut at an apostrophe. */
const WHOLE = `(?:(?<=['’])|(?!${LETTER}))`;
const start = (pattern: string) => pattern.replace(/^\\b/, `(?<!${LETTER})`);
const words = (pattern: string | undefined, around = LETTER) =>
  pattern === undefined ? null : new RegExp(`(?<!${around}|-)(?:${pattern})(?!${around}|-)`, "iu");

const LANGUAGES: Language[] = (data as LanguageData[]).map((one) => {
  const unspaced = one.head === "end";
  return {
    openings: one.openings.map((opening) => new RegExp(`${start(opening)}${unspaced ? "" : WHOLE}`, "giu")),
    infinitive: one.infinitive === undefined ? null : new RegExp(start(one.infinitive), "giu"),
    head: one.head,
    articles: new RegExp(`^(?:${one.articles})${unspaced ? "" : WHOLE}`, "iu"),
    stop: words(one.stop),
    prepositions: words(one.prepositions),
    kinds: (["customer", "maybe", "grader", "generic", "other"] as const).flatMap((kind) => {
      const noun = one[kind];
      if (noun === undefined) return [];
      return [{
        kind,
        whole: new RegExp(`^(?:${noun})$`, "iu"),
        atEnd: new RegExp(`(?:${noun})$`, "iu"),
        atBegin: one.begin === undefined ? null : new RegExp(`^(?:${noun})(?:${one.begin})`, "iu"),
        atBeginOfPart: one.beginOfPart === undefined ? null : new RegExp(`^(?:${noun})(?:${one.beginOfPart})`, "iu"),
      }];
    }),
  };
});

/** What stands in quotation marks is said by somebody else. */
const QUOTED = /"[^"\n]{1,200}"|“[^”\n]{1,200}”|„[^“”\n]{1,200}[“”]|«[^»\n]{1,200}»|「[^」\n]{1,200}」/gu;
/** A full stop behind a title ends no sentence. */
const TITLES = /(?<![\p{L}])(mr|mrs|ms|dr|prof|sr|sra|hr|fr|m|mme)\./giu;
/** Before an opening it says who the reader is not. */
const NEGATION = /(?<![\p{L}])(?:no|non|not|never|nicht|não|niet|не)(?: to)?\s*$|n['’]t\s+$|不(?:要|能|可以?)?$/iu;

/** All places where a text says who its reader is, in eleven languages, in their order. */
export function identitiesIn(text: string): Identity[] {
  const plain = text.replace(QUOTED, " ").replace(TITLES, "$1");
  return LANGUAGES.flatMap((language) => [
    ...language.openings.flatMap((opening, i) =>
      [...plain.matchAll(opening)].flatMap((match) => {
        if (NEGATION.test(plain.slice(Math.max(0, match.index - 12), match.index))) return [];
        const end = match.index + match[0].length;
        const found = kindAfter(plain.slice(end, end + 160), i > 0, language);
        return found ? [{ at: match.index, ...found, roleplay: i > 0, said: `${match[0]}${found.said}`.trim() }] : [];
      })
    ),
    ...(language.infinitive
      ? [...plain.matchAll(language.infinitive)].flatMap((match) => {
        const kind = kindOf(match.groups?.["noun"] ?? "", language);
        return kind ? [{ at: match.index, kind, roleplay: true, said: match[0] }] : [];
      })
      : []),
  ]).sort((a, b) => a.at - b.at).map(({ at: _, ...identity }) => identity);
}

type Found = { kind: IdentityKind; said: string } | null;

/** A name, and what is said of it behind a comma: `Ada Keller, a customer`, `李先生，一位乘客`. */
const NAMED = /^([^.,;:!?\n，。；：、！？]{1,40})[,，]\s*/u;

/** Words that all begin with a capital, titles apart. */
const NAME =
  /^(?:(?:el|la|le|o|a|il|señor|señora|monsieur|madame|senhor|senhora|signor|signora)\s+)*(?:\p{Lu}[\p{L}.'’-]*\s*)+$/u;

function kindAfter(after: string, part: boolean, language: Language): Found {
  const phrase = after.trimStart();
  const found = kindOfPhrase(phrase, part, language);
  if (found && found.kind !== "other") return found;
  const name = NAMED.exec(phrase);
  const rest = name ? phrase.slice(name[0].length) : "";
  const isName = name !== null && (language.head === "end" || NAME.test(name[1]!));
  if (!isName || !language.articles.test(rest)) return found;
  const said = kindOfPhrase(rest, part, language);
  return said ? { ...said, said: ` ${name![0]}${said.said.trimStart()}` } : found;
}

function kindOfPhrase(phrase: string, part: boolean, language: Language): Found {
  const article = language.articles.exec(phrase)?.[0] ?? "";
  const rest = phrase.slice(article.length);
  const found = FINDERS[language.head]!(rest, { article: article !== "", part }, language);
  return found && { ...found, said: ` ${article}${article && language.head !== "end" ? " " : ""}${found.said}` };
}

function kindOf(noun: string, { kinds }: Language): IdentityKind | null {
  return kinds.find(({ whole }) => whole.test(noun))?.kind ?? null;
}

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;
const wordsOf = (text: string) => [...text.matchAll(WORDS)].map(([word]) => word);
const clauseOf = (text: string) => text.split(/[.,;:!?\n()–—]/u)[0] ?? "";

/** How the noun is found behind an article, by where a language puts it; null where nothing says who somebody is. */
const FINDERS: Record<string, (rest: string, said: { article: boolean; part: boolean }, language: Language) => Found> =
  {
    /** English: the last word before what follows the noun; a `customer service agent` is an agent. */
    last(rest, { article }, language) {
      if (/^\s*(?:not|never|no)\b/i.test(rest)) return null;
      const clause = clauseOf(rest);
      const stop = language.stop?.exec(clause);
      const phrase = wordsOf(stop ? clause.slice(0, stop.index) : clause).map((word) => word.replace(/['’]s$/, ""));
      if (phrase.length === 0 || phrase.length > 8) return null;
      const said = phrase.join(" ");
      for (const n of [2, 1]) {
        const kind = phrase.length >= n ? kindOf(phrase.slice(-n).join(" "), language) : null;
        if (kind === "generic" && phrase.length > 1) return { kind: "other", said };
        if (kind) return { kind, said };
      }
      // A participle or an adjective says nothing of who it is.
      return article ? { kind: "other", said } : null;
    },
    /** German: a capitalised word, as a whole; a `Kundenberater` is an adviser. */
    compound(rest, { article }, language) {
      const match = new RegExp(`^\\s*((?:[a-zäöüß-]+,?\\s+){0,${article ? 4 : 0}})(\\p{Lu}[\\p{L}-]*)`, "u").exec(rest);
      if (!match || language.prepositions?.test(match[1]!)) {
        return article && match ? { kind: "other", said: match[0].trim() } : null;
      }
      return { kind: kindOf(match[2]!, language) ?? "other", said: match[0].trim() };
    },
    /** Where what specifies a noun follows it; `un agent du service client` is an agent. */
    first(rest, { article }, language) {
      const phrase = wordsOf(clauseOf(rest));
      // Without an article the noun itself has to follow.
      const reach = Math.min(article ? 4 : 1, phrase.length);
      for (let i = 0; i < reach; i++) {
        for (const n of [3, 1]) {
          const kind = kindOf(phrase.slice(i, i + n).join(" "), language);
          if (kind) return { kind, said: phrase.slice(0, i + n).join(" ") };
        }
        if (language.prepositions?.test(phrase[i]!)) break;
      }
      return article && phrase.length ? { kind: "other", said: phrase.slice(0, 3).join(" ") } : null;
    },
    /** Chinese and Japanese: what a phrase ends with; `想退货的顾客` is a customer, `客户经理` is not. */
    end(rest, { part }, language) {
      const [clause = ""] = rest.split(/[，。；：、！？\n,.;:!?（(）)]/u);
      const phrase = clause.replace(/(?:です|だ|である|となります|役)$/u, "").slice(0, 40);
      if (phrase === "") return null;
      for (const { kind, atEnd, atBegin, atBeginOfPart } of language.kinds) {
        if (atEnd.test(phrase) || atBegin?.test(phrase) || part && atBeginOfPart?.test(phrase)) {
          return { kind, said: phrase };
        }
      }
      return { kind: "other", said: phrase };
    },
  };
