import { deepEqual, equal, match, ok } from "node:assert/strict";
import { loadDataset, openBrowser } from "../../lib/engines/mod.ts";
import { openLabels, serveView } from "../../lib/view/mod.ts";
import { needs } from "../support/needs.ts";
import { atl } from "../support/atl.ts";
import { inFolder } from "../support/folder.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const SESSIONS = "data/examples/sessions.jsonl";
const LABELS = "data/examples/labels.jsonl";

needs(
  ["run", "read", "write", "net", "ffi", "env"],
  "the corrected rates of the workbench are those of numbers --labels",
  () =>
    inFolder(async (folder) => {
      const path = `${folder}/labels.jsonl`;
      await Deno.copyFile(`${ROOT}/${LABELS}`, path);
      const { sessions } = await loadDataset(`${ROOT}/${SESSIONS}`, { labels: null });
      const browser = await openBrowser({ sessions: sessions! });
      const view = serveView({
        caption: "",
        browser,
        sessions,
        conversations: null,
        labels: await openLabels(path),
        verdicts: new Map(),
        modes: [],
        files: new Map(),
        token: "t",
        now: Date.now,
      });
      try {
        const { code, out, err } = await atl(["numbers", "--source", SESSIONS, "--labels", path]);
        equal(code, 0, err);
        const { labels } = JSON.parse(out);
        equal(labels.labelled, 40);
        for (const by of ["harness", "model", "benchmark", "config"]) {
          const response = await fetch(`http://127.0.0.1:${view.port}/api/moves?by=${by}`, {
            headers: { cookie: `atl_view_${view.port}=t` },
          });
          const { rates, orders } = await response.json();
          deepEqual(labels.rates[by], rates);
          deepEqual(labels.orders[by], orders);
        }
        ok(labels.rates.harness.every((rate: { estimate: number }) => rate.estimate > 0));
      } finally {
        await view.close();
        await browser.close();
      }
    }),
);

needs(
  ["run", "read", "write"],
  "labels go to another tool and come back the same, and twice adds nothing",
  () =>
    inFolder(async (folder) => {
      for (const format of ["csv", "label-studio", "argilla", "braintrust", "jsonl"]) {
        const [file, to] = [`${folder}/${format}.txt`, `${folder}/${format}.jsonl`];
        const exported = await atl(["labels", "export", LABELS, "--format", format, "--out", file]);
        equal(exported.code, 0, exported.err);
        const first = await atl(["labels", "import", file, "--to", to, "--format", format]);
        equal(first.code, 0, first.err);
        const given = (await Deno.readTextFile(`${ROOT}/${LABELS}`)).trim().split("\n").map((line) => JSON.parse(line));
        match(first.err, new RegExp(`: ${given.length} labels added`));
        match((await atl(["labels", "import", file, "--to", to, "--format", format])).err, /: 0 labels added/);
        const back = (await Deno.readTextFile(to)).trim().split("\n").map((line) => JSON.parse(line));
        const byId = (some: typeof given) =>
          some.toSorted((a, b) => `${a.session_id} ${a.rater}` < `${b.session_id} ${b.rater}` ? -1 : 1);
        deepEqual(
          byId(back).map(({ session_id, rater, verdict }) => [session_id, rater, verdict]),
          byId(given).map(({ session_id, rater, verdict }) => [session_id, rater, verdict]),
        );
      }
    }),
);

needs(
  ["run", "read", "write"],
  "people's agreement is told with its interval; what is wrong is one line",
  () =>
    inFolder(async (folder) => {
      const other = `${folder}/cy.csv`;
      const lines = (await Deno.readTextFile(`${ROOT}/${LABELS}`)).trim().split("\n").map((line) => JSON.parse(line));
      await Deno.writeTextFile(
        other,
        `session_id,annotator,solved\n${
          lines.map((l, i) => `${l.session_id},cy,${i % 9 ? l.verdict ?? "" : "?"}\n`).join("")
        }`,
      );
      const { out, code } = await atl(["labels", "agreement", LABELS, other]);
      equal(code, 0);
      match(out, /^ada: \d+ sessions \(\d+ solved, \d+ not, \d+ cannot tell\)\n/m);
      match(out, /ada and cy agree on \d+ of \d+; kappa [01]\.\d\d \(95%: [01]\.\d\d to \d\.\d\d\)/);
      for (
        const [args, words] of [
          [["labels", "import", other], /--to FILE/],
          [["labels", "export", other], /--format/],
          [["labels", "merge", other], /expected import, export or agreement, found merge/],
          [["labels", "agreement", `${folder}/nowhere.csv`], /nowhere\.csv.*no such file/],
        ] as const
      ) {
        const { code, err } = await atl(args);
        ok(code !== 0);
        match(err.split("\n").at(-2)!, words);
      }
    }),
);

needs(["run", "read", "write"], "claims say what labels move", () =>
  inFolder(async (folder) => {
    const claims = `${folder}/claims.json`;
    const { sessions } = await loadDataset(`${ROOT}/${SESSIONS}`, { labels: null });
    const stated = sessions!.filter(({ success }) => success === 1).length;
    const claim = { id: "solved", finding: "all", claim: "so many are solved", unit: "sessions", stated };
    await Deno.writeTextFile(
      claims,
      JSON.stringify({
        source: "a test",
        links: {},
        claims: [{ ...claim, value: "totals.successes", tolerance: 0, test: "near" }],
      }),
    );
    const { out, err } = await atl(["claims", "--source", SESSIONS, "--file", claims, "--labels", LABELS]);
    equal(err, "");
    match(out, /\+ solved: reproduced/);
    match(out, /Moved, .*\n {2}solved: reproduced -> contradicted by its own data, since \d+ labels/);
  }));
