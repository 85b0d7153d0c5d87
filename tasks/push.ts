/** `deno task push`: span rows and verdicts to a Braintrust project, or to any OTLP collector. @module */
import {
  braintrustClient,
  braintrustEnvironment,
  contentHash,
  countRows,
  DEFAULT_API_URL,
  type DifferingScore,
  folderRows,
  type MergingSend,
  mergingSend,
  openJournal,
  planPush,
  type Project,
  projectNamed,
  type PushJournal,
  type PushPlan,
  pushRows,
  readSent,
  type RowLine,
  type Send,
  sendOtlp,
  writeBackRows,
} from "../lib/braintrust/mod.ts";
import { progressBar } from "../lib/sources/mod.ts";
import { OPTIONS, pushOptions, type PushTaskOptions } from "./push/options.ts";
import { countText, differingText, planText, reportText } from "./push/text.ts";
import { rowVerdicts } from "./push/verdicts.ts";
import { answerJson, say } from "./say.ts";
import { command, type Values } from "./atl/command.ts";
import { EXIT } from "./atl/usage.ts";
import { plural } from "../lib/model/plural.ts";

async function run(values: Values<typeof OPTIONS>): Promise<number> {
  const options = pushOptions(values);
  const verdicts = options.verdicts === null ? new Map() : await rowVerdicts(options.verdicts);
  const rows = () => writeBackRows(folderRows(options.dir), verdicts);
  const journalPath = journalOf(options);
  const target = options.otlp === null ? `Braintrust project ${options.project}` : withoutQuery(options.otlp);
  if (!options.yes) {
    const known = options.fresh ? { sent: () => undefined } : await readSent(journalPath);
    const plan = await planned(rows(), known, options);
    say(planText(plan, target));
    say("nothing has been sent; add --yes to send");
    answerJson({ ...plan, sessions: plan.sessions.size });
    return 0;
  }
  const { sender, identity, count } = await connected(options);
  const journal = await openJournal(journalPath, identity, { fresh: options.fresh });
  try {
    const plan = await planned(rows(), journal, options);
    say(planText(plan, target));
    const merging = await sender(plan, journal);
    const code = await pushed(rows(), plan, merging.send, journal, count, options.batchBytes);
    if (merging.readModifyWrite()) {
      say("the service replaces rows where it is asked to merge: they were read, changed and written whole");
    }
    if (merging.differing.length) await listDiffering(merging.differing, options);
    return code;
  } finally {
    journal.close();
  }
}

/** Scores of others that say other than the verdicts: some on the console, all in a file. */
async function listDiffering(differing: readonly DifferingScore[], { verdicts, dir }: PushTaskOptions): Promise<void> {
  const path = `${verdicts ?? `${dir}/push`}.differing.jsonl`;
  const lines = differing.map(({ sessionId, score, theirs, verdict }) =>
    `${JSON.stringify({ session_id: sessionId, score, theirs, verdict })}\n`
  );
  await Deno.writeTextFile(path, lines.join(""));
  say(differingText(differing, path));
}

async function planned(
  rows: AsyncIterable<RowLine>,
  journal: Pick<PushJournal, "sent">,
  { dropVerdicts }: PushTaskOptions,
): Promise<PushPlan> {
  const plan = await planPush(rows, journal);
  if (plan.losingVerdict > 0 && !dropVerdicts) {
    throw new Error(
      `${plural(plan.losingVerdict, "row was", "rows were")} pushed with a verdict and would now replace it by none; ` +
        "give --verdicts FILE, or --drop-verdicts",
    );
  }
  return plan;
}

type Count = ((plan: PushPlan) => ReturnType<typeof countRows>) | null;

async function pushed(
  rows: AsyncIterable<RowLine>,
  plan: PushPlan,
  send: Send<RowLine>,
  journal: PushJournal,
  count: Count,
  maxBytes: number,
): Promise<number> {
  const bar = progressBar({ label: "push", unit: "rows" });
  const report = await pushRows(rows, send, journal, {
    maxBytes,
    onProgress: (done) => bar.update(done, plan.rows),
  }).finally(() => bar.stop());
  say(reportText(report));
  if (!count) {
    answerJson({ report, counted: null });
    return report.tooLarge.length ? EXIT.inPart : EXIT.done;
  }
  const counted = await count(plan);
  say(countText(counted));
  answerJson({ report, counted });
  // What is not there was not sent, whatever the journal says.
  await journal.forget(counted.missing.map(({ root }) => root));
  return report.tooLarge.length || counted.missing.length ? EXIT.inPart : EXIT.done;
}

