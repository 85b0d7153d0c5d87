import { SECRET_RULES, type SecretRule } from "../../../lib/traces/mod.ts";

/** A made-up secret of a rule, with what stands before it where it has no form of its own. */
export interface Sample {
  rule: SecretRule;
  lead: string;
  secret: string;
  /** The part of it that is drawn at random. */
  body: string;
  nearMiss: string;
}

/** One sample a beginning or a name of each rule; put together here, so that no scanner takes the project for a leak. */
export function corpus(): Sample[] {
  return SECRET_RULES.flatMap((rule): Sample[] => {
    if ("words" in rule) {
      return [{ rule, lead: rule.example[0], secret: rule.example[1], body: rule.example[1], nearMiss: rule.nearMiss }];
    }
    const put = (text: string, begin: string) => text.replace("~", () => begin);
    return rule.begins.map((begin) => ({
      rule,
      lead: "",
      secret: put(rule.example, begin),
      body: rule.example.split("~").reduce((a, b) => a.length > b.length ? a : b),
      nearMiss: put(rule.nearMiss, begin),
    }));
  });
}

/** Whether ten characters in a row of what is random in a secret are still in a text. */
export function leaks(text: string, { body }: Sample): boolean {
  if (body.length <= 10) return body.length > 4 && text.includes(body);
  for (let i = 0; i + 10 <= body.length; i++) {
    const piece = body.slice(i, i + 10);
    if (new Set(piece).size > 3 && text.includes(piece)) return true;
  }
  return false;
}

/** How secrets come disguised, and rules that do not reach so far. */
export interface Disguise {
  name: string;
  disguise(text: string): string;
  exceptions(id: string): boolean;
}

const none = () => false;
/** What is fixed stands in the middle or at the end, or is of letters alone and too short inside a word. */
const short = (id: string) => {
  const rule = SECRET_RULES.find((one) => one.id === id)!;
  return "words" in rule || rule.before !== undefined ||
    rule.strict === true && rule.begins.some((begin) => /^[A-Za-z0-9]+$|^.{1,2}$/.test(begin)) ||
    rule.chars === "a-z0-9";
};
const lines = (width: number) => (text: string) => text.match(new RegExp(`.{1,${width}}`, "gs"))!.join("\n");
const middle = (text: string, what: string) => text.slice(0, text.length >> 1) + what + text.slice(text.length >> 1);

/** Ways in which a secret comes in real traces. */
export const DISGUISES: Disguise[] = [
  { name: "in quotation marks", disguise: (text) => `"${text}"`, exceptions: none },
  { name: "at the end of a sentence", disguise: (text) => `It is ${text}.`, exceptions: none },
  { name: "as a setting's value", disguise: (text) => `export SOME_KEY=${text};`, exceptions: none },
  { name: "behind an underscore", disguise: (text) => `my_${text}`, exceptions: none },
  { name: "behind a letter", disguise: (text) => `x${text}`, exceptions: (id) => short(id) || id.endsWith("-webhook") },
  { name: "behind %3D", disguise: (text) => `key%3D${text}`, exceptions: none },
  {
    name: "inside JSON text inside JSON text",
    disguise: (text) => JSON.stringify({ a: JSON.stringify({ b: `x\n${text}\ny` }) }),
    exceptions: none,
  },
  { name: "inside a URL", disguise: (text) => `https://h/?k=${encodeURIComponent(text)}&x=1`, exceptions: none },
  { name: "with hyphens as JSON escapes", disguise: (text) => text.replaceAll("-", "\\u002d"), exceptions: none },
  { name: "with an invisible character inside", disguise: (text) => middle(text, "\u200b"), exceptions: none },
  {
    name: "with an invisible character in its beginning",
    disguise: (text) => `${text[0]}\u2060${text.slice(1)}`,
    exceptions: none,
  },
  {
    name: "with an invisible character as Python writes it in JSON",
    disguise: (text) => JSON.stringify(middle(text, "\u200b")).replace("\u200b", "\\u200b"),
    exceptions: none,
  },
  { name: "wrapped over lines", disguise: lines(24), exceptions: short },
  {
    name: "wrapped over lines and indented, text before and after",
    disguise: (text) => `The key is ${lines(40)(text).replaceAll("\n", "\n    ")}\nNext line of words`,
    exceptions: (id) => short(id) || id.endsWith("-webhook"),
  },
  {
    name: "wrapped over lines inside JSON text",
    disguise: (text) => JSON.stringify(lines(32)(text)),
    exceptions: (id) => short(id) || id.endsWith("-webhook"),
  },
];
