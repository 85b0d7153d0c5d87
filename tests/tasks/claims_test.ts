import { equal, match, ok } from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { atl } from "../support/atl.ts";

const run = (task: string, ...args: string[]) => atl([task, ...args]);

const mine = (claim: Record<string, unknown>) =>
  JSON.stringify({
    claims: [{
      id: "mine",
      claim: "x",
      published: 1781,
      value: "totals.sessions",
      tolerance: 0,
      test: "near",
      ...claim,
    }],
  });

needs(
  ["read", "write", "env", "run"],
  "deno task claims decides a file of one's own and fails on the verdicts it is told",
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "atl-claims-" });
    try {
      const file = `${folder}/mine.json`, out = `${folder}/out.json`;
      const claims = async (claim: Record<string, unknown>, ...args: string[]) => {
        await Deno.writeTextFile(file, mine(claim));
        return await run("claims", "--source", "replica", "--file", file, ...args);
      };
      const fine = await claims({}, "--fail-on", "contradicted", "--out", out);
      equal(fine.code, 0, fine.err);
      match(fine.out, /\+ mine: reproduced[\s\S]*1 claim: 1 reproduced/);
      equal(JSON.parse(await Deno.readTextFile(out))[0].value, 1781);

      const wrong = await claims({ published: 5 }, "--fail-on", "contradicted,ground-truth");
      equal(wrong.code, 1);
      match(wrong.err, /1 of 1 fail: mine/);
      equal((await claims({ published: 5 })).code, 0, "without --fail-on a verdict is only told");

      const broken = await claims({ value: "totals." });
      equal(broken.code, 1);
      match(broken.err, /claim "mine", field "value": does not parse/);
      match((await claims({}, "--fail-on", "bad")).err, /--fail-on "bad" is not known; give some of contradicted/);
      match((await run("claims", "--file", `${folder}/none.json`)).err, /none\.json: the claims cannot be read/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

needs(
  ["read", "write", "env", "run"],
  "deno task report writes one page that asks nothing of the network",
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "atl-report-" });
    try {
      const { code, err } = await run("report", "--source", "replica", "--out", `${folder}/deep/report.html`);
      equal(code, 0, err);
      const html = await Deno.readTextFile(`${folder}/deep/report.html`);
      const markup = html.replaceAll(/<script[\s\S]*?<\/script>/g, "");
      const addresses = [...markup.matchAll(/(?:src|href|url)\s*[=(]\s*"?([^")\s>]+)/g)].map(([, a]) => a ?? "");
      ok(
        addresses.every((a) => a.startsWith("#") || a.startsWith("data:")),
        addresses.find((a) => !/^(#|data:)/.test(a)),
      );
      for (const name of ["01-coverage", "04-harness-effect", "07-judge-vs-official", "08-claims"]) {
        ok(html.includes(`<figure id="${name}">`), `${name} is not in the page`);
      }
      match(html, /<dt>sha256<\/dt><dd><code>[0-9a-f]{64}<\/code>/);
      ok(!/undefined|NaN/.test(markup.replaceAll(/base64,[^)]*/g, "")), "a hole in its text");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
