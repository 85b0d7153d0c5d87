import { type Answer, answerSchema } from "./verdict.ts";

/** An answer, or why none could be read. */
export type Parsed = { answer: Answer } | { fault: string };

/**
 * Reads a judge's reply: a JSON object, alone or with prose or a code fence around it. Where several objects are there,
 * all that are answers must agree on `success`. Nothing is guessed: wrong types, missing keys and broken JSON are faults,
 * worded so that they can be sent back to the judge.
 */
export function parseReply(reply: string): Parsed {
  const objects = objectsIn(reply);
  if (objects.length === 0) {
    return {
      fault: reply.includes("{")
        ? "the JSON object is not complete or not valid JSON"
        : "there is no JSON object in it",
    };
  }
  const read = objects.map((object) => answerSchema.safeParse(object));
  const answers = read.flatMap((result) => result.success ? [result.data] : []);
  const [first] = answers;
  if (first) {
    if (answers.every((answer) => answer.success === first.success)) return { answer: first };
    return { fault: "it holds several answers that contradict each other" };
  }
  const issue = read.flatMap((result) => result.error?.issues ?? [])[0];
  return { fault: `the field "${issue?.path.join(".")}" is not as asked: ${issue?.message}` };
}

/** Every outermost JSON object in a text. */
function objectsIn(text: string): unknown[] {
  const found: unknown[] = [];
  for (let at = text.indexOf("{"); at >= 0;) {
    const end = objectEnd(text, at);
    const object = end < 0 ? undefined : parsed(text.slice(at, end));
    if (object !== undefined) found.push(object);
    at = text.indexOf("{", object === undefined ? at + 1 : end);
  }
  return found;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Position after the brace that closes the one at `at`, braces in strings apart; -1 when there is none. */
function objectEnd(text: string, at: number): number {
  let [depth, inString] = [0, false];
  for (let i = at; i < text.length; i++) {
    const c = text[i];
    if (inString) {
      if (c === "\\") i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === "{") depth++;
    else if (c === "}" && --depth === 0) return i + 1;
  }
  return -1;
}
