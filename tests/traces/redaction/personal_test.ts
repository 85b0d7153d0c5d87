import assert from "node:assert/strict";
import { PERSONAL_KINDS, redactorOf, redactSecrets } from "../../../lib/traces/mod.ts";
import { isIban, luhn } from "../../../lib/traces/redaction/personal.ts";

const redact = redactorOf({ personal: true });

const given: [string, string][] = [
  ["mail ann.lee+x@example.org now", "mail [redacted email] now"],
  ["<bob@mail.example.co.uk>", "<[redacted email]>"],
  ["call +49 30 901820, please", "call [redacted phone], please"],
  ["call (212) 555-0147 or 212-555-0147", "call [redacted phone] or [redacted phone]"],
  ["+1 212 555 0147", "[redacted phone]"],
  ["IBAN DE89 3704 0044 0532 0130 00 BIC", "IBAN [redacted iban] BIC"],
  ["GB82WEST12345698765432", "[redacted iban]"],
  ["card 4111 1111 1111 1111 ok", "card [redacted card] ok"],
  ["5555555555554444", "[redacted card]"],
  ["378282246310005", "[redacted card]"],
];
for (const [text, clean] of given) {
  Deno.test(`personal data is redacted where it is asked for: ${text}`, () => {
    assert.equal(redact(text).text, clean);
    assert.equal(redactSecrets(text).text, text);
    assert.ok(Object.keys(redact(text).counts).every((kind) => PERSONAL_KINDS.some((one) => one === kind)));
  });
}

const harmless = [
  "order 4111 1111 1111 1112",
  "1234567890123456",
  "DE89 3704 0044 0532 0130 01",
  "2026-11-25 10:00:00",
  "user@localhost and a@b",
  "192.168.100.200 and 1700000000000",
  "id 9fceb02d0ae598e9 v1.2.3 0.30000000000000004",
  "10000 20000 30000",
];
for (const text of harmless) {
  Deno.test(`no personal data is seen in ${text}`, () => assert.deepEqual(redact(text), { text, counts: {} }));
}

Deno.test("check digits: Luhn's and those of IBANs", () => {
  // ISO/IEC 7812-1 and ISO 13616 by their own examples.
  assert.ok(luhn("79927398713"));
  assert.ok(!luhn("79927398710"));
  assert.ok(isIban("GB82WEST12345698765432"));
  assert.ok(isIban("DE89370400440532013000"));
  assert.ok(!isIban("GB82WEST12345698765431"));
});
