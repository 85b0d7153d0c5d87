import { terminalText } from "../model/mod.ts";
import { SingleBar } from "cli-progress";

/** Shows how far something that may take long has come. */
export interface Progress {
  /**
   * Shows that `done` is done.
   *
   * @param total null while it is not known
   */
  update(done: number, total: number | null): void;
  /** Takes the bar away. */
  stop(): void;
}

/** Where and how {@link progressBar} draws; a terminal's stderr unless told. */
export interface ProgressOptions {
  /** What is being done, such as `full.json`. */
  label: string;
  /** Of what, such as `MB`; `unit` of `done` divided by `scale`. */
  unit: string;
  /** How many of `done` make one unit shown; 1 unless told. */
  scale?: number;
  /** Whether a bar can be drawn; nothing is shown where not. That of stderr unless told. */
  isTerminal?: boolean;
  /** Milliseconds; the system's clock unless told. */
  now?: () => number;
  /** What is drawn on. */
  stream?: NodeJS.WritableStream;
}

/** A bar appears once something takes longer than this. */
const PATIENCE_MS = 2000;

/**
 * A bar with rate and time left on stderr, once two seconds have passed; nothing at all when stderr is not a terminal.
 *
 * @example
 * ```ts
 * import { progressBar } from "agent-trace-lab/sources";
 * const bar = progressBar({ label: "mine.jsonl", unit: "sessions" });
 * for (let done = 1; done <= 3; done++) bar.update(done, 3);
 * bar.stop();
 * ```
 */
export function progressBar(options: ProgressOptions): Progress {
  const { label, unit, scale = 1, isTerminal = Deno.stderr.isTerminal(), now = Date.now } = options;
  if (!isTerminal) return { update: () => {}, stop: () => {} };
  const begun = now();
  let bar: SingleBar | null = null;
  return {
    update(done, total) {
      const seconds = (now() - begun) / 1000;
      if (seconds * 1000 < PATIENCE_MS) return;
      const rate = done / scale / seconds;
      const payload = {
        rate: rate.toPrecision(3),
        left: total === null || done === 0 ? "?" : Math.ceil(seconds * (total - done) / done),
        shown: (done / scale).toFixed(scale === 1 ? 0 : 1),
        of: total === null ? "?" : (total / scale).toFixed(scale === 1 ? 0 : 1),
      };
      if (!bar) {
        bar = new SingleBar({
          format: `${terminalText(label)} [{bar}] {shown}/{of} ${unit}, {rate} ${unit}/s, {left} s left`,
          hideCursor: true,
          clearOnComplete: true,
          stream: options.stream,
          noTTYOutput: false,
        });
        bar.start(total ?? done, done, payload);
      }
      bar.setTotal(Math.max(total ?? done, 1));
      bar.update(done, payload);
    },
    stop: () => bar?.stop(),
  };
}
