/** `deno task claims`: decides claims that are data, and can fail a build on their verdicts. @module */
import { loadNamed, MAPPING_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { parseArgs } from "node:util";
import { asInFile } from "../lib/analysis/mod.ts";
import { CLAIM_VERDICTS, type ClaimFile, type ClaimRow, decideClaims } from "../lib/analysis/claims/mod.ts";
import { sourceHelp } from "../lib/engines/mod.ts";
import { isStudy, PUBLISHED_WORDING, publishedClaimFile, resultsToAsk, study, STUDY_KEYS } from "../lib/study/mod.ts";
import { readClaims } from "./claims/read.ts";
import type { Dataset } from "../lib/model/mod.ts";
import { failure, note, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { needsText } from "./permissions.ts";

/** What `--fail-on` may say, and the verdicts it stands for. */
const FAIL_ON = {
  contradicted: ["contradicted by its own data"],
  indistinguishable: ["not distinguishable in its own data"],
  "ground-truth": ["does not survive ground truth"],
  absent: ["not in these data"],
  untestable: ["not testable"],
  any: CLAIM_VERDICTS.filter((v) => v !== "reproduced"),
} as const satisfies Record<string, readonly (typeof CLAIM_VERDICTS[number])[]>;

const HELP = `deno task claims [--source S] [--file FILE] [--fail-on KINDS] [--out FILE]

Decides each claim of a file against the data and prints verdict, value and why.

  --source S      where the sessions come from; the judged table where it is already here, else the replica:
${sourceHelp(study).replaceAll(/^/gm, "                  ")}
${MAPPING_HELP}
  --file FILE     your own claims, in the shape of data/claims.json (default, for the study's sessions: the
                  published ones)
  --fail-on K,..  exit with 1 when a claim is ${Object.keys(FAIL_ON).join(", ")}
  --out FILE      also write the decided claims as JSON`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      ...SOURCE_OPTIONS,
      file: { type: "string" },
      "fail-on": { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    say(`${HELP}\n\n${needsText("claims")}`);
    return 0;
  }
  const failing = failOn(values["fail-on"]);
  const own = values.file === undefined ? null : await readClaims(values.file, "--file");
  const dataset = await loadNamed(values);
  const wording = own === null ? PUBLISHED_WORDING : { optionalKeys: STUDY_KEYS };
  const rows = await decideClaims(own ?? publishedOf(dataset), asInFile(resultsToAsk(dataset)), wording);
  say(`${dataset.info.sentence}\n`);
  for (const row of rows) say(line(row));
  say(`\n${summary(rows)}`);
  if (values.out !== undefined) await writeWhole(values.out, `${JSON.stringify(rows, null, 2)}\n`);
  const failed = rows.filter((r) => failing.has(r.verdict));
  if (failed.length) {
    note(`claims: ${failed.length} of ${rows.length} fail: ${failed.map((r) => r.id).join(", ")}`);
  }
  return failed.length ? 1 : 0;
}

function publishedOf(dataset: Dataset): ClaimFile {
  if (isStudy(dataset)) return publishedClaimFile();
  throw new Error(
    `${dataset.info.name}: the published claims are about the study's sessions, not about these; give --file your own`,
  );
}

function failOn(text: string | undefined): Set<string> {
  const kinds = text === undefined ? [] : text.split(",").map((k) => k.trim());
  return new Set(kinds.flatMap((kind): readonly string[] => {
    const verdicts = (FAIL_ON as Record<string, readonly string[]>)[kind];
    if (!verdicts) throw new Error(`--fail-on "${kind}" is not known; give some of ${Object.keys(FAIL_ON).join(", ")}`);
    return verdicts;
  }));
}

function line({ id, verdict, claim, why }: ClaimRow): string {
  const open = verdict === "not testable" || verdict === "not in these data";
  const mark = verdict === "reproduced" ? "+" : open ? "?" : "-";
  return `${mark} ${id}: ${verdict}\n    ${claim}\n    ${why}`;
}

function summary(rows: readonly ClaimRow[]): string {
  const counts = CLAIM_VERDICTS.map((v) => [v, rows.filter((r) => r.verdict === v).length] as const);
  return `${rows.length} claims: ${counts.filter(([, n]) => n).map(([v, n]) => `${n} ${v}`).join(", ")}`;
}

try {
  Deno.exit(await main());
} catch (error) {
  console.error(failure("claims", error));
  Deno.exit(2);
}
