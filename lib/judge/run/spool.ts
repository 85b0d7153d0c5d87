import { linesOf, writeText } from "../../io/json_lines.ts";
import type { Job } from "../prompt/job.ts";

/**
 * Jobs on the disk between planning and asking: the plan must be known before money is spent, and ten thousand prompts do
 * not belong in memory.
 */
export class Spool {
  #length = 0;

  private constructor(readonly path: string, readonly file: Deno.FsFile) {}

  /** Makes the file; one that a killed run left behind is replaced. */
  static async create(path: string): Promise<Spool> {
    return new Spool(path, await Deno.open(path, { read: true, write: true, create: true, truncate: true }));
  }

  get length(): number {
    return this.#length;
  }

  async add(job: Job): Promise<void> {
    await writeText(this.file, `${JSON.stringify(job)}\n`);
    this.#length++;
  }

  /**
   * The jobs in the order they were added, each read when it is asked for. Not for use while jobs are added.
   *
   * @throws {Error} when the file holds fewer jobs than were added
   */
  async *jobs(): AsyncGenerator<Job> {
    let read = 0;
    for await (const { text, complete } of linesOf(this.file)) {
      if (!complete) break;
      read++;
      yield JSON.parse(text) as Job;
    }
    if (read < this.#length) throw new Error(`${this.path} ended early: it was changed while the run was on`);
  }

  /** Closes and removes the file. */
  async remove(): Promise<void> {
    this.file.close();
    await Deno.remove(this.path);
  }
}
