import { Buffer } from "node:buffer";
import { z } from "zod";
import { escapeXml } from "../../lib/figures/mod.ts";

/** A notebook file (nbformat 4), as far as this project reads and writes it. */
const cellSchema = z.looseObject({
  id: z.string().optional(),
  cell_type: z.enum(["markdown", "code", "raw"]),
  source: z.union([z.string(), z.array(z.string())]),
  metadata: z.record(z.string(), z.unknown()),
  outputs: z.array(z.looseObject({ output_type: z.string() })).optional(),
  execution_count: z.number().nullable().optional(),
});

const notebookSchema = z.looseObject({
  cells: z.array(cellSchema),
  metadata: z.record(z.string(), z.unknown()),
  nbformat: z.literal(4),
  nbformat_minor: z.number(),
});

export type NotebookCell = z.infer<typeof cellSchema>;
export type Notebook = z.infer<typeof notebookSchema>;

/** Parses a notebook's text. @throws naming the file and what is wrong with it. */
export function parseNotebook(text: string, file: string): Notebook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`);
  }
  const result = notebookSchema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`${file} is not an nbformat 4 notebook: ${issue?.path.join(".")}: ${issue?.message}`);
}

/** The source of a cell as one string. */
export function sourceOf(cell: NotebookCell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** What is shown on a condition: a statement behind an `if`, on its line or in its block. */
const ON_A_CONDITION = /^[ ]*if \(.*\) (?:\{$[^]*?^\}|[^{].*$)/gm;

/** How many things a code cell shows whatever the data: its awaited `show` and `figure` calls that hang on no condition. */
export function showsOf(cell: NotebookCell): number {
  if (cell.cell_type !== "code") return 0;
  return [...sourceOf(cell).replaceAll(ON_A_CONDITION, "").matchAll(/\bawait (?:show|figure)\(/g)].length;
}

/**
 * Cells whose outputs are fewer than what they show: the kernel sent them too late.
 *
 * @param before the same cells as they were run on the same data, which had no fewer
 */
export function lostOutputs(notebook: Notebook, before?: Notebook): string[] {
  const count = (cell?: NotebookCell) => (cell?.outputs ?? []).filter((o) => o.output_type === "display_data").length;
  return notebook.cells.flatMap((cell, i) => {
    const [shown, wanted] = [count(cell), Math.max(showsOf(cell), count(before?.cells[i]))];
    return shown < wanted ? [`cell ${i} shows ${wanted} things and has ${shown} outputs`] : [];
  });
}

const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/**
 * The notebook as it is kept: without what differs between machines and runs (counters, timings, versions, transient ids),
 * and with drawings as images.
 */
export function stripNotebook(notebook: Notebook): Notebook {
  return {
    ...notebook,
    metadata: METADATA,
    cells: notebook.cells.map((cell) => {
      const source = endingInNewline(sourceOf(cell));
      if (cell.cell_type !== "code") return { ...cell, source };
      const { execution: _, ...metadata } = cell.metadata;
      const outputs = (cell.outputs ?? []).map(({ transient: _, execution_count: __, ...output }) => withImage(output));
      return { ...cell, source, metadata, execution_count: null, outputs: outputs as NotebookCell["outputs"] };
    }),
  };
}

/**
 * An output whose drawing is an image. Jupyter takes markup of SVG out of a notebook that was not run on the machine where it
 * is opened, and leaves its words; an image it shows. Run there, a notebook has its drawings as markup, with tooltips.
 */
function withImage<T extends Record<string, unknown>>(output: T): T {
  const data = output["data"] as Record<string, string | string[]> | undefined;
  const html = [data?.["text/html"] ?? ""].flat().join("");
  if (!html.startsWith("<svg")) return output;
  const alt = escapeXml([data?.["text/plain"] ?? ""].flat().join(""));
  const [width, height] = ["width", "height"].map((side) =>
    new RegExp(`^<svg[^>]* ${side}="([\\d.]+)"`).exec(html)?.[1]
  );
  const image = `<img alt="${alt}" width="${width}" height="${height}" style="max-width: 100%; height: auto" ` +
    `src="data:image/svg+xml;base64,${Buffer.from(html).toString("base64")}">`;
  return { ...output, data: { ...data, "text/html": image } };
}

/** A source as lines. `deno fmt --check` never holds a cell formatted whose last line does not end. */
function endingInNewline(source: string): string[] {
  return `${source.trimEnd()}\n`.split(/(?<=\n)/);
}

/** The text of a notebook file, laid out as Jupyter does (one space of indent). */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
