/** Kinds of secrets that {@link redactSecrets} knows. */
export const SECRET_KINDS = [
  "anthropic",
  "aws",
  "github",
  "huggingface",
  "jwt",
  "openai",
  "private-key",
  "slack",
] as const;

/** One of {@link SECRET_KINDS}. */
export type SecretKind = typeof SECRET_KINDS[number];

/** How many secrets of each kind; a kind without any is left out. */
export type SecretCounts = Partial<Record<SecretKind, number>>;

/** A text without its secrets. */
export interface Redacted {
  text: string;
  counts: SecretCounts;
}

/** Beginnings of secrets: one scan finds where it is worth looking closer. */
const PREFIX =
  /sk-|hf_|api_org_|gh[oprsu]_|github_pat_|A[KS]IA|aws_secret|AWS_SECRET|SecretAccessKey|xox|xapp-|hooks\.slack|eyJ|-----BEGIN/g;

interface Pattern {
  kind: SecretKind;
  /** Tried at the position where a prefix was found. A group, where there is one, is not secret and stays. */
  pattern: RegExp;
}

const PATTERNS: Pattern[] = [
  { kind: "anthropic", pattern: /sk-ant-[\w-]{20,1000}/y },
  { kind: "openai", pattern: /sk-(?:proj|svcacct|admin|None)-[\w-]{20,1000}/y },
  { kind: "openai", pattern: /sk-(?=[A-Za-z]{0,1000}\d)[A-Za-z0-9]{32,1000}/y },
  { kind: "huggingface", pattern: /(?:hf_|api_org_)[A-Za-z0-9]{30,1000}/y },
  { kind: "github", pattern: /gh[oprsu]_[A-Za-z0-9]{36,1000}/y },
  { kind: "github", pattern: /github_pat_\w{36,1000}/y },
  { kind: "aws", pattern: /A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])/y },
  {
    kind: "aws",
    pattern:
      /((?:aws_secret(?:_access)?_key|AWS_SECRET(?:_ACCESS)?_KEY|SecretAccessKey)[\s"'\\:=]{1,12})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/y,
  },
  { kind: "slack", pattern: /xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,1000}/y },
  { kind: "slack", pattern: /xapp-\d-[A-Za-z0-9-]{10,1000}/y },
  { kind: "slack", pattern: /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9+/]{20,1000}/y },
  { kind: "jwt", pattern: /eyJ[\w-]{8,8000}\.eyJ[\w-]{8,8000}\.[\w-]{0,8000}/y },
];

const KEY_HEADER = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const KEY_FOOTER = /-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const KEY_BODY = /[A-Za-z0-9+/=\s:,.()\\-]*/y;
/** The lines of a key whose end was cut off. */
const KEY_LINES = /(?:(?:\s|\\+[nr])*[A-Za-z0-9+/=]{16,})*/y;
const LONGEST_KEY = 20_000;

/**
 * Replaces secrets by `[redacted KIND]` and counts them by kind: keys of OpenAI, Anthropic, Hugging Face, GitHub, AWS and
 * Slack, JSON Web Tokens, and private keys in PEM (also one whose end was cut off). A token is one only where it begins a
 * word; inside JSON text the escape before it (`\n`) counts as a break.
 *
 * Meant for strings as they are; on JSON text it leaves valid JSON. Its time grows with the length of the text, whatever is in it.
 */
export function redactSecrets(text: string): Redacted {
  const counts: SecretCounts = {};
  let kept = "";
  let from = 0;
  PREFIX.lastIndex = 0;
  for (let found = PREFIX.exec(text); found; found = PREFIX.exec(text)) {
    const secret = secretAt(text, found.index);
    if (!secret) continue;
    kept += `${text.slice(from, secret.start)}[redacted ${secret.kind}]`;
    counts[secret.kind] = (counts[secret.kind] ?? 0) + 1;
    PREFIX.lastIndex = from = secret.end;
  }
  return from === 0 ? { text, counts } : { text: kept + text.slice(from), counts };
}

/** Adds the counts of one text to those of others. */
export function addSecretCounts(a: SecretCounts, b: SecretCounts): SecretCounts {
  const sum: SecretCounts = {};
  for (const kind of SECRET_KINDS) {
    const n = (a[kind] ?? 0) + (b[kind] ?? 0);
    if (n) sum[kind] = n;
  }
  return sum;
}

function secretAt(text: string, at: number): { kind: SecretKind; start: number; end: number } | null {
  if (text.startsWith("-----BEGIN", at)) return privateKeyAt(text, at);
  if (!beginsWord(text, at)) return null;
  for (const { kind, pattern } of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, start: at + (found[1]?.length ?? 0), end: pattern.lastIndex };
  }
  return null;
}

function beginsWord(text: string, at: number): boolean {
  const before = text[at - 1];
  if (before === undefined || !/[\w-]/.test(before)) return true;
  return text[at - 2] === "\\" && /[nrtbf]/.test(before);
}

function privateKeyAt(text: string, at: number): { kind: SecretKind; start: number; end: number } | null {
  KEY_HEADER.lastIndex = at;
  if (!KEY_HEADER.test(text)) return null;
  const body = KEY_HEADER.lastIndex;
  const limit = Math.min(text.length, body + LONGEST_KEY);
  const dashes = text.slice(body, limit).indexOf("-----");
  if (dashes >= 0) {
    const between = text.slice(body, body + dashes);
    KEY_FOOTER.lastIndex = body + dashes;
    KEY_BODY.lastIndex = 0;
    if (KEY_BODY.exec(between)?.[0] === between && KEY_FOOTER.test(text)) {
      return { kind: "private-key", start: at, end: KEY_FOOTER.lastIndex };
    }
  }
  const rest = text.slice(body, dashes < 0 ? limit : body + dashes);
  KEY_LINES.lastIndex = 0;
  const lines = KEY_LINES.exec(rest)?.[0].length ?? 0;
  return lines === 0 ? null : { kind: "private-key", start: at, end: body + lines };
}
