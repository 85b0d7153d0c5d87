import assert from "node:assert/strict";
import {
  redactName,
  redactNames,
  redactorOf,
  redactSecrets,
  SECRET_RULES,
  type SecretRule,
} from "../../../lib/traces/mod.ts";
import { secretKinds } from "../../../lib/traces/redaction/redactor.ts";
import { secretRulesSchema } from "../../../lib/traces/redaction/rule.ts";
import { corpus, DISGUISES, leaks } from "./corpus.ts";

Deno.test("every rule's made-up secret is replaced and counted, and its near miss is left alone", () => {
  assert.ok(SECRET_RULES.length >= 300);
  assert.ok(secretKinds().length >= 200);
  assert.equal(new Set(SECRET_RULES.map(({ id }) => id)).size, SECRET_RULES.length);
  for (const sample of corpus()) {
    const { rule, lead, secret, nearMiss } = sample;
    const { text, counts } = redactSecrets(lead + secret);
    assert.ok(!leaks(text, sample), `${rule.id}: ${text}`);
    assert.equal(Object.values(counts).reduce((sum, n) => sum + n, 0), 1, rule.id);
    assert.deepEqual(redactSecrets(nearMiss).counts, {}, `${rule.id}: ${nearMiss}`);
  }
});

for (const { name, disguise, exceptions } of DISGUISES) {
  Deno.test(`secrets are found ${name}`, () => {
    const missed = corpus()
      .filter(({ rule }) => !("words" in rule))
      .filter((sample) => leaks(redactSecrets(disguise(sample.lead + sample.secret)).text, sample));
    assert.deepEqual([...new Set(missed.map(({ rule }) => rule.id))].filter((id) => !exceptions(id)), []);
  });
}

Deno.test("a secret in one of a row's names is found among the others as it is alone, however it is disguised", () => {
  const plain = { name: "as it is", disguise: (text: string) => text };
  const missed = [plain, ...DISGUISES].flatMap(({ name: how, disguise }) =>
    corpus().flatMap(({ rule, lead, secret }) => {
      const name = disguise(lead + secret);
      const row = {
        sessionId: "s",
        benchmark: "token",
        harness: "password",
        models: ["bearer", name, "= 1"],
        spans: [],
      };
      const found = redactNames(row as never).row.models[1];
      return found === redactName(name).text ? [] : [`${rule.id} ${how}`];
    })
  );
  assert.deepEqual(missed, []);
});

Deno.test("a rule of one's own is data, checked, and counted under its id", () => {
  const rules: SecretRule[] = secretRulesSchema.parse([
    { id: "acme", begins: ["acme_"], chars: "a-f0-9", least: 12, example: "~0123456789ab", nearMiss: "~short" },
    {
      id: "acme-door",
      words: ["doorcode"],
      value: "\\d{3}[A-Z]",
      example: ["doorcode: ", "123A"],
      nearMiss: "doorcode",
    },
  ]);
  const redact = redactorOf({ rules });
  assert.deepEqual(redact("acme_00ff00ff00ff, doorcode = 123A"), {
    text: "[redacted acme], doorcode = [redacted acme-door]",
    counts: { acme: 1, "acme-door": 1 },
  });
  assert.throws(() => secretRulesSchema.parse([{ ...rules[0], begins: [] }]));
  assert.throws(() => secretRulesSchema.parse([{ ...rules[1], value: "(" }]));
});
