/** Something that takes a while, and what it is called. */
export interface Job {
  name: string;
  run(): Promise<void>;
}

/** How what is done is told. */
export interface Telling {
  say(text: string): void;
  note(text: string): void;
  /** Milliseconds between two lines on what is going on; 3,000 unless told. */
  everyMs?: number;
}

/**
 * Does jobs, some at a time, in the order given; says what each took and, at once and every three seconds, what is going on. One that
 * fails is told and does not stop the others.
 *
 * @returns how many failed
 */
export async function inTurn(
  queue: readonly Job[],
  atOnce: number,
  { say, note, everyMs = 3000 }: Telling,
): Promise<number> {
  const left = [...queue];
  const going = new Map<string, number>();
  let failed = 0;
  const seconds = (since: number) => (performance.now() - since) / 1000;
  const tick = () => {
    const now = [...going].map(([name, since]) => `${name} ${seconds(since).toFixed(0)} s`);
    note(`  ${queue.length - left.length - going.size} of ${queue.length} done; ${now.join(", ")}`);
  };
  const ticking = setInterval(tick, everyMs);
  try {
    const done = Promise.all(Array.from({ length: atOnce }, async () => {
      for (let job = left.shift(); job; job = left.shift()) {
        const began = performance.now();
        going.set(job.name, began);
        try {
          await job.run();
          say(`${job.name.padEnd(24)} ${seconds(began).toFixed(1).padStart(6)} s`);
        } catch (error) {
          failed++;
          note((error as Error).message);
        } finally {
          going.delete(job.name);
        }
      }
    }));
    tick();
    await done;
  } finally {
    clearInterval(ticking);
  }
  return failed;
}
