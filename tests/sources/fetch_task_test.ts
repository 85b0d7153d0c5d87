import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { needs } from "../support/needs.ts";

const task = fileURLToPath(new URL("../../tasks/atl.ts", import.meta.url));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", task, "fetch", ...args],
    env: { NO_COLOR: "1" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

needs(
  ["read", "run", "env"],
  "the fetch task explains itself, and what of prices is pinned and what is not",
  async () => {
    const { code, out } = await run("--help");
    assert.equal(code, 0);
    for (const word of ["judged", "[SPEC]", "prices", "no sha256 of", "--sha256"]) {
      assert.ok(
        out.includes(word),
        word,
      );
    }
  },
);

const wrong: [args: string[], code: number, message: RegExp][] = [
  [[], 2, /^fetch: expected judged, prices or hub, found nothing; see --help\n$/],
  [
    ["juged"],
    2,
    /^fetch: expected judged, prices or hub, found "juged"; did you mean judged\? See --help\n$/,
  ],
  [["judged", "x"], 2, /^fetch: x: only hub takes a SPEC; see --help\n$/],
  [["hub", "nowhere"], 1, /^fetch: "nowhere" is not a Hub dataset: expected hub:OWNER\/NAME@REVISION.*\n$/],
  [["hub", "hub:a/b@main"], 1, /^fetch: hub:a\/b@main: expected a commit.*found "main"\n$/],
  [["prices", "--ref", "a", "--url", "b"], 2, /^fetch: give --ref or --url, not both\n$/],
];
for (const [args, expected, message] of wrong) {
  needs(["read", "run", "env"], `"fetch ${args.join(" ")}" fails with one line that says what to do`, async () => {
    const { code, err } = await run(...args);
    assert.equal(code, expected);
    assert.match(err, message);
  });
}
