import type { Dataset } from "../../lib/model/mod.ts";
import type { QuestionOptions } from "../../lib/questions/mod.ts";
import { type Report, report, reportHtml, reportJson, reportMarkdown } from "../../lib/report/mod.ts";
import { isStudy } from "../../lib/study/mod.ts";
import { UsageError } from "../atl/usage.ts";
import { questionsOf } from "../questions/asked.ts";
import { verdictsOf } from "../view/source.ts";
import { conversationsFor } from "./texts.ts";
import { withTyped } from "../say.ts";

/** Forms of a report, and what a file of each is called unless told. */
export const FORMATS = { html: "out/report.html", md: "out/report.md", json: "out/report.json" } as const;

/** One of {@link FORMATS}. */
export type Form = keyof typeof FORMATS;

/** What the command line says of a report, beside what its questions are asked with. */
export interface ReportWishes {
  /** The source as it was named; undefined for the default. */
  source: string | undefined;
  /** One of {@link FORMATS}. */
  format: Form;
  /** How many conversations stand in the page. */
  texts: number;
  /** Where the texts are, where the source has none. */
  traces: string | undefined;
  /** The file that says which column is what. */
  mapping: string | undefined;
  /** A judge's verdicts, whose evidence is marked. */
  verdicts: string | undefined;
  /** Where the workbench runs; empty where it serves the page itself. */
  view: string | undefined;
}

/** A report of a dataset in a form, as one text. @throws {UsageError} for an origin that is none */
export async function reportText(loaded: Dataset, own: QuestionOptions, wishes: ReportWishes): Promise<string> {
  if (wishes.view && !/^https?:\/\/[^/]+$/.test(wishes.view)) {
    throw new UsageError(`--view expects an origin such as http://127.0.0.1:4650; found ${wishes.view}`);
  }
  const { dataset, bySession } = await verdictsOf(wishes.verdicts, loaded);
  const { questions, options } = questionsOf(dataset, own);
  const asked = await report(dataset, {
    ...options,
    questions,
    ...(isStudy(dataset)
      ? { title: "What explains the success of agents, and what are the published claims worth?" }
      : {}),
    source: wishes.source ?? dataset.info.name,
  });
  const next = asked.next.map((step) => ({ ...step, command: withTyped(step.command) }));
  const told = { ...asked, next };
  if (wishes.format === "md") return reportMarkdown(told);
  if (wishes.format === "json") return reportJson(told);
  return await page(told, wishes, wishes.texts, bySession);
}

async function page(
  told: Report,
  { source, traces, mapping, view }: ReportWishes,
  count: number,
  verdicts: Awaited<ReturnType<typeof verdictsOf>>["bySession"],
): Promise<string> {
  const conversations = count
    ? await conversationsFor(told.dataset, { source, traces, mapping }, count, verdicts)
    : new Map();
  return await reportHtml(told, { conversations, ...(view === undefined ? {} : { view }) });
}
