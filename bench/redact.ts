/**
 * `deno task bench redact`: how fast the redactor goes through text, 50 MB of each sort: prose, code, and what is made to
 * lead it astray.
 *
 * @module
 */
import { redactSecrets } from "../lib/traces/mod.ts";
import { table } from "./table.ts";
import { optionsOf } from "./options.ts";

const HELP = `deno task bench redact [--mb 50]

Prints seconds and MB a second by sort of text. Every sort is to be done in seconds.`;

const PIECES: [string, string][] = [
  ["prose", "The quick task said that sketches of eyes have half an index of the hub; "],
  ["code", 'const token = tokens[0]; if (password === null) throw new Error("api_key: " + name);\n'],
  ["URLs", "http://localhost:8080/a.b/c?d=e%2Ff "],
  ["one endless word", "a"],
  ["beginnings of web tokens", "eyJ"],
  ["beginnings of keys", "sk-ant-"],
  ["the same, each on a line", "sk-ant-\n"],
  ["headers of private keys", "-----BEGIN PRIVATE" + " KEY-----"],
  ["names of passwords", "password="],
  ["escapes", "%2D"],
  ["invisible characters", "a\u200bb "],
];
const LIMIT_S = 20;

/** Runs the benchmark. Returns 1 when a sort of text takes longer than its limit. */
export function run(args: string[]): number {
  const values = optionsOf(args, HELP, { mb: "50" });
  if (!values) return 0;
  const mb = Number(values.mb);
  const rows = PIECES.map(([name, piece]) => {
    const text = piece.repeat(mb * 1e6 / piece.length);
    const begun = performance.now();
    redactSecrets(text);
    return { name, seconds: (performance.now() - begun) / 1000 };
  });
  console.log(
    table(
      ["text", "s", "MB/s"],
      rows.map(({ name, seconds }) => [name, seconds.toFixed(2), (mb / seconds).toFixed(0)]),
    ),
  );
  return rows.some(({ seconds }) => seconds > LIMIT_S * mb / 50) ? 1 : 0;
}
