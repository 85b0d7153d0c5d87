import { createHash } from "node:crypto";

/** Names that Windows keeps for devices, with any extension. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const MOST_CHARACTERS = 80;

/**
 * A file name for an id from somewhere else: letters, digits, hyphens and underscores, at most 97 of them, no name of a
 * device. Two ids never get the same name, also where a file system takes `A` for `a`: where the id had to be changed, or
 * has capitals, a hash of it follows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * import { fileNameOf } from "agent-trace-lab/io";
 *
 * assert.equal(fileNameOf("run-7_1"), "run-7_1");
 * assert.match(fileNameOf("a/b"), /^a_b-[0-9a-f]{16}$/);
 * ```
 */
export function fileNameOf(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, MOST_CHARACTERS);
  if (plain === id && plain !== "" && plain === plain.toLowerCase() && !DEVICES.test(plain) && !hasHash(plain)) {
    return plain;
  }
  return `${plain}-${createHash("sha256").update(id).digest("hex").slice(0, 16)}`;
}

/** An id that looks like a name made here gets a hash of its own, or it could be the name of another id. */
const hasHash = (name: string) => /-[0-9a-f]{16}$/.test(name);
