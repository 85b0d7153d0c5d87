import { deepEqual, equal, throws } from "node:assert/strict";
import { lostOutputs, notebookText, parseNotebook, showsOf, stripNotebook } from "../../tasks/notebooks/ipynb.ts";

const display = { output_type: "display_data", data: {}, metadata: {}, transient: { display_id: "x" } };

const notebook = (source: string, outputs: unknown[]) =>
  parseNotebook(
    JSON.stringify({
      cells: [
        { cell_type: "markdown", id: "a", metadata: {}, source: "await show(prose)" },
        {
          cell_type: "code",
          id: "b",
          execution_count: 3,
          metadata: { execution: { t: 1 } },
          source: [source],
          outputs,
        },
      ],
      metadata: { language_info: { name: "typescript", version: "6.0.3" } },
      nbformat: 4,
      nbformat_minor: 5,
    }),
    "n.ipynb",
  );

Deno.test("a cell shows what it awaits with show and figure", () => {
  const { cells } = notebook("await show(a);\nawait figure(b);\nshow(c);", []);
  deepEqual(cells.map(showsOf), [0, 2]);
});

Deno.test("what a cell shows on a condition is not missed where the condition does not hold", () => {
  const source =
    "await show(a);\nif (own(b)) await show(b);\nif (c) {\n  d();\n  await figure(c);\n}\nawait show(e);\n" +
    "for (const f of all) await show(f);";
  deepEqual(notebook(source, []).cells.map(showsOf), [0, 3]);
});

Deno.test("a cell with fewer outputs than it shows has lost some", () => {
  deepEqual(lostOutputs(notebook("await show(a);", [display])), []);
  deepEqual(lostOutputs(notebook("await show(a);\nawait show(b);", [display])), [
    "cell 1 shows 2 things and has 1 outputs",
  ]);
});

Deno.test("a cell with fewer outputs than before on the same data has lost some", () => {
  const source = "if (own) await show(a);";
  deepEqual(lostOutputs(notebook(source, [])), []);
  deepEqual(lostOutputs(notebook(source, []), notebook(source, [display])), [
    "cell 1 shows 1 things and has 0 outputs",
  ]);
});

Deno.test("a stripped notebook keeps outputs and loses counters, timings, versions and transient ids", () => {
  const text = notebookText(stripNotebook(notebook("await show(a);", [display])));
  for (const trace of ["transient", "display_id", "6.0.3", '"execution"', '"execution_count": 3']) {
    equal(text.includes(trace), false, trace);
  }
  equal(text.includes('"output_type": "display_data"'), true);
});

Deno.test("a drawing is kept as an image of the same bytes, because Jupyter takes markup of SVG out of what it did not run", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="466"><text>η² – 漢字</text></svg>`;
  const plain = `01: a "title" & more`;
  const drawn = { ...display, data: { "text/html": svg, "text/plain": plain } };
  const [, cell] = stripNotebook(notebook("await figure(a);", [drawn])).cells;
  const { "text/html": html, "text/plain": text } = (cell!.outputs![0] as unknown as typeof drawn).data;
  equal(text, plain);
  const [, alt, width, height, base64] =
    /^<img alt="([^"]*)" width="(\d+)" height="(\d+)" style="[^"]*" src="data:image\/svg\+xml;base64,([^"]+)">$/
      .exec(html) ?? [];
  deepEqual([alt, width, height], ["01: a &quot;title&quot; &amp; more", "900", "466"]);
  equal(new TextDecoder().decode(Uint8Array.from(atob(base64!), (c) => c.charCodeAt(0))), svg);
  const table = { ...display, data: { "text/html": "<table></table>", "text/plain": "a table" } };
  deepEqual(stripNotebook(notebook("await show(a);", [table])).cells[1]!.outputs![0], {
    output_type: "display_data",
    data: table.data,
    metadata: {},
  });
});

Deno.test("stripping twice is stripping once", () => {
  const once = stripNotebook(notebook("await show(a);", [display]));
  deepEqual(stripNotebook(once), once);
});

Deno.test("cells end in a newline, as the formatter wants it", () => {
  const sources = stripNotebook(notebook("1;\n2;", [])).cells.map((cell) => cell.source);
  deepEqual(sources, [["await show(prose)\n"], ["1;\n", "2;\n"]]);
});

Deno.test("a file that is no notebook is an error that names it", () => {
  throws(() => parseNotebook("{", "broken.ipynb"), /broken\.ipynb is not JSON/);
  throws(
    () => parseNotebook('{"cells":[],"metadata":{},"nbformat":3,"nbformat_minor":0}', "old.ipynb"),
    /old\.ipynb.*nbformat/,
  );
});
