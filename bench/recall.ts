/**
 * `deno task bench recall`: how many secrets the redactor finds, by family of rules and by disguise, on a corpus drawn at
 * random from what the rules say of each kind; and how much it takes for a secret in text that holds none. The table of
 * docs/redaction.md.
 *
 * @module
 */
import fc from "fast-check";
import { seededRandom } from "../lib/stats/mod.ts";
import { redactSecrets, SECRET_RULES, type SecretRule } from "../lib/traces/mod.ts";
import { drawn } from "../tests/support/drawn.ts";
import { corpus, DISGUISES, leaks, type Sample } from "../tests/traces/redaction/corpus.ts";
import { table } from "./table.ts";
import { optionsOf } from "./options.ts";

const HELP = `deno task bench recall [--samples 20] [--seed 1]

Draws so many secrets of each rule and prints, by family, the share found as they stand and in each disguise; then what is
redacted in texts without secrets.`;

const FAMILIES = ["clouds", "code", "messages", "models", "named", "payments"] as const;

/** Runs the benchmark. Returns 1 when fewer than 99 in 100 are found as they stand. */
export async function run(args: string[]): Promise<number> {
  const values = optionsOf(args, HELP, { samples: "20", seed: "1" });
  if (!values) return 0;
  const [samples, seed] = [Number(values.samples), Number(values.seed)];
  const families = await familiesOf();
  const kinds = SECRET_RULES.map((rule) => ({ rule, secrets: samplesOf(rule, samples, seed) }));
  const shareOf = (rules: typeof kinds, disguise: (text: string) => string) => {
    const all = rules.flatMap(({ secrets }) => secrets);
    const kept = all.filter((one) => leaks(redactSecrets(disguise(one.lead + one.secret)).text, one));
    return all.length === 0 ? "" : `${(100 * (1 - kept.length / all.length)).toFixed(1)}%`;
  };
  const plain = (text: string) => text;
  const rows = FAMILIES.map((family) => {
    const of = kinds.filter(({ rule }) => families.get(rule.id) === family);
    return [family, String(of.length), String(of.length * samples), shareOf(of, plain)];
  });
  const tokens = kinds.filter(({ rule }) => !("words" in rule));
  console.log(table(["family", "rules", "secrets", "found"], [...rows, [
    "all",
    String(kinds.length),
    String(kinds.length * samples),
    shareOf(kinds, plain),
  ]]));
  console.log();
  console.log(
    table(["tokens that come", "found"], DISGUISES.map(({ name, disguise }) => [name, shareOf(tokens, disguise)])),
  );
  console.log();
  console.log(table(["text without secrets", "texts", "redacted"], harmless(2000, seed)));
  return Number.parseFloat(shareOf(kinds, plain)) < 99 ? 1 : 0;
}

async function familiesOf(): Promise<Map<string, string>> {
  const families = new Map<string, string>();
  for (const family of FAMILIES) {
    const path = new URL(`../lib/traces/redaction/rules/${family}.json`, import.meta.url);
    for (const { id } of JSON.parse(await Deno.readTextFile(path)) as SecretRule[]) families.set(id, family);
  }
  return families;
}

/** Secrets of a rule: its example's beginning, and a random rest by its characters or its shape. */
function samplesOf(rule: SecretRule, samples: number, seed: number): Sample[] {
  const [example] = corpus().filter((one) => one.rule.id === rule.id);
  if (!example) return [];
  if ("words" in rule) {
    return draw(rule.value, samples, seed).map((secret) => ({ ...example, secret, body: secret }));
  }
  const [before = ""] = rule.example.split("~");
  const length = rule.example.length - before.length - 1;
  const bodies = draw(rule.shape ?? `[${rule.chars}]{${Math.max(length, rule.least)}}`, samples, seed);
  return bodies.map((body) => ({
    ...example,
    secret: example.secret.slice(0, example.secret.length - length) + body,
    body: body.length > before.length ? body : before,
  }));
}

function draw(pattern: string, samples: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: samples }, () => drawn(pattern, random));
}

/** Texts that hold no secret, and how many of them were changed. */
function harmless(texts: number, seed: number): string[][] {
  const hex = (n: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${n}}$`));
  const word = fc.constantFrom(
    "sk",
    "hf",
    "token",
    "key",
    "proj",
    "long",
    "name",
    "pat",
    "live",
    "secret",
    "of",
    "the",
    "api",
  );
  const sorts: [string, fc.Arbitrary<string>][] = [
    ["UUIDs", fc.uuid()],
    ["commits and other hashes", fc.oneof(hex(40), hex(64)).map((hash) => `commit ${hash}`)],
    ["slugs", fc.array(word, { minLength: 3, maxLength: 9 }).map((words) => `sk-proj-${words.join("-")}-2026`)],
    [
      "identifiers",
      fc.array(word, { minLength: 2, maxLength: 6 }).map((words) => `${words.join("_")}_token = ${words.join("")}`),
    ],
    [
      "images in base64",
      fc.uint8Array({ minLength: 3000, maxLength: 3000 }).map((bytes) => `data:image/png;base64,${bytes.toBase64()}`),
    ],
    ["numbers", fc.array(fc.double({ noNaN: true }), { minLength: 20 }).map((numbers) => JSON.stringify(numbers))],
    ["any text", fc.string({ unit: "grapheme", maxLength: 400 })],
  ];
  return sorts.map(([name, texts_]) => {
    const all = fc.sample(texts_, { numRuns: texts, seed });
    const changed = all.filter((text) => redactSecrets(text).text !== text as string);
    return [name, String(all.length), String(changed.length)];
  });
}
