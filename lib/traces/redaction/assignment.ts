import { kindOf, type NamedRule } from "./rule.ts";
import { isMixed, isSlug, isUuid, lettersOf, looksRandom } from "./shape.ts";
import type { Found } from "./token.ts";

/** Between a name and its value: the rest of the name, quotation marks, `=`, `:`, `=>`. */
const ASSIGNED = String
  .raw`["'\x60\\\]]{0,8}[ \t]{0,4}(?:=>|:=|={1,2}|:|>|%3[Dd]|%3[Aa]|\\u003[Dd])[ \t]{0,4}(?:[bfru]{0,2}(?=["'\x60\\]))?`;
const QUOTES = String.raw`([\\]{0,8}["'\x60])?`;
/** The rest of a name behind a word that is complete: `password2`, `tokens`, `secret_key`, `tokenValue`. */
const REST = String.raw`([sS]?(?:[A-Z0-9_-][A-Za-z0-9_-]{0,30})?)`;
/** A name that tells of a secret, and is not it: its name, kind, age. */
const ABOUT =
  /(?:name|arn|type|url|uri|counts?|path|file|fields?|ids?|expir\w*|expires?_?\w*|length|size|policy|regex|pattern|provider|version|limits?|usage|index|at|in|hash_?algorithm|label|prompt|hint|input|error|status)$/i;
const QUOTED = /[^\s"'`\\]{1,400}/y;
const BARE = /[^\s"'`\\&<>,;|(){}[\]]{1,400}/y;

/** A {@link NamedRule} made ready. */
export interface Named {
  kind: string;
  /** From the end of the word to before the value. */
  lead: RegExp;
  value: RegExp;
}

/** Makes a rule ready. */
export function namedOf(rule: NamedRule): Named {
  return {
    kind: kindOf(rule),
    lead: new RegExp(String.raw`[A-Za-z0-9_ .-]{0,30}${ASSIGNED}${QUOTES}(?:(?:Bearer|Basic|Token|Splunk) )?`, "y"),
    value: new RegExp(`(?:${rule.value})(?![A-Za-z0-9_])`, "y"),
  };
}

/** The secret that is assigned to a name whose word ends at a position. */
export function namedAt(text: string, end: number, { kind, lead, value }: Named): Found | null {
  lead.lastIndex = end;
  if (!lead.test(text)) return null;
  const start = lead.lastIndex;
  value.lastIndex = start;
  if (!value.test(text)) return null;
  const said = text.slice(start, value.lastIndex);
  const { digits, capitals, small } = lettersOf(said);
  return digits && capitals + small || isMixed(said) ? { kind, start, end: value.lastIndex, rank: 1 } : null;
}

/** What counts as a secret behind a word that anybody uses. */
export interface Assigned {
  words: string[];
  kind: string;
  /** Takes the value, whether it stood in quotation marks, and whether its name is one that a program's settings have. */
  isSecret(value: string, quoted: boolean, setting: () => boolean): boolean;
}

const PLACEHOLDER =
  /^(?:[$<{[(*%]|\.\.|your|my[-_]|null$|none$|nil$|true$|false$|undefined$|optional|required|str(?:ing)?$|secret$|token$|password$|passwd$|value$|redacted|example$|x+$|-+$)/i;

const isPlaceholder = (value: string) => PLACEHOLDER.test(value) || value.includes("{{") || value.includes("${");

/** Names that everybody gives to secrets. */
export const ASSIGNMENTS: Assigned[] = [
  {
    words: ["password", "passwd", "passphrase", "pwd", "passwort", "kennwort"],
    kind: "password",
    isSecret: (value, quoted, setting) =>
      value.length >= 4 && !/^[A-Za-z_ -]*pass(?:word|wd|phrase)[A-Za-z_ -]*$/i.test(value) && !isPlaceholder(value) &&
      !/^(?:[.~]?\/|[A-Z]:\\)/.test(value) &&
      (quoted || !isExpression(value.slice(0, 64)) || setting()),
  },
  {
    words: ["secret", "private_key", "privatekey", "signing_key", "encryption_key", "webhook_key"],
    kind: "secret",
    isSecret: (value) => !isPlaceholder(value) && looksRandom(value.slice(0, 64)),
  },
  {
    words: [
      "api_key",
      "api-key",
      "apikey",
      "access_key",
      "access-key",
      "accesskey",
      "auth_key",
      "authkey",
      "license_key",
    ]
      .concat(["subscription-key", "subscription_key", "functions-key", "service_key", "master_key", "consumer_key"])
      .concat(["account_key", "app_key", "appkey", "admin_key", "api key", "secret key"]),
    kind: "api-key",
    isSecret: (value) => !isPlaceholder(value) && looksRandom(value.slice(0, 64)),
  },
  {
    words: ["token", "bearer", "jwt", "csrf", "nonce_secret"],
    kind: "token",
    isSecret: (value) => !isPlaceholder(value) && looksRandom(value.slice(0, 64), 16) && !isUuid(value),
  },
];

const SETTING = /[A-Z][A-Z0-9_]{2,}$|[?&;-]$|[?&;][\w.-]{1,20}$|--[\w-]{1,20}$/;

const LEAD = new RegExp(`${REST}${ASSIGNED}${QUOTES}`, "y");
const OPTION = new RegExp(String.raw`[\w-]{0,20}[ =]${QUOTES}`, "y");

/** The secret that is assigned to a common name whose word ends at a position. */
export function assignedAt(text: string, word: string, end: number, assigned: Assigned): Found | null {
  const value = valueAfter(text, end, LEAD) ?? optionAfter(text, word, end);
  if (!value) return null;
  const { start, end: stop, quoted } = value;
  const said = text.slice(start, stop);
  if (!assigned.isSecret(said, quoted, () => SETTING.test(text.slice(Math.max(0, end - word.length - 24), end)))) {
    return null;
  }
  return { kind: assigned.kind, start, end: stop, rank: 0 };
}

/** The value of `--password VALUE`. */
function optionAfter(text: string, word: string, end: number) {
  const before = text.slice(Math.max(0, end - word.length - 24), end);
  return before.includes("--") && /--[\w-]*$/.test(before) ? valueAfter(text, end, OPTION) : null;
}

function valueAfter(text: string, end: number, lead: RegExp): { start: number; end: number; quoted: boolean } | null {
  lead.lastIndex = end;
  const found = lead.exec(text);
  if (!found) return null;
  const start = lead.lastIndex;
  const quoted = found.at(-1) !== undefined;
  if (found.length > 2 && ABOUT.test(found[1] ?? "")) return null;
  const pattern = quoted ? QUOTED : BARE;
  pattern.lastIndex = start;
  if (!pattern.test(text)) return null;
  const stop = pattern.lastIndex;
  // A sentence in quotation marks is no password, and a call or an index is no value.
  if (quoted ? /[ \t]/.test(text[stop] ?? "") : /[([{]/.test(text[stop] ?? "")) return null;
  return { start, end: quoted ? stop : trimmed(text, start, stop), quoted };
}

/** Without the full stop that ends a sentence. */
function trimmed(text: string, start: number, end: number): number {
  while (end > start && /[.:!?]/.test(text[end - 1]!)) end--;
  return end;
}

/** Names and attributes of a program (`self.password`, `getpass`): no digit, and nothing that names do not have. */
function isExpression(value: string): boolean {
  return /^[A-Za-z_$][A-Za-z_$.]*$/.test(value) || lettersOf(value).digits === value.length && value.length < 6 ||
    isSlug(value) && lettersOf(value).digits === 0;
}
