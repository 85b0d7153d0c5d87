import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { needs } from "../support/needs.ts";

const task = fileURLToPath(new URL("../../tasks/fetch.ts", import.meta.url));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", task, ...args],
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
    for (const word of ["judged", "hub [SPEC]", "prices", "no sha256 of", "--sha256"]) {
      assert.ok(
        out.includes(word),
        word,
      );
    }
  },
);

const wrong: [args: string[], message: RegExp][] = [
  [[], /^fetch: expected judged, prices or hub, found nothing; see --help\n$/],
  [["juged"], /^fetch: expected judged, prices or hub, found "juged"; see --help\n$/],
  [["judged", "x"], /^fetch: too many arguments; see --help\n$/],
  [["hub", "nowhere"], /^fetch: "nowhere" is not a Hub dataset: expected hub:OWNER\/NAME@REVISION.*\n$/],
  [["hub", "hub:a/b@main"], /^fetch: hub:a\/b@main: expected a commit.*found "main"\n$/],
  [["prices", "--ref", "a", "--url", "b"], /^fetch: give --ref or --url, not both\n$/],
];
for (const [args, message] of wrong) {
  needs(["read", "run", "env"], `"fetch ${args.join(" ")}" fails with one line that says what to do`, async () => {
    const { code, err } = await run(...args);
    assert.equal(code, 1);
    assert.match(err, message);
  });
}
