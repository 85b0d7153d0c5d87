import { existsSync } from "node:fs";
import { labelTexts, parseTopicModel, type TopicText } from "../../lib/analysis/topics/mod.ts";
import { braintrustClient, braintrustEnvironment, projectNamed, writeTopics } from "../../lib/braintrust/mod.ts";
import { openSink } from "../../lib/engines/mod.ts";
import { sha256, writeWhole, writtenText } from "../../lib/io/mod.ts";
import { type Dataset, type Session, type TopicLabel, topicsOfSession, withTopics } from "../../lib/model/mod.ts";
import { readTopicLabels } from "../../lib/sources/mod.ts";
import { redactedJson, redactValue } from "../../lib/traces/mod.ts";
import { answerJson, say } from "../say.ts";
import { plural } from "../../lib/model/plural.ts";

/** Sessions written to an engine at once. */
const BATCH = 1000;

/** Where labels by kept classes go. */
export interface LabelByKeptOptions {
  /** A file of lines, in addition to what stands in it where it is there. */
  out?: string | undefined;
  /** Sessions elsewhere that get them. */
  to?: string | undefined;
  /** Whether sessions that have topics are labelled anew. */
  again: boolean;
}

/** Labels failures by classes that were kept, without fitting anew, and writes the labels where they are wanted. */
export async function labelByKept(
  path: string,
  dataset: Dataset,
  texts: readonly TopicText[],
  { out, to, again }: LabelByKeptOptions,
): Promise<void> {
  const file = await writtenText(path);
  const model = parseTopicModel(JSON.parse(file), path);
  const name = (await sha256(file)).slice(0, 12);
  const byId = new Map((dataset.sessions ?? []).map((session) => [session.sessionId, session]));
  const sorted = (id: string) => byId.has(id) && topicsOfSession(byId.get(id)!) !== null;
  const open = again ? texts : texts.filter(({ sessionId }) => !sorted(sessionId));
  const found = labelTexts(model, open.map(({ text }) => text));
  const labels = open.map(({ sessionId }, i): TopicLabel => ({
    session_id: sessionId,
    topics: found[i]!.all,
    model: name,
  }));
  const counts = new Map<string, number>();
  for (const { primary } of found) {
    counts.set(primary ?? "in no topic", (counts.get(primary ?? "in no topic") ?? 0) + 1);
  }
  const before = texts.length - open.length;
  say(
    `${plural(open.length, "failure")} labelled by ${path}${
      before ? `; ${before} had topics already (--again labels them anew)` : ""
    }`,
  );
  for (const [topic, n] of [...counts].sort(([, a], [, b]) => b - a)) say(`  ${topic}: ${n}`);
  answerJson({ model: name, labelled: open.length, before, topics: Object.fromEntries(counts) });
  if (out !== undefined) {
    const all = new Map((existsSync(out) ? await readTopicLabels(out) : []).map((label) => [label.session_id, label]));
    for (const label of labels) all.set(label.session_id, label);
    await writeWhole(out, [...all.values()].map((label) => `${redactedJson(redactValue(label).value)}\n`).join(""));
  }
  if (to !== undefined) {
    say(await writtenTo(to, withTopics(labels.flatMap(({ session_id }) => byId.get(session_id) ?? []), labels)));
  }
}

async function writtenTo(to: string, sessions: readonly Session[]): Promise<string> {
  if (to.startsWith("braintrust:")) {
    const client = braintrustClient(braintrustEnvironment());
    const project = await projectNamed(client, to.slice("braintrust:".length));
    const { written, same, kept, missing } = await writeTopics(client, project, sessions);
    return `${to}: topics of ${plural(written, "row")} written, ${same} were the same` +
      (kept.length ? `; ${kept.length} are somebody else's and stay, such as ${kept[0]}` : "") +
      (missing.length
        ? `; ${plural(missing.length, "session has", "sessions have")} no row there, such as ${missing[0]}`
        : "");
  }
  const sink = await openSink(to);
  try {
    let written = 0;
    for (let at = 0; at < sessions.length; at += BATCH) {
      const topics = new Map(sessions.slice(at, at + BATCH).map((session) => [session.sessionId, session.topics]));
      // What stands there is kept but for the topics.
      const there = await sink.sessions([...topics.keys()]);
      const changed = there.filter(({ sessionId, topics: now }) => topics.get(sessionId) !== now)
        .map((session) => redactValue({ ...session, topics: topics.get(session.sessionId) ?? null }).value);
      await sink.replace(changed);
      written += changed.length;
    }
    return `${to}: topics of ${plural(written, "session")} written`;
  } finally {
    await sink.close();
  }
}
