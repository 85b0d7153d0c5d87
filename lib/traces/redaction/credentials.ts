import { looksRandom } from "./shape.ts";
import type { Found } from "./token.ts";

/** A secret that its surroundings give away: a header, a URL, a command. */
export interface Surroundings {
  /** Words that end where `pattern` is tried. */
  words: string[];
  kind: string;
  /** Its group is the secret, at the end of what it matches but for what looks ahead. */
  pattern: RegExp;
  isSecret?: (secret: string) => boolean;
}

const template = (secret: string) => /^(?:[$<{[*%(]|\.\.\.|your|redacted|x+$)/i.test(secret) || secret.includes("${");
const noTemplate = (secret: string) => !template(secret);
const ASSIGNED = String.raw`["'\x60\\]{0,8}[ \t]{0,4}(?:[:=>,]|%3[Aa])[ \t]{0,4}["'\x60\\fbru]{0,8}`;

/** Headers, URLs, connection strings and commands. */
export const SURROUNDINGS: Surroundings[] = [
  {
    words: ["authorization"],
    kind: "authorization",
    pattern: new RegExp(
      String
        .raw`${ASSIGNED}(?:bearer|basic|token|bot|apikey|api-key|key|digest|splunk|geniekey|ssws|hawk|negotiate)(?: |%20|\+)(?:token=)?["']?([\w.~+/=:%|-]{8,4000})`,
      "iy",
    ),
    isSecret: (secret) => noTemplate(secret) && !/^(?:token|header|required|string|none|null|auth\w*)$/i.test(secret),
  },
  {
    words: ["authorization"],
    kind: "authorization",
    pattern: new RegExp(`${ASSIGNED}([\\w.~+/=:%|-]{16,4000})`, "iy"),
    isSecret: (secret) => noTemplate(secret) && looksRandom(secret, 16),
  },
  {
    words: ["bearer"],
    kind: "authorization",
    pattern: /(?: |%20)([\w.~+/=-]{16,4000})/iy,
    isSecret: (secret) => noTemplate(secret) && looksRandom(secret, 16),
  },
  {
    words: ["cookie"],
    kind: "cookie",
    pattern: new RegExp(
      String
        .raw`["'\x60\\]{0,8}[ \t]{0,4}(?:[:=]|%3[Aa])[ \t]{0,4}["'\x60\\]{0,8}((?:[\w.%-]{1,60}=[^\s;"'\\]{0,1500};? {0,2}){1,20})`,
      "iy",
    ),
    isSecret: (secret) => /=[^;]{8}/.test(secret) && noTemplate(secret.slice(secret.indexOf("=") + 1)),
  },
  {
    words: ["://"],
    kind: "url-password",
    pattern: /[^\s/:@"'<>\\`(){}]{0,100}:([^\s/@"'<>\\`]{1,200})(?=@[\w.[\]-])/y,
    isSecret: noTemplate,
  },
  {
    words: ["://"],
    kind: "url-password",
    pattern: /([^\s/:@"'<>\\`(){}]{16,200})(?=@[\w.-])/y,
    isSecret: (secret) => noTemplate(secret) && looksRandom(secret, 16),
  },
  {
    words: ["%3a%2f%2f"],
    kind: "url-password",
    pattern: /(?:(?!%3A|%40|%2F)[\w.%+~-]){0,100}%3A((?:(?!%3A|%40|%2F)[\w.%+~!-]){1,200})(?=%40)/iy,
    isSecret: noTemplate,
  },
  {
    words: ["curl "],
    kind: "url-password",
    pattern: /(?:[^\n|;]{0,200}? )?(?:-u|--user|--proxy-user)[ =]{0,2}["']?[^\s:"'$]{1,100}:([^\s"'$]{1,200})/y,
    isSecret: noTemplate,
  },
  {
    words: ["auths"],
    kind: "docker",
    pattern: /[^\0]{0,400}?\bauth\\{0,8}"\s{0,4}:\s{0,4}\\{0,8}"([A-Za-z0-9+/=]{8,400})/y,
  },
  {
    words: ["machine "],
    kind: "password",
    pattern: /[\w.-]{1,100}\s{1,9}login\s{1,9}[^\s]{1,100}\s{1,9}password\s{1,9}([^\s"\\]{1,200})/y,
    isSecret: noTemplate,
  },
];

/** The secret whose surroundings begin with a word that ends at a position. */
export function surroundedAt(text: string, end: number, { kind, pattern, isSecret }: Surroundings): Found | null {
  pattern.lastIndex = end;
  const found = pattern.exec(text);
  if (!found) return null;
  const stop = pattern.lastIndex;
  const secret = found[1]!;
  return isSecret?.(secret) === false ? null : { kind, start: stop - secret.length, end: stop, rank: 1 };
}
