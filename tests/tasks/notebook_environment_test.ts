import { equal } from "node:assert/strict";
import { environmentOf } from "../../tasks/notebooks/environment.ts";

Deno.test("the notebook of one's own traces is told of one's own source, and of none of the study's", () => {
  const sourceOf = (path: string, source: string) => environmentOf(path, { TRACES_SOURCE: source }).TRACES_SOURCE;
  equal(sourceOf("notebooks/00-your-traces.ipynb", "replica"), "");
  equal(sourceOf("notebooks/00-your-traces.ipynb", "mine.jsonl"), "mine.jsonl");
  equal(sourceOf("notebooks/03-simpson.ipynb", "replica"), "replica");
});
