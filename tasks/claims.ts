/** `deno task claims`: decides claims that are data, and can fail a build on their verdicts. @module */
import { command, type Values } from "./atl/command.ts";
import { text } from "./atl/options.ts";
import { EXIT, UsageError } from "./atl/usage.ts";
import { loadNamed, SOURCE_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { asInFile } from "../lib/analysis/mod.ts";
import {
  CLAIM_VERDICTS,
  type ClaimFile,
  type ClaimRow,
  conclusionMoves,
  decideClaims,
} from "../lib/analysis/claims/mod.ts";
import { isStudy, PUBLISHED_WORDING, publishedClaimFile, resultsToAsk, STUDY_KEYS } from "../lib/study/mod.ts";
import { conclusionsOf } from "./claims/conclusions.ts";
import { type Looks, withLooks } from "./claims/looks.ts";
import { readClaims } from "./claims/read.ts";
import type { Dataset } from "../lib/model/mod.ts";
import { answerJson, asJson, note, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { plural } from "../lib/model/plural.ts";

/** What `--fail-on` may say, and the verdicts it stands for. */
const FAIL_ON = {
  contradicted: ["contradicted by its own data"],
  indistinguishable: ["not distinguishable in its own data"],
  "ground-truth": ["does not survive ground truth"],
  absent: ["not in these data"],
  untestable: ["not testable"],
  any: CLAIM_VERDICTS.filter((v) => v !== "reproduced"),
} as const satisfies Record<string, readonly (typeof CLAIM_VERDICTS[number])[]>;

const options = {
  ...SOURCE_OPTIONS,
  file: text(
    "--file",
    "FILE",
    "your own claims, in the shape of data/claims.json (default, for the study's sessions: the published ones)",
  ),
  failOn: text("--fail-on", "KIND,...", `exit with 1 when a claim is ${Object.keys(FAIL_ON).join(", ")}`),
  everyNight: text(
    "--every-night",
    "LEDGER",
    "decide effects of rates by intervals that hold over every look: earlier looks are read from this file, this one is added",
  ),
  out: text("--out", "FILE", "also write the decided claims as JSON"),
} as const;

async function run(values: Values<typeof options>): Promise<number> {
  const failing = failOn(values.failOn);
  const own = values.file === undefined ? null : await readClaims(values.file, "--file");
  const dataset = await loadNamed(values);
  const wording = own === null ? PUBLISHED_WORDING : { optionalKeys: STUDY_KEYS };
  const decide = (more: { intervalOf?: Looks["interval"] } = {}) =>
    decideClaims(own ?? publishedOf(dataset), asInFile(resultsToAsk(dataset)), { ...wording, ...more });
  const rows = values.everyNight === undefined ? await decide() : await withLooks(values.everyNight, async (looks) => {
    const decided = await decide({ intervalOf: looks.interval });
    await looks.keep();
    note(`claims: look ${looks.earlier + 1}, with ${values.everyNight}; intervals hold over all looks`);
    return decided;
  });
  const moved = await movedBy(dataset, own);
  if (asJson()) answerJson(rows);
  else say([`${dataset.info.sentence}\n`, ...rows.map(line), `\n${summary(rows)}`, ...moved].join("\n"));
  if (values.out !== undefined) await writeWhole(values.out, `${JSON.stringify(rows, null, 2)}\n`);
  const failed = rows.filter((r) => failing.has(r.verdict));
  if (failed.length) {
    note(`claims: ${failed.length} of ${rows.length} fail: ${failed.map((r) => r.id).join(", ")}`);
  }
  return failed.length ? EXIT.failed : EXIT.done;
}

/** What people's labels do to them, where the dataset came with some. */
async function movedBy(dataset: Dataset, own: ClaimFile | null): Promise<string[]> {
  const decide = dataset.labels === undefined || dataset.held !== "all" ? null : conclusionsOf(dataset, own);
  if (decide === null || dataset.held !== "all") return [];
  const rows = await conclusionMoves(dataset.sessions, dataset.labels!, decide);
  const moved = rows.filter(({ judged, labelled }) => judged !== labelled);
  if (moved.length === 0) return ["Labels move none of them, where labelled sessions count as people say."];
  return [
    "Moved, where labelled sessions count as people say:",
    ...moved.map(({ id, judged, labelled, since }) =>
      `  ${id}: ${judged} -> ${labelled}, since ${plural(since, "label")}`
    ),
  ];
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
    if (!verdicts) {
      throw new UsageError(`--fail-on "${kind}" is not known; give some of ${Object.keys(FAIL_ON).join(", ")}`);
    }
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
  return `${plural(rows.length, "claim")}: ${counts.filter(([, n]) => n).map(([v, n]) => `${n} ${v}`).join(", ")}`;
}

export default command({
  about: "Decides each claim of a file against the data and prints verdict, value and why.",
  options,
  json: true,
  more: SOURCE_HELP,
  run,
});
