import assert from "node:assert/strict";
import fc from "fast-check";
import { addSecretCounts, redactSecrets, type SecretKind } from "../../lib/traces/mod.ts";

/** Shaped like secrets and assembled here, so that no scanner takes this file for a leak. */
const body = (n: number, alphabet = "aB3dE5gH") => alphabet.repeat(Math.ceil(n / alphabet.length)).slice(0, n);
const pem = (end: boolean, newline = "\n") =>
  [
    "-----BEGIN RSA PRIVATE" + " KEY-----",
    body(64),
    body(64),
    body(20),
    ...(end ? ["-----END RSA PRIVATE" + " KEY-----"] : []),
  ].join(newline);
const secrets: [SecretKind, string][] = [
  ["openai", "sk" + "-" + body(48)],
  ["openai", "sk" + "-proj-" + body(60, "aB3_dE-5")],
  ["anthropic", "sk" + "-ant-api03-" + body(93, "aB3_dE-5")],
  ["huggingface", "hf" + "_" + body(34, "aBcDeFgH")],
  ["github", "ghp" + "_" + body(36)],
  ["github", "github" + "_pat_" + body(22) + "_" + body(59)],
  ["aws", "AKIA" + body(16, "ABCD2345")],
  ["slack", "xoxb" + "-" + body(12, "12345678") + "-" + body(24)],
  ["jwt", ["eyJ" + body(20), "eyJ" + body(60), body(43)].join(".")],
  ["private-key", pem(true)],
  ["private-key", pem(true, "\\n")],
  ["private-key", pem(false)],
];

for (const [kind, secret] of secrets) {
  Deno.test(`redactSecrets replaces ${kind} (${secret.slice(0, 18).replace(/\s/g, " ")}) in text, JSON and nested JSON`, () => {
    for (
      const wrap of [(s: string) => s, (s: string) => `key=${s};`, (s: string) => `x\n${s}\ny`, (s: string) => `"${s}"`]
    ) {
      assert.deepEqual(redactSecrets(wrap(secret)), { text: wrap(`[redacted ${kind}]`), counts: { [kind]: 1 } });
    }
    const nested = JSON.stringify({ args: JSON.stringify({ text: `a\n${secret}\nb` }) });
    const { text, counts } = redactSecrets(nested);
    assert.deepEqual(counts, { [kind]: 1 });
    assert.equal(JSON.parse(JSON.parse(text).args).text, `a\n[redacted ${kind}]\nb`);
  });
}

Deno.test("redactSecrets keeps the name before an AWS secret key", () => {
  const { text, counts } = redactSecrets(`aws_secret_access_key = ${body(40)}\n`);
  assert.equal(text, "aws_secret_access_key = [redacted aws]\n");
  assert.deepEqual(counts, { aws: 1 });
});

const harmless = [
  "a task-force-of-many-people-in-the-whole-organisation",
  "sk-fading-circle-container-with-a-long-class-name",
  "hf_hub_download and ghp_short and AKIA and eyJhbGciOi",
  "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----",
  "-----BEGIN PRIVATE KEY----- is how such files begin",
  `commit ${body(40, "abcdef01")}`,
];
for (const text of harmless) {
  Deno.test(`redactSecrets leaves ${JSON.stringify(text.slice(0, 40))} alone`, () => {
    assert.deepEqual(redactSecrets(text), { text, counts: {} });
  });
}

Deno.test("redactSecrets counts by kind, changes nothing else, and finds nothing in its own output", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.constantFrom(...secrets.slice(0, 9)))),
      fc.string(),
      (pieces, tail) => {
        const join = (of: (s: [SecretKind, string]) => string) =>
          pieces.map(([text, s]) => `${text} ${of(s)} `).join("") + tail;
        const { text, counts } = redactSecrets(join(([, secret]) => secret));
        assert.equal(text, join(([kind]) => `[redacted ${kind}]`));
        const expected = pieces.reduce((sum, [, [kind]]) => addSecretCounts(sum, { [kind]: 1 }), {});
        assert.deepEqual(addSecretCounts(counts, {}), expected);
        assert.deepEqual(redactSecrets(text).counts, {});
      },
    ),
  );
});

const long: [string, string][] = [
  ["prose", "The quick task said that sketches of eyes have half an index of the hub; ".repeat(700_000)],
  ["beginnings of tokens", "eyJ".repeat(17e6)],
  ["beginnings of keys", "sk- ".repeat(12e6)],
  ["headers of private keys", ("-----BEGIN PRIVATE" + " KEY-----").repeat(1.8e6)],
  ["one endless word", "a".repeat(5e7)],
];
for (const [name, text] of long) {
  Deno.test(`redactSecrets goes through 50 MB of ${name} in seconds`, () => {
    const start = performance.now();
    assert.deepEqual(redactSecrets(text).counts, {});
    assert.ok(performance.now() - start < 20_000);
  });
}
