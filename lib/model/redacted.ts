/** No value has it; a copy with `{ ...value }` has it no longer, since what is private is not copied. */
declare class Mark {
  #redacted: true;
}
export type { Mark };

/**
 * A value that the redactor of `lib/traces` has gone through. Everything that writes or sends takes this type and no
 * other, so that a value which has not been redacted is an error of compilation. Nothing but the redactor makes one, and
 * what is made from one (a copy, a longer text) has to go through it again.
 *
 * @example
 * ```ts
 * import type { Redacted } from "agent-trace-lab/model";
 * import { redactSecrets } from "agent-trace-lab/traces";
 *
 * const send = (text: Redacted<string>) => console.log(text);
 * send(redactSecrets("pwd=hunter2").text); // pwd=[redacted password]; send("pwd=hunter2") does not compile
 * ```
 */
export type Redacted<T> = T & Mark;
