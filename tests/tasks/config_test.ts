import { deepEqual, equal, match, throws } from "node:assert/strict";
import { readConfig } from "../../tasks/atl/config.ts";
import { filled } from "../../tasks/atl/fill.ts";
import { namesWith } from "../../tasks/atl/names.ts";
import { flag } from "../../tasks/atl/options.ts";
import { SOURCE_OPTIONS } from "../../tasks/atl/shared.ts";
import { redaction } from "../../tasks/import/redaction.ts";
import { plainNames } from "../../lib/figures/mod.ts";
import { needs } from "../support/needs.ts";

const ROOT = decodeURIComponent(new URL("../..", import.meta.url).pathname);

async function inFolder(use: (folder: string, write: (json: unknown) => Promise<void>) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await use(
      folder,
      (json) => Deno.writeTextFile(`${folder}/atl.json`, typeof json === "string" ? json : JSON.stringify(json)),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

needs(
  ["read", "write"],
  "paths of settings are from where the file lies; names and services are the same everywhere",
  () =>
    inFolder(async (folder, write) => {
      deepEqual(readConfig(null, folder), {});
      await write({ source: "a/*.jsonl, duckdb:s.db, hub:o/n@r", mapping: "m.json", prices: "/p.json" });
      const { source, mapping, prices } = readConfig(null, folder);
      deepEqual([source, mapping, prices], [
        `${folder}/a/*.jsonl,duckdb:${folder}/s.db,hub:o/n@r`,
        `${folder}/m.json`,
        "/p.json",
      ]);
      await write({ source: "judged" });
      equal(readConfig(`${folder}/atl.json`).source, "judged");
    }),
);

const FAULTS: [json: unknown, says: RegExp][] = [
  [{ sorce: "x" }, /atl\.json: there is no setting "sorce"; did you mean "source"\?/],
  [{ names: { harnes: {} } }, /no setting "harnes" in "names"; did you mean "harness"\?/],
  [{ redact: { zzzzzz: 1 } }, /no setting "zzzzzz" in "redact"; there are pii, rules\./],
  [{ colours: { model: { m: "red" } } }, /field "colours\.model\.m": expected a colour such as #0072b2; found "red"/],
  [{ redact: { pii: "yes" } }, /field "redact\.pii": expected true or false; found "yes"/],
  [{ prices: 3 }, /field "prices": expected a path; found 3/],
  ["{oops", /atl\.json: not JSON/],
];
for (const [json, says] of FAULTS) {
  needs(
    ["read", "write"],
    `settings ${JSON.stringify(json)} are told by field`,
    () =>
      inFolder(async (folder, write) => {
        await write(json);
        throws(() => readConfig(null, folder), says);
      }),
  );
}

needs(["read"], "a file of settings that is named has to be there", () => {
  throws(() => readConfig(`${ROOT}nowhere.json`), /nowhere\.json: the settings cannot be read/);
});

Deno.test("the command line goes before variables, variables before settings, and only shared options have any", () => {
  const options = { ...SOURCE_OPTIONS, prices: flag("--prices", "another option of this name") };
  const settings = { source: "file", mapping: "m", prices: "p" };
  const none = () => undefined;
  const empty = { source: undefined, mapping: undefined, prices: undefined };
  deepEqual(filled({ options }, empty, settings, none), { ...empty, source: "file", mapping: "m" });
  deepEqual(filled({ options }, { ...empty, source: "given" }, settings, none)["source"], "given");
  deepEqual(filled({ options }, { ...empty, word: "given" }, settings, none)["source"], "given");
  throws(
    () => filled({ options }, { ...empty, word: "a", source: "b" }, settings, none),
    /give the source once; found a and b/,
  );
  const variable = (name: string) => name === "TRACES_SOURCE" ? "set" : undefined;
  deepEqual(filled({ options }, empty, settings, variable), { ...empty, mapping: "m" });
});

Deno.test("names and colours of settings stand in place of the data's, the others stay", () => {
  const names = namesWith(plainNames, {
    names: { harness: { a: "Alpha" } },
    colours: { harness: { b: "#123456" } },
  });
  deepEqual(["a", "b", "toString"].map((name) => names.label("harness", name)), ["Alpha", "b", "toString"]);
  equal(names.label("model", "a"), "a");
  const before = plainNames.colorsOf("harness", ["a", "b"]);
  deepEqual([...names.colorsOf("harness", ["a", "b"])], [["a", before.get("a")], ["b", "#123456"]]);
});

needs(["read"], "redaction follows the command line, else the settings", async () => {
  const page = await Deno.readTextFile(`${ROOT}docs/config.md`);
  const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)![1]!);
  const { redact } = example;
  const chosen = await redaction({}, { redact });
  deepEqual([chosen.personal, chosen.rules?.map(({ id }) => id)], [true, ["acme"]]);
  deepEqual(await redaction({ redact: "pii" }, {}), { personal: true, rules: [] });
});

needs(
  ["read", "write"],
  "the example of docs/config.md is right, and its table has every setting",
  () =>
    inFolder(async (folder, write) => {
      const page = await Deno.readTextFile(`${ROOT}docs/config.md`);
      const example = /```json\n([\s\S]*?)```/.exec(page)![1]!;
      await write(example);
      const names = Object.keys(readConfig(null, folder)).filter((name) => name !== "$schema" && name !== "redact");
      const { DOCUMENTS } = await import("../../tasks/docs.ts");
      const { properties } = JSON.parse(await DOCUMENTS["docs/atl.schema.json"]());
      deepEqual(Object.keys(properties).filter((name) => name !== "$schema" && name !== "redact").sort(), names.sort());
      for (const name of [...names, "redact.pii", "redact.rules"]) match(page, new RegExp(`^\\| \`${name}\``, "m"));
    }),
);

needs(
  ["read", "write", "run"],
  "a command takes its source, names and colours from the settings of its folder",
  () =>
    inFolder(async (folder, write) => {
      await Deno.copyFile(`${ROOT}tests/fixtures/traces_v2.parquet`, `${folder}/t.parquet`);
      await write({
        source: "t.parquet",
        names: { harness: { claude_code: "Our own" } },
        colours: { harness: { claude_code: "#12ab34" } },
      });
      const run = async (...args: string[]) => {
        const { code, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", "--no-check", "--quiet", "--config", `${ROOT}deno.json`, `${ROOT}tasks/atl.ts`, ...args],
          cwd: folder,
          env: { NO_COLOR: "1", TRACES_SOURCE: "", TRACES_MAPPING: "" },
        }).output();
        return { code, err: new TextDecoder().decode(stderr) };
      };
      deepEqual(await run("report", "--out", "r.html", "--quiet"), { code: 0, err: "" });
      const html = await Deno.readTextFile(`${folder}/r.html`);
      match(html, /t\.parquet/);
      match(html, /Our own/);
      match(html, /#12ab34/);
      await write({ sauce: "t.parquet" });
      const wrong = await run("report");
      equal(wrong.code, 2);
      match(wrong.err, /^report: atl\.json: there is no setting "sauce"; did you mean "source"\?/);
    }),
);
