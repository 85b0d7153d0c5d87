import type { Found } from "./token.ts";

/** Kinds of personal data that are redacted where it is asked for. */
export const PERSONAL_KINDS = ["email", "phone", "iban", "card"] as const;

/** E-mail addresses, international and North American phone numbers, IBANs and card numbers in a text. */
export function personalIn(text: string): Found[] {
  return [...emails(text), ...numbers(text), ...ibans(text)];
}

const LOCAL = /[A-Za-z0-9._%+'-]/;
const DOMAIN = /(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])/y;

function* emails(text: string): Generator<Found> {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && LOCAL.test(text[start - 1]!)) start--;
    DOMAIN.lastIndex = at + 1;
    if (start < at && DOMAIN.test(text)) yield { kind: "email", start, end: DOMAIN.lastIndex, rank: 0 };
  }
}

/** Digits with what people write between them; a number of a card or a phone, by what it is made of. */
const DIGITS = /(?<![\w.+-])(?:\+|\(|00(?=[1-9]))?\d(?:[ ().\u00a0-]{0,2}\d){6,18}(?![\w-]|\.\d)/g;

function* numbers(text: string): Generator<Found> {
  for (const found of text.matchAll(DIGITS)) {
    const [said] = found;
    const digits = said.replace(/\D/g, "");
    const kind = isCard(digits, said) ? "card" : isPhone(digits, said) ? "phone" : null;
    if (kind) yield { kind, start: found.index, end: found.index + said.length, rank: 0 };
  }
}

/** Whether digits are a card number: an issuer's beginning and length, and the check digit of ISO/IEC 7812-1 (Luhn). */
function isCard(digits: string, said: string): boolean {
  if (!/^(?:\d+|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?|\d{4}[ -]\d{6}[ -]\d{5})$/.test(said)) return false;
  return /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}|3[068]\d{12})$/
    .test(digits) && luhn(digits);
}

/** Whether the last digit checks the others (Luhn's sum is a multiple of ten). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0 && digits !== "0".repeat(digits.length);
}

/** With a country code (E.164), or in the North American form with its separators. */
function isPhone(digits: string, said: string): boolean {
  if (said.startsWith("+") || said.startsWith("00")) return digits.length >= 8 && digits.length <= 17;
  return /^(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}$/.test(said);
}

const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])/g;

function* ibans(text: string): Generator<Found> {
  for (const found of text.matchAll(IBAN)) {
    const said = found[0];
    // Words in capitals may follow: the check digits say where the number ends.
    for (let end = said.length; end >= 15; end--) {
      if (end < said.length && /[A-Z0-9]/.test(said[end]!)) continue;
      if (isIban(said.slice(0, end).replaceAll(" ", ""))) {
        yield { kind: "iban", start: found.index, end: found.index + end, rank: 0 };
        break;
      }
    }
  }
}

/** Whether an account number's check digits are right (ISO 13616: modulo 97 of what is read as a number is 1). */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const char of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
