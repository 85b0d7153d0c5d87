import { equal } from "node:assert/strict";
import { DOCUMENTS } from "../../tasks/docs.ts";
import { needs } from "../support/needs.ts";

for (const [path, made] of Object.entries(DOCUMENTS)) {
  needs(["read", "env"], `${path} says what the program says: deno task docs writes it anew`, async () => {
    equal(await Deno.readTextFile(new URL(`../../${path}`, import.meta.url)), await made());
  });
}
