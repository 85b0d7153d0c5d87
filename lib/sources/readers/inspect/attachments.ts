import { isObject } from "../../dialects/json.ts";

/** `attachment://HASH`; the first versions wrote `tc://HASH`. */
const REFERENCE = /(?:attachment:\/\/([\w-]+)|\btc:\/\/([a-f0-9]{32}))/g;

/** Puts the texts that a sample keeps apart back where they are referred to; what is not there stays as it is. */
export function attachmentResolver(attachments: unknown): (value: unknown) => unknown {
  if (!isObject(attachments) || Object.keys(attachments).length === 0) return (value) => value;
  const known = new Map<object, unknown>();
  const resolve = (value: unknown): unknown => {
    if (typeof value === "string") return value.includes("://") ? replaced(value, attachments) : value;
    if (typeof value !== "object" || value === null) return value;
    let done = known.get(value);
    if (done === undefined) {
      done = Array.isArray(value)
        ? value.map(resolve)
        : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
      known.set(value, done);
    }
    return done;
  };
  return resolve;
}

function replaced(text: string, attachments: Record<string, unknown>): string {
  return text.replace(REFERENCE, (reference, id, old) => {
    const found = attachments[id ?? old];
    return typeof found === "string" ? found : reference;
  });
}
