/** `atl labels`: people's labels of one tool for another, of several people as one, and how far these agree. @module */
import { command, type Values } from "./atl/command.ts";
import { oneOf, rest, text } from "./atl/options.ts";
import { UsageError } from "./atl/usage.ts";
import { raterAgreement } from "../lib/analysis/mod.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { type Label, latestLabels } from "../lib/model/mod.ts";
import { asideText, LABEL_FORMATS, labelFormat, mergeLabels, readLabelFile } from "../lib/sources/mod.ts";
import { openLabels } from "../lib/view/mod.ts";
import { agreementLines } from "./labels/agreement_text.ts";
import { answerJson, asJson, note, say } from "./say.ts";
import { plural } from "../lib/model/plural.ts";

const FORMATS = LABEL_FORMATS.map(({ id }) => id);

const options = {
  words: rest("import|export|agreement FILE ...", "what to do, and with which files of labels"),
  to: text(
    "--to",
    "FILE",
    "import: the file of labels that they are added to; what is there already is not added again",
  ),
  format: oneOf(
    "--format",
    "FORMAT",
    FORMATS,
    "import: what the files are, where that is not told; export: what to write",
  ),
  out: text("--out", "FILE", "export: where to write it (default: standard output)"),
  verdict: text("--verdict", "NAME", "import: the question or column that asks whether a session is solved"),
  mode: text("--mode", "NAME", "import: the one that asks how it failed"),
  comment: text("--comment", "NAME", "import: the one that takes remarks"),
  session: text("--session", "NAME", "import: the field that holds a session's id"),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const [what, ...files] = values.words;
  if (what !== "import" && what !== "export" && what !== "agreement") {
    throw new UsageError(`expected import, export or agreement, found ${what ?? "nothing"}`);
  }
  if (files.length === 0) throw new UsageError(`${what}: expected files of labels, found none`);
  const labels = mergeLabels(await read(files, values));
  if (what === "import") await take(labels, values.to);
  else if (what === "export") await give(labels, values);
  if (what !== "export") tell(labels);
}

/** The labels of each file; what they are is told. */
async function read(files: readonly string[], values: Values<typeof options>): Promise<Label[][]> {
  const names = { verdict: values.verdict, mode: values.mode, comment: values.comment, session: values.session };
  const format = values.words[0] === "export" ? undefined : values.format;
  return await Promise.all(files.map(async (file) => {
    const found = await readLabelFile(file, { format, names });
    const aside = asideText(found.aside);
    note(`${file}: ${plural(found.labels.length, "label")} (${found.format})${aside && `, ${aside}`}`);
    return found.labels;
  }));
}

async function take(labels: readonly Label[], to: string | undefined): Promise<void> {
  if (to === undefined) throw new UsageError("import needs --to FILE: the file of labels that they are added to");
  const book = await openLabels(to);
  if (book.repaired) note(`${to}: ${book.repaired}`);
  if (book.aside.length) note(`${to}: ${asideText(book.aside)}`);
  note(`${to}: ${plural(await book.add(labels), "label")} added, ${book.latest().length} of people on sessions in all`);
}

async function give(labels: readonly Label[], { format, out }: Values<typeof options>): Promise<void> {
  if (format === undefined) throw new UsageError(`export needs --format, one of ${FORMATS.join(", ")}`);
  const text = labelFormat(format).write(latestLabels(labels));
  if (out === undefined) await Deno.stdout.write(new TextEncoder().encode(text));
  else await writeWhole(out, text);
}

function tell(labels: readonly Label[]): void {
  const raters = raterAgreement(labels);
  if (asJson()) answerJson({ labels: latestLabels(labels).length, raters });
  else say(agreementLines(labels, raters).join("\n"));
}

export default command({
  about:
    `Takes labels of other tools into a file of labels (import FILE ... --to labels.jsonl), writes labels for another tool
(export FILE ... --format FORMAT), or says how far people agree (agreement FILE ...). Several files are merged.`,
  options,
  json: true,
  more: `FORMAT is one of:\n${LABEL_FORMATS.map(({ id, help }) => `  ${id.padEnd(14)}${help}`).join("\n")}`,
  run,
});
