import assert from "node:assert/strict";
import fc from "fast-check";
import { addSecretCounts, redactSecrets, type SecretCounts } from "../../../lib/traces/mod.ts";

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
const secrets: [string, string][] = [
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
        const join = (of: (s: [string, string]) => string) =>
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

const ofUsers = [
  "xoxo-hugs-and-kisses",
  "sk-proj-my-long-project-name",
  "my-long-slug-of-2026-with-words",
  "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  `data:image/png;base64,${btoa(Array.from({ length: 3000 }, (_, i) => String.fromCharCode(i * 7919 % 251)).join(""))}`,
  "password: str = None, token=tokens[0], secret = get_secret()",
  '{"password": {"type": "string"}, "token": "the token of the user", "max_tokens": 4096, "prompt_tokens": 120000}',
  "Authorization: Bearer ${TOKEN}, Authorization: Bearer <token>, password=$DB_PASSWORD, api_key={{key}}",
  "postgres://${USER}:${PASSWORD}@host/db and http://localhost:8080/a@b",
  "PWD=/srv/shop OLDPWD=/tmp; exports.findX509Credential = k8sServiceAccountTokenProvider",
  "next_token: 3f2504e0-4f89-41d3-9a0c-0305e82c3301, tokenizer=cl100k_base",
];
for (const text of ofUsers) {
  Deno.test(`redactSecrets takes nothing for a secret in ${JSON.stringify(text.slice(0, 50))}`, () => {
    assert.deepEqual(redactSecrets(text), { text, counts: {} });
  });
}

const given: [string, string, SecretCounts][] = [
  ["postgres://bob:p4ss@h/db", "postgres://bob:[redacted url-password]@h/db", { "url-password": 1 }],
  ["redis://:mypass@h:6379", "redis://:[redacted url-password]@h:6379", { "url-password": 1 }],
  ["a%3A%2F%2Fbob%3Ap4ss%40h", "a%3A%2F%2Fbob%3A[redacted url-password]%40h", { "url-password": 1 }],
  ["Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [redacted authorization]", { authorization: 1 }],
  [
    '{"Authorization": "Bearer abcDEF123456"}',
    '{"Authorization": "Bearer [redacted authorization]"}',
    { authorization: 1 },
  ],
  ["Cookie: a=b; session=abcdef0123456789\n", "Cookie: [redacted cookie]\n", { cookie: 1 }],
  ["mysql --password hunter2 -u root", "mysql --password [redacted password] -u root", { password: 1 }],
  ["DB_PASSWORD=correcthorse", "DB_PASSWORD=[redacted password]", { password: 1 }],
  ["?user=a&password=open&x=1", "?user=a&password=[redacted password]&x=1", { password: 1 }],
  ['login(password="correcthorse")', 'login(password="[redacted password]")', { password: 1 }],
  ["Server=x;Pwd=Hunter22;", "Server=x;Pwd=[redacted password];", { password: 1 }],
  ["curl -u bob:secret1 https://x", "curl -u bob:[redacted url-password] https://x", { "url-password": 1 }],
  [
    '{"auths": {"r.example": {"auth": "dXNlcjpwYXNzd29yZA=="}}}',
    '{"auths": {"r.example": {"auth": "[redacted docker]"}}}',
    { docker: 1 },
  ],
  ["machine h login bob password hunter2", "machine h login bob password [redacted password]", { password: 1 }],
];
for (const [text, clean, counts] of given) {
  Deno.test(`redactSecrets knows a secret by what stands around it: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(redactSecrets(text), { text: clean, counts });
    assert.deepEqual(redactSecrets(clean).counts, {});
  });
}

Deno.test("redactSecrets takes overlapping finds for one secret, of the kind that its form tells", () => {
  const token = "ghp" + "_" + body(36);
  assert.deepEqual(redactSecrets(`GITHUB_TOKEN="${token}"`), {
    text: 'GITHUB_TOKEN="[redacted github]"',
    counts: { github: 1 },
  });
  assert.equal(
    redactSecrets(`https://x-access-token:${token}@github.com`).text,
    "https://x-access-token:[redacted github]@github.com",
  );
});

Deno.test("redactSecrets reads a token out of a run of letters that is no base64", () => {
  const token = "ghp" + "_" + body(36);
  assert.equal(
    redactSecrets(`https://h/${"word".repeat(9)}/x${token}`).text,
    `https://h/${"word".repeat(9)}/x[redacted github]`,
  );
});

const long: [string, string][] = [
  ["prose", "The quick task said that sketches of eyes have half an index of the hub; "],
  ["beginnings of web tokens", "eyJ"],
  ["beginnings of keys", "sk-ant-"],
  ["beginnings of keys, each on a line", "sk-ant-\n"],
  ["short tokens, each on a line", "ghp_a1\n"],
  ["headers of private keys", "-----BEGIN PRIVATE" + " KEY-----"],
  ["one endless word", "a"],
  ["names of passwords", "password="],
  ["beginnings of URLs", "://"],
  ["escapes", "%2D"],
  ["invisible characters", "a\u200bb "],
];
for (const [name, piece] of long) {
  Deno.test(`redactSecrets goes through 2 MB of ${name} without going back`, () => {
    const { counts } = redactSecrets(piece.repeat(2_000_000 / piece.length));
    assert.ok(Object.values(counts).every((n) => n === 1));
  });
}
