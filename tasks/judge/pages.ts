import { failingSteps } from "../../lib/analysis/mod.ts";
import { failingStepsTable } from "../../lib/figures/mod.ts";
import { writeWhole, writtenText } from "../../lib/io/mod.ts";
import {
  applyVerdicts,
  callRoles,
  type JudgeVerdict,
  pageName,
  parseCallRules,
  readVerdicts,
  transcriptOf,
  transcriptPage,
} from "../../lib/judge/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { isFault, type TraceStream } from "../../lib/sources/mod.ts";
import { redactNames, sessionOf } from "../../lib/traces/mod.ts";
import { say } from "../say.ts";
import type { JudgeOptions } from "./options.ts";

/** Which transcripts become pages. */
interface Wanted {
  /** Sessions, and what is said of their grade; null where they have none. */
  sessions: ReadonlyMap<string, string | null>;
  /** What was ruled. */
  verdicts: readonly JudgeVerdict[];
  /** The user's rules of whose a call is. */
  roles: string | null;
}

/**
 * Writes the transcript of each wanted session into a folder, a page each, with links to the calls that its verdicts name.
 *
 * @returns the sessions, with their verdicts
 */
export async function writePages(
  stream: TraceStream,
  folder: string,
  { sessions: wanted, verdicts, roles }: Wanted,
): Promise<Session[]> {
  await Deno.mkdir(folder, { recursive: true });
  const roleOf = callRoles(roles === null ? [] : parseCallRules(await writtenText(roles), roles));
  const bySession = Map.groupBy(verdicts, ({ sessionId }) => sessionId);
  const written: Session[] = [];
  for await (const recorded of stream.rows()) {
    if (isFault(recorded)) continue;
    const { row } = redactNames(recorded);
    const grade = wanted.get(row.sessionId);
    if (grade === undefined) continue;
    const own = bySession.get(row.sessionId) ?? [];
    const page = transcriptPage(row.sessionId, transcriptOf(row, roleOf), own, grade);
    await writeWhole(`${folder}/${pageName(row.sessionId)}`, page);
    written.push(...applyVerdicts([sessionOf(row)], own).sessions);
  }
  return written;
}

/** Writes the transcripts of all sessions whose failing step is named, and a page that lists the steps and links to them. */
export async function pagesOfFailures(
  stream: TraceStream,
  folder: string,
  { out, roles }: Pick<JudgeOptions, "out" | "roles">,
): Promise<void> {
  const verdicts = await readVerdicts(out).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `${out}: there are no verdicts whose failing steps could be shown; judge first, or give another --out`,
    );
  });
  const failing = verdicts.flatMap(({ sessionId, failingCall }) =>
    failingCall === null ? [] : [[sessionId, null] as const]
  );
  const steps = failingSteps(await writePages(stream, folder, { sessions: new Map(failing), verdicts, roles }));
  if (!steps) {
    say(`${out}: no session of this source has a verdict of 0 that names its failing step: no page to write`);
    return;
  }
  const table = failingStepsTable(steps, {
    source: out,
    maxEach: Infinity,
    sessionHref: (sessionId, call) => `${pageName(sessionId)}#call-${call}`,
  });
  await writeWhole(`${folder}/index.html`, indexPage(table.html));
  say(`${folder}/index.html: where ${steps.steps.length} failed sessions were lost, each with its transcript`);
}

function indexPage(table: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Where sessions were lost</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{margin:1rem auto;max-width:1130px;background:#fff}</style></head><body>
${table}
</body></html>
`;
}
