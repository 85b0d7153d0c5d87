import { z } from "zod";
import { checkRow, type Label } from "../model/mod.ts";
import { parseLabels } from "../sources/mod.ts";
import { redactSecrets } from "../traces/mod.ts";
import { NotThere, WrongQuestion } from "./asked.ts";
import type { LabelBook } from "./labels.ts";
import type { Looked } from "./options.ts";

/** Largest label, and largest file of labels, in bytes. */
const LARGEST_LABEL = 100_000;
const LARGEST_FILE = 20_000_000;

const labelBody = z.strictObject({
  session_id: z.string().min(1),
  rater: z.string().min(1).max(200),
  verdict: z.union([z.literal(0), z.literal(1)]).nullable(),
  mode: z.string().min(1).max(200).nullable(),
  comment: z.string().max(10_000).nullable(),
  sampling_probability: z.number().positive().max(1).nullable(),
  stratum: z.string().max(1000).nullable(),
});

/** Takes what a person says of a session; it is on the disk when this returns. */
export async function takeLabel(request: Request, { browser, labels, now }: Looked): Promise<Label> {
  const given = checkRow(labelBody, JSON.parse(await bodyOf(request, LARGEST_LABEL)), "label", null);
  const [session] = await browser.sessions([given.session_id]);
  if (!session) throw new NotThere(`there is no session ${JSON.stringify(given.session_id)}`);
  const label: Label = {
    ...given,
    comment: given.comment === null ? null : redactSecrets(given.comment).text,
    at: new Date(now()).toISOString(),
  };
  await labels.add([label]);
  return label;
}

/** Takes a file of another person's labels, of any format; what is there already is not added again. */
export async function takeLabels(
  request: Request,
  name: string,
  labels: LabelBook,
): Promise<{ format: string; labels: number; added: number; aside: string[] }> {
  const found = parseLabels(await bodyOf(request, LARGEST_FILE), name);
  const clean = found.labels.map((label) => ({
    ...label,
    comment: label.comment === null ? null : redactSecrets(label.comment).text,
  }));
  const aside = found.aside.map(({ message }) => message);
  return { format: found.format, labels: clean.length, added: await labels.add(clean), aside };
}

/** A request's body as text. @throws {WrongQuestion} where it is larger, or does not say how large it is */
async function bodyOf(request: Request, most: number): Promise<string> {
  const length = Number(request.headers.get("content-length") ?? NaN);
  if (!(length <= most)) throw new WrongQuestion(`label: expected at most ${most.toLocaleString("en")} bytes`);
  return await request.text();
}
