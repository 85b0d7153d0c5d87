/** What one run of a subprocess took. */
export interface Measured {
  seconds: number;
  /** Peak resident memory of the process, from /proc; null where the system has none. */
  peakMB: number | null;
  /** Whatever the run counted, such as bytes or rows. */
  counts: Record<string, number>;
}

/** The middle of several runs: medians of time and memory. */
export interface Summary extends Measured {
  runs: number;
  /** Shortest and longest run, seconds. */
  range: [number, number];
}

/** Measures work inside a subprocess and prints the result as its last line of output. */
export async function report(work: () => Promise<Record<string, number>>): Promise<void> {
  const begun = performance.now();
  const counts = await work();
  const seconds = (performance.now() - begun) / 1000;
  console.log(JSON.stringify({ seconds, peakMB: peakMB(), counts } satisfies Measured));
}

/** Peak resident memory of this process so far; null where the system does not say. */
export function peakMB(): number | null {
  try {
    const kB = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
    return kB === undefined ? null : Number(kB) / 1024;
  } catch {
    return null;
  }
}

/**
 * How tasks of deno.json run. V8 takes lists that many a session of its own was seen to outlive for ones that last, and then
 * keeps all that they hold until it looks at everything: half as much memory again, and a fifth of the time, in some runs.
 */
export const V8_FLAGS = ["--no-allocation-site-pretenuring"] as const;

/** Runs a module in a process of its own and returns what it reported. */
export async function inProcess(
  module: URL,
  args: readonly string[],
  v8Flags: readonly string[] = [],
): Promise<Measured> {
  const flags = `--v8-flags=${[...V8_FLAGS, ...v8Flags].join(",")}`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", flags, module.href, ...args],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`${module.pathname} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

/** Medians of several runs. */
export function summarise(runs: readonly Measured[]): Summary {
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b);
  const peaks = runs.map((run) => run.peakMB).filter((peak) => peak !== null);
  return {
    runs: runs.length,
    seconds: median(seconds),
    range: [seconds[0]!, seconds.at(-1)!],
    peakMB: peaks.length ? median(peaks) : null,
    counts: runs.at(-1)!.counts,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