type Sender = (plan: PushPlan, journal: PushJournal) => Promise<MergingSend>;

/** How rows are sent, what that place is called, and how they are counted there (a collector cannot be asked). */
async function connected(options: PushTaskOptions): Promise<{ sender: Sender; identity: string; count: Count }> {
  const { otlp, project: name } = options;
  if (otlp !== null && otlp !== "braintrust") return toCollector(otlp);
  const client = braintrustClient(braintrustEnvironment());
  const project: Project = await projectNamed(client, name!, { create: options.createProject });
  const identity = `${client.apiUrl} ${project.id}`;
  if (otlp === null) {
    return {
      sender: (plan, journal) => mergingSend(client, project, plan, journal),
      identity,
      count: async (plan) => {
        const bar = progressBar({ label: "count", unit: "sessions" });
        return await countRows(client, project, plan, {
          patience: 4,
          pauseMs: options.waitMs / 4,
          onProgress: (sessions) => bar.update(sessions, plan.sessions.size),
        }).finally(() => bar.stop());
      },
    };
  }
  const headers = { "x-bt-parent": `project_name:${project.name}` };
  return {
    sender: replacing((rows) => sendOtlp(client, "/otel/v1/traces", rows, headers)),
    identity: `otlp ${identity}`,
    count: null,
  };
}

/** A collector has no rows that could be looked at, or merged into. */
function replacing(send: Send<RowLine>): Sender {
  return () => Promise.resolve({ send, differing: [], readModifyWrite: () => false });
}

function toCollector(otlp: string): { sender: Sender; identity: string; count: null } {
  const url = new URL(otlp);
  const headers = Object.fromEntries(
    (Deno.env.get("OTEL_EXPORTER_OTLP_HEADERS") ?? "").split(",").filter((pair) => pair.includes("="))
      .map((
        pair,
      ) => [pair.slice(0, pair.indexOf("=")).trim(), decodeURIComponent(pair.slice(pair.indexOf("=") + 1).trim())]),
  );
  const client = braintrustClient({
    apiKey: null,
    apiUrl: url.origin,
    settings: { url: "--otlp", key: "OTEL_EXPORTER_OTLP_HEADERS" },
  });
  const path = `${url.pathname}${url.search}`;
  return {
    sender: replacing((rows) => sendOtlp(client, path, rows, headers)),
    identity: `otlp ${withoutQuery(otlp)}`,
    count: null,
  };
}

/** A collector's address for messages and the journal: a key may stand in its query, or before its host. */
function withoutQuery(otlp: string): string {
  const url = URL.parse(otlp);
  return url ? `${url.origin}${url.pathname}` : otlp;
}

/** One journal a target, in the folder that is pushed. */
function journalOf({ dir, project, otlp }: PushTaskOptions): string {
  const where = `${otlp ?? ""} ${Deno.env.get("BRAINTRUST_API_URL") || DEFAULT_API_URL} ${project ?? ""}`;
  const name = (project ?? "otlp").replaceAll(/[^\w.-]+/g, "-").slice(0, 40);
  return `${dir}/push-${name}-${contentHash(where).slice(0, 8)}.journal`;
}

export default command({
  about:
    `Sends the rows that import --out DIR wrote to a Braintrust project's logs, or to an OTLP collector (--otlp URL).
Without --yes nothing is sent: you see what would be. BRAINTRUST_API_KEY, and BRAINTRUST_API_URL for a data plane of your
own, come from the environment.

Rows are sent complete; ids are deterministic, so pushing twice changes nothing. Into a row that is there already only what
changed is merged: scores, tags, comments and metadata that others wrote stay, and where a person's score differs from the
verdict it is listed (FILE.differing.jsonl). What was accepted is noted in DIR by content: an edited row is sent again, and
an interrupted push goes on where it was. Afterwards the rows are counted by SQL, and sessions that are not all there are
named and sent again by the next push.`,
  options: OPTIONS,
  json: true,
  more: "Exit code 3: sent, but rows are missing or were too large.",
  run,
});
