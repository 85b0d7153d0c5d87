import { deepEqual, equal, match, ok } from "node:assert/strict";
import { answers } from "../../tasks/questions/asked.ts";
import { chapterHref, reportHtml } from "../../tasks/report/page.ts";
import { datasetOf } from "../analysis/sessions.ts";
import { HOLE } from "../support/figures.ts";
import { needs } from "../support/needs.ts";
import { ownJudgement, ownSessions } from "../support/own.ts";
import { studyWordsIn } from "../support/study_words.ts";

needs(
  ["read"],
  "the report on one's own sessions answers by chapter, says what it left out, and knows no study",
  async () => {
    const dataset = datasetOf(ownSessions(300, ownJudgement));
    const html = await reportHtml(dataset, "A report", await answers(dataset, { chapterHref }));
    const body = html.replace(/<style>[\s\S]*?<\/style>/g, "").replaceAll("><", ">\n<");
    deepEqual(studyWordsIn(body), []);
    equal(HOLE.exec(body)?.[0], undefined);
    for (const part of ['id="question-winners"', 'id="judge-agreement"', "<dt>Verdicts</dt>", "a judge&#39;s (300)"]) {
      ok(body.includes(part), part);
    }
    match(body, /Left out: [^<]*cost-per-success[^<]*\(no config has a price\)/);
    const chapters = [...body.matchAll(/<section id="([a-z]+)">/g)].map(([, id]) => id);
    deepEqual(chapters, ["counts", "success", "explain", "failure", "judged", "topics"]);
    deepEqual([...body.matchAll(/<a href="#([a-z]+)">/g)].map(([, id]) => id), chapters);
  },
);

needs(["read"], "nothing in a report runs or is loaded, whatever sessions are called", async () => {
  const name = `<script>alert("1")</script><img src=x onerror=alert(1)>`;
  const dataset = datasetOf(ownSessions(60, () => ({ harness: name, benchmark: name, deployment: name, model: name })));
  const info = { ...dataset.info, name, sentence: name, caption: name };
  const html = await reportHtml({ ...dataset, info }, name, await answers({ ...dataset, info }));
  equal(/<script|<img|https?:\/\/(?!www\.w3\.org)/.test(html), false);
  ok(html.includes("default-src &#39;none&#39;") || html.includes("default-src 'none'"));
});

needs(
  ["read", "write", "run", "env"],
  "the command takes a source by its place or by --source, and one alone",
  async () => {
    const folder = await Deno.makeTempDir();
    const report = async (...args: string[]) => {
      const command = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          new URL("../../tasks/atl.ts", import.meta.url).href,
          "report",
          ...args,
          "--out",
          `${folder}/r.html`,
        ],
        stdout: "piped",
        stderr: "piped",
      });
      const { code, stdout, stderr } = await command.output();
      return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
    };
    try {
      const fixture = decodeURIComponent(new URL("../fixtures/traces_v1.parquet", import.meta.url).pathname);
      equal((await report(fixture)).code, 0);
      const first = await Deno.readTextFile(`${folder}/r.html`);
      match(first, /none of them with a verdict/);
      equal((await report("--source", fixture)).code, 0);
      equal(await Deno.readTextFile(`${folder}/r.html`), first);
      const two = await report(fixture, "--source", "replica");
      equal(two.code, 2);
      match(two.text, /^report: one source is reported at a time/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
