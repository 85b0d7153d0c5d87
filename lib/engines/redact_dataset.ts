import type { Dataset, Session } from "../model/mod.ts";
import { redactName, redactSecrets } from "../traces/mod.ts";
import { valueRedactor } from "../traces/redaction/value.ts";

/** What names a session or what it is of. */
const NAMES = [
  "sessionId",
  "run",
  "taskId",
  "trial",
  "benchmark",
  "harness",
  "deployment",
  "model",
  "judgeModel",
] as const;
/** What a judge wrote. */
const TEXTS = ["judgeReasoning", "judgeReliability", "judgeConfidence", "judgeFailingQuote", "topics"] as const;

/** Sessions without secrets: names and ids stay as different as they were. A session that holds none is the same object. */
export function redactSessions(sessions: readonly Session[]): Session[] {
  const known = new Map<string, string>();
  const name = (text: string) => {
    let clean = known.get(text);
    if (clean === undefined) {
      clean = redactName(text).text;
      if (known.size < 100_000) known.set(text, clean);
    }
    return clean;
  };
  return sessions.map((session) => {
    const changed: Partial<Record<string, string>> = {};
    for (const field of NAMES) {
      const text = session[field];
      if (text !== null && name(text) !== text) changed[field] = name(text);
    }
    for (const field of TEXTS) {
      const text = session[field];
      if (text === null) continue;
      const clean = redactSecrets(text).text;
      if (clean !== text as string) changed[field] = clean;
    }
    return Object.keys(changed).length ? { ...session, ...changed } : session;
  });
}

/**
 * A dataset without secrets, whoever wrote its source: figures, reports, notebooks and results are made of it, and are what
 * people send to each other.
 */
export function redactDataset(dataset: Dataset): Dataset {
  const redact = valueRedactor();
  const [info, cells, distributions] = [
    redact(dataset.info).value,
    redact(dataset.cells).value,
    redact(dataset.distributions).value,
  ];
  return dataset.held === "none"
    ? { ...dataset, info, cells, distributions }
    : { ...dataset, info, cells, distributions, sessions: redactSessions(dataset.sessions) };
}
