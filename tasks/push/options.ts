import { parseArgs } from "node:util";

/** Shown by `--help`. */
export const HELP = `deno task push --in DIR --project NAME [--verdicts FILE] [--yes]
deno task push --in DIR --otlp URL [--yes]

Sends the rows that \`deno task import --out DIR\` wrote to a Braintrust project's logs. Without --yes nothing is sent: you
see what would be. BRAINTRUST_API_KEY, and BRAINTRUST_API_URL for a data plane of your own, come from the environment.

Rows are sent complete; ids are deterministic, so pushing twice changes nothing. Into a row that is there already only what
changed is merged: scores, tags, comments and metadata that others wrote stay, and where a person's score differs from the
verdict it is listed (FILE.differing.jsonl).
What was accepted is noted in DIR by content: an edited row is sent again, and an interrupted push goes on where it was.
Afterwards the rows are counted by SQL, and sessions that are not all there are named and sent again by the next push.

  --verdicts FILE    writes the verdicts of \`deno task judge --out FILE\` onto the sessions: scores.task_success and
                     metadata.judge_*; a session that the judge could not tell gets no score, and a
                     score that somebody else has set there is left alone
  --drop-verdicts    lets rows without a verdict replace rows that were pushed with one
  --create-project   makes the project where it is not there
  --fresh            forgets what was sent, and sends everything
  --wait S           seconds that rows may take to show up before they count as missing (default 20)
  --batch-bytes N    most bytes of a request (default 5000000); halved when the service says that it is too much
  --otlp URL         sends OTLP/JSON to URL instead (a collector's /v1/traces); OTEL_EXPORTER_OTLP_HEADERS is honoured.
                     \`--otlp braintrust --project NAME\` takes Braintrust's own endpoint

Exit code 0: all there. 2: sent, but rows are missing or were too large. 1: failed.`;

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

/** Reads the command line; null when help was asked for. @throws {TypeError} saying what is missing */
export function readOptions(args: string[]): PushTaskOptions | null {
  const { values } = parseArgs({
    args,
    options: {
      in: { type: "string" },
      project: { type: "string" },
      verdicts: { type: "string" },
      otlp: { type: "string" },
      wait: { type: "string", default: "20" },
      "batch-bytes": { type: "string", default: "5000000" },
      "drop-verdicts": { type: "boolean", default: false },
      "create-project": { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  if (values.in === undefined) throw new TypeError("--in DIR is missing; see deno task push --help");
  if (!values.project && (!values.otlp || values.otlp === "braintrust")) {
    throw new TypeError("--project NAME is missing; see deno task push --help");
  }
  if (!/^[1-9]\d*$/.test(values["batch-bytes"])) throw new TypeError("--batch-bytes: expected a whole number above 0");
  if (!/^\d+(\.\d+)?$/.test(values.wait)) throw new TypeError("--wait: expected a number of seconds");
  if (
    values.otlp !== undefined && values.otlp !== "braintrust" &&
    !/^https?:$/.test(URL.parse(values.otlp)?.protocol ?? "")
  ) {
    throw new TypeError(
      `--otlp: expected a URL such as http://localhost:4318/v1/traces, or braintrust, found ${values.otlp}`,
    );
  }
  return {
    waitMs: Number(values.wait) * 1000,
    batchBytes: Number(values["batch-bytes"]),
    dir: values.in.replace(/(?<=.)\/+$/, ""),
    project: values.project ?? null,
    verdicts: values.verdicts ?? null,
    otlp: values.otlp ?? null,
    dropVerdicts: values["drop-verdicts"],
    createProject: values["create-project"],
    fresh: values.fresh,
    yes: values.yes,
  };
}
