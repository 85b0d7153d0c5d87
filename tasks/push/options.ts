import type { Values } from "../atl/command.ts";
import { flag, numberOr, text, wholeOr } from "../atl/options.ts";
import { UsageError } from "../atl/usage.ts";

/** Options of `push`, as its help lists them. */
export const OPTIONS = {
  dir: text("--in", "DIR", "what import --out DIR wrote"),
  project: text("--project", "NAME", "the Braintrust project"),
  verdicts: text(
    "--verdicts",
    "FILE",
    "writes the verdicts of judge --out FILE onto the sessions: scores.task_success and metadata.judge_*; a session that " +
      "the judge could not tell gets no score, and a score that somebody else has set there is left alone",
  ),
  dropVerdicts: flag("--drop-verdicts", "lets rows without a verdict replace rows that were pushed with one"),
  createProject: flag("--create-project", "makes the project where it is not there"),
  fresh: flag("--fresh", "forgets what was sent, and sends everything"),
  wait: numberOr("--wait", "S", 20, "seconds that rows may take to show up before they count as missing"),
  batchBytes: wholeOr(
    "--batch-bytes",
    5_000_000,
    "most bytes of a request; halved when the service says that it is too much",
  ),
  otlp: text(
    "--otlp",
    "URL",
    "sends OTLP/JSON to URL instead (a collector's /v1/traces); OTEL_EXPORTER_OTLP_HEADERS is honoured. --otlp braintrust " +
      "--project NAME takes Braintrust's own endpoint",
  ),
  yes: flag("--yes", "sends; without it you see what would be sent"),
} as const;

/** The command line, read and checked. */
export interface PushTaskOptions {
  dir: string;
  project: string | null;
  verdicts: string | null;
  dropVerdicts: boolean;
  createProject: boolean;
  fresh: boolean;
  batchBytes: number;
  waitMs: number;
  otlp: string | null;
  yes: boolean;
}

/** What a command line comes to. @throws {UsageError} saying what is missing */
export function pushOptions({ dir, project, otlp, wait, ...values }: Values<typeof OPTIONS>): PushTaskOptions {
  if (dir === undefined) throw new UsageError("--in DIR is missing; see --help");
  if (!project && (!otlp || otlp === "braintrust")) {
    throw new UsageError("--project NAME is missing; see --help");
  }
  if (wait < 0) throw new UsageError("--wait: expected a number of seconds");
  if (otlp !== undefined && otlp !== "braintrust" && !/^https?:$/.test(URL.parse(otlp)?.protocol ?? "")) {
    throw new UsageError(
      `--otlp: expected a URL such as http://localhost:4318/v1/traces, or braintrust, found ${otlp}`,
    );
  }
  return {
    ...values,
    verdicts: values.verdicts ?? null,
    waitMs: wait * 1000,
    dir: dir.replace(/(?<=.)\/+$/, ""),
    project: project ?? null,
    otlp: otlp ?? null,
  };
}
