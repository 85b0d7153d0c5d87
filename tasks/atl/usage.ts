/** A command line that cannot be meant: exit code 2, where what fails for other reasons has 1. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** What an option is read as, where the reader refuses what cannot be meant. @throws {UsageError} with its words */
export function meant<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What exit codes mean, in every command. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, but not with all: rows set aside, records missing. What, was said. */
  inPart: 3,
  interrupted: 130,
} as const;
