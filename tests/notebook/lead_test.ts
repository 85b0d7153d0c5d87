import { equal, match, ok } from "node:assert/strict";
import { loadDataset } from "../../lib/engines/mod.ts";
import { answer, questionContext, questionNamed } from "../../lib/questions/mod.ts";
import { bundleOf, leadTo } from "../../lib/notebook/mod.ts";
import { needs } from "../support/needs.ts";

needs(
  ["read", "env", "sys"],
  "marks of a shown figure lead to their sessions, where the workbench is named",
  async () => {
    const dataset = await loadDataset("data/examples/sessions.jsonl");
    const context = questionContext(dataset);
    const { drawn: [figure] } = await answer(questionNamed("winners"), dataset, context);
    const html = () => String(bundleOf(figure)["text/html"]);
    try {
      leadTo(dataset, context, "");
      equal(html(), (figure as { svg: string }).svg);
      leadTo(dataset, context, "http://127.0.0.1:4650/");
      const links = [...html().matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href!);
      ok(links.length > 3, html().slice(0, 2000));
      const keys = new Set(dataset.cells.flatMap((cell) => [`harness=${cell.harness}`, `model=${cell.model}`]));
      for (const href of links) {
        match(href, /^http:\/\/127\.0\.0\.1:4650\/#\/\?/);
        const search = new URLSearchParams(href.replaceAll("&amp;", "&").split("?")[1]);
        for (const [key, value] of search) if (key !== "benchmark") ok(keys.has(`${key}=${value}`), href);
      }
    } finally {
      leadTo(null);
    }
    equal(html(), (figure as { svg: string }).svg);
  },
);
