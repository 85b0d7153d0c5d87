import { writeText } from "../../io/json_lines.ts";
import type { Job } from "../prompt/job.ts";

/**
 * Jobs on the disk between planning and asking: the plan must be known before money is spent, and ten thousand prompts do
 * not belong in memory. Only their places are kept.
 */
export class Spool {
  readonly #places: { at: number; bytes: number }[] = [];
  #size = 0;

  private constructor(readonly path: string, readonly file: Deno.FsFile) {}

  /** Makes the file; one that a killed run left behind is replaced. */
  static async create(path: string): Promise<Spool> {
    return new Spool(path, await Deno.open(path, { read: true, write: true, create: true, truncate: true }));
  }

  get length(): number {
    return this.#places.length;
  }

  async add(job: Job): Promise<void> {
    await this.file.seek(this.#size, Deno.SeekMode.Start);
    const bytes = await writeText(this.file, JSON.stringify(job));
    this.#places.push({ at: this.#size, bytes });
    this.#size += bytes;
  }

  /** The jobs in the order they were added, each read when it is asked for. Not for use while jobs are added. */
  async *jobs(): AsyncGenerator<Job> {
    const decoder = new TextDecoder();
    for (const { at, bytes } of this.#places) {
      const buffer = new Uint8Array(bytes);
      await this.file.seek(at, Deno.SeekMode.Start);
      for (let have = 0; have < bytes;) {
        const n = await this.file.read(buffer.subarray(have));
        if (n === null) throw new Error(`${this.path} ended early: it was changed while the run was on`);
        have += n;
      }
      yield JSON.parse(decoder.decode(buffer)) as Job;
    }
  }

  /** Closes and removes the file. */
  async remove(): Promise<void> {
    this.file.close();
    await Deno.remove(this.path);
  }
}
