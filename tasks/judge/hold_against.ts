import { writeWhole } from "../../lib/io/mod.ts";
import {
  callRoles,
  pageName,
  parseCallRules,
  readVerdicts,
  transcriptOf,
  transcriptPage,
} from "../../lib/judge/mod.ts";
import { isFault, type TraceStream } from "../../lib/sources/mod.ts";
import { redactNames } from "../../lib/traces/mod.ts";
import { say } from "../say.ts";
import { validate, validationText } from "./against.ts";
import { readGrades } from "./grades.ts";
import type { JudgeOptions } from "./options.ts";

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
  const pages = stream ? `${out}.pages` : null;
  const validation = validate(verdicts, official, pages);
  await writeWhole(`${out}.validation.json`, JSON.stringify(validation, null, 1) + "\n");
  if (stream && pages) {
    await Deno.mkdir(pages, { recursive: true });
    const wanted = new Map(validation.disagreements.map((row) => [row.sessionId, row]));
    const roleOf = callRoles(roles === null ? [] : parseCallRules(await Deno.readTextFile(roles), roles));
    for await (const recorded of stream.rows()) {
      if (isFault(recorded)) continue;
      const { row } = redactNames(recorded);
      const disagreement = wanted.get(row.sessionId);
      if (!disagreement) continue;
      const own = verdicts.filter((verdict) => verdict.sessionId === row.sessionId);
      const grade = disagreement.official === 1 ? "solved" : "not solved";
      const page = transcriptPage(row.sessionId, transcriptOf(row, roleOf), own, grade);
      await writeWhole(`${pages}/${pageName(row.sessionId)}`, page);
    }
  }
  say(validationText(validation));
  say(`${out}.validation.json`);
}
