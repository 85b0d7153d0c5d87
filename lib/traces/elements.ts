/** Where one element of a JSON list lies in the text: `start` inclusive, `end` exclusive. */
export interface ElementSpan {
  start: number;
  end: number;
}

const QUOTE = 34, COMMA = 44, OPEN_LIST = 91, BACKSLASH = 92, CLOSE_LIST = 93, OPEN = 123, CLOSE = 125;

/**
 * Finds the elements of a JSON list without parsing them, so that those seen before need not be parsed again.
 * Starts at `from`: after the opening bracket, or after an element (`first` false), where a comma or the end is due.
 * Only the structure is checked; an element may still turn out not to be JSON.
 *
 * @returns null when the text is no list (no end, no comma between, text after the end).
 */
export function listElements(text: string, from: number, first: boolean): ElementSpan[] | null {
  const found: ElementSpan[] = [];
  let at = skipSpace(text, from);
  while (text.charCodeAt(at) !== CLOSE_LIST || (first && found.length > 0 && text.charCodeAt(at - 1) === COMMA)) {
    if (!(first && found.length === 0)) {
      if (text.charCodeAt(at) !== COMMA) return null;
      at = skipSpace(text, at + 1);
    }
    const end = elementEnd(text, at);
    if (end <= at) return null;
    found.push({ start: at, end });
    at = skipSpace(text, end);
  }
  return skipSpace(text, at + 1) === text.length ? found : null;
}

/** The position of the first character from `at` on that is not white space. */
export function skipSpace(text: string, at: number): number {
  for (;;) {
    const c = text.charCodeAt(at);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return at;
    at++;
  }
}

function elementEnd(text: string, at: number): number {
  const c = text.charCodeAt(at);
  if (c === QUOTE) return stringEnd(text, at);
  if (c !== OPEN && c !== OPEN_LIST) {
    while (at < text.length && text.charCodeAt(at) !== COMMA && text.charCodeAt(at) !== CLOSE_LIST) at++;
    return at;
  }
  let depth = 0;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) {
      at = stringEnd(text, at);
      if (at < 0) return -1;
      continue;
    }
    at++;
    if (c === OPEN || c === OPEN_LIST) depth++;
    else if ((c === CLOSE || c === CLOSE_LIST) && --depth === 0) return at;
  }
  return -1;
}

function stringEnd(text: string, at: number): number {
  let quote = at;
  for (;;) {
    quote = text.indexOf('"', quote + 1);
    if (quote < 0) return -1;
    let slash = quote;
    while (text.charCodeAt(slash - 1) === BACKSLASH) slash--;
    if ((quote - slash) % 2 === 0) return quote + 1;
  }
}
