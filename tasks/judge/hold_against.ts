import { writeWhole } from "../../lib/io/mod.ts";
import { readVerdicts } from "../../lib/judge/mod.ts";
import type { TraceStream } from "../../lib/sources/mod.ts";
import { note, say } from "../say.ts";
import { validate, validationText } from "./against.ts";
import { readGrades } from "./grades.ts";
import type { JudgeOptions } from "./options.ts";
import { writePages } from "./pages.ts";

/** Holds the verdicts of a file against grades, writes what came of it, and the transcripts of sessions where they differ. */
export async function holdAgainst(
  grades: string,
  stream: TraceStream | null,
  { out, roles }: Pick<JudgeOptions, "out" | "roles">,
): Promise<void> {
  const verdicts = await readVerdicts(out).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `${out}: there are no verdicts to hold against ${grades}; judge a SOURCE first, or give another --out`,
    );
  });
  const official = await readGrades(grades);
  for (const text of official.notes) note(`${grades}: ${text}`);
  const pages = stream ? `${out}.pages` : null;
  const validation = validate(verdicts, official, pages);
  await writeWhole(`${out}.validation.json`, JSON.stringify(validation, null, 1) + "\n");
  if (stream && pages) {
    const sessions = new Map(
      validation.disagreements.map((row) => [row.sessionId, row.official === 1 ? "solved" : "not solved"]),
    );
    await writePages(stream, pages, { sessions, verdicts, roles });
  }
  say(validationText(validation));
  say(`${out}.validation.json`);
}
