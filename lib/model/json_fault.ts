/**
 * What is wrong with a text that is no JSON, from the error of reading it, without a piece of the text: the runtime quotes some
 * twenty characters, which may be half of a key that no redactor knows. Other errors say what they say.
 *
 * @example
 * ```ts
 * import { jsonFault } from "./json_fault.ts";
 * try {
 *   JSON.parse('{"key": sk-abcdef}');
 * } catch (error) {
 *   console.log(jsonFault(error)); // unexpected character
 * }
 * ```
 */
export function jsonFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof SyntaxError && /is not valid JSON$/.test(message) ? "unexpected character" : message;
}
