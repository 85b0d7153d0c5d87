import { deepEqual, equal, match } from "node:assert/strict";
import { inTurn } from "../../tasks/notebooks/in_turn.ts";
import { needs } from "../support/needs.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

Deno.test("jobs are done in their order, what goes on is said, and one that fails stops no other", async () => {
  const said: string[] = [], noted: string[] = [];
  const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  const failed = await inTurn(
    [
      { name: "slow", run: () => wait(60) },
      { name: "broken", run: () => Promise.reject(new Error("broken.ipynb: no such thing")) },
      { name: "last", run: () => Promise.resolve() },
    ],
    1,
    { say: (text) => said.push(text.trim().split(/\s/)[0]!), note: (text) => noted.push(text), everyMs: 20 },
  );
  equal(failed, 1);
  deepEqual(said, ["slow", "last"]);
  equal(noted.at(-1), "broken.ipynb: no such thing");
  match(noted[0]!, /0 of 3 done; slow \d+ s/);
});

needs(["run", "read"], "what cannot be meant ends before anything is looked for, with what there is", async () => {
  for (
    const [args, words] of [
      [["notebooks", "99"], /no notebook is called 99; there are 00-your-traces\.ipynb/],
      [["notebooks", "--sorce", "x"], /there is no option --sorce; there are --source/],
      [["notebooks", "--source"], /--source wants a value/],
      [["noteboks"], /did you mean notebooks\?/],
    ] as const
  ) {
    const { code, stderr } = await new Deno.Command(`${ROOT}run`, { args: [...args] }).output();
    equal(code, 2, args.join(" "));
    match(new TextDecoder().decode(stderr), words);
  }
});
