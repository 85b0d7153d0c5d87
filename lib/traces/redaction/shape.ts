/** Shannon entropy of a text's characters, in bits a character; 0 for an empty one. Reads the first 256 characters. */
export function entropyOf(text: string): number {
  const length = Math.min(text.length, 256);
  const counts = new Uint16Array(128);
  for (let i = 0; i < length; i++) counts[text.charCodeAt(i) & 127]!++;
  let bits = 0;
  for (const n of counts) if (n) bits -= n / length * Math.log2(n / length);
  return bits;
}

/** How many digits, capital and small letters a text has. */
export function lettersOf(text: string): { digits: number; capitals: number; small: number } {
  const found = { digits: 0, capitals: 0, small: 0 };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) found.digits++;
    else if (code >= 65 && code <= 90) found.capitals++;
    else if (code >= 97 && code <= 122) found.small++;
  }
  return found;
}

/**
 * Whether a text is made of words: `my-long-project-name-2026`, `findX509Credential`, `CL100K_TOKEN_SPLIT`. Either each part
 * between hyphens, underscores and dots is one, with at most four digits behind; or its stretches of small letters (maybe
 * behind a capital), of capitals and of digits are 3.2 characters long on average, where those of what is drawn at random
 * are 1.3 to 2.5. No word has more than 20 letters, and no number in a name more than 8 digits.
 */
export function isSlug(text: string): boolean {
  const stretches = text.match(/[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g) ?? [];
  if (stretches.some((stretch) => stretch.length > (stretch < "A" ? 8 : 20))) return false;
  return stretches.join("").length >= 3.2 * stretches.length ||
    text.split(/[-_.]+/).every((part) => /^(?:[a-z]*|[A-Z]?[a-z]+|[A-Z]+)\d{0,4}$/.test(part));
}

const UUID = /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/;

/** Whether a text is a UUID: an id far more often than a secret. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Whether capitals and small letters stand as no word has them. */
export function isMixed(text: string): boolean {
  const { capitals, small } = lettersOf(text);
  return capitals >= 4 && small >= 4 && entropyOf(text) >= 3.2 && !isSlug(text);
}

/** Whether a text looks drawn at random: letters and digits, no slug, and of enough different characters. */
export function looksRandom(text: string, least = 12): boolean {
  if (text.length < least) return false;
  const { digits, capitals, small } = lettersOf(text);
  return digits > 0 && capitals + small > 0 && !isSlug(text) && entropyOf(text) >= 2.5;
}
