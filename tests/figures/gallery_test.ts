import { deepEqual, ok } from "node:assert/strict";
import { sound } from "../support/figures.ts";
import { needs } from "../support/needs.ts";
import { gallery } from "./gallery.ts";

// The gallery is written by: UPDATE_SNAPSHOTS=1 deno test -A tests/figures/gallery_test.ts
const folder = new URL("../gallery/", import.meta.url);

needs(
  ["read", "write", "env"],
  "every small plot of the gallery is drawn as it was, with a clean layout",
  async (t) => {
    const figures = gallery();
    for (const figure of figures) {
      await t.step(figure.name, async () => {
        sound(figure);
        const path = new URL(`${figure.name.replace(/^gallery-/, "")}.svg`, folder);
        if (Deno.env.get("UPDATE_SNAPSHOTS")) await Deno.writeTextFile(path, `${figure.svg}\n`);
        ok(`${figure.svg}\n` === await Deno.readTextFile(path), `${figure.name} differs from ${path.pathname}`);
      });
    }
    await t.step("and there is none beside", () => {
      const kept = [...Deno.readDirSync(folder)].map(({ name }) => name.replace(/\.svg$/, ""));
      deepEqual(kept.sort(), figures.map(({ name }) => name.replace(/^gallery-/, "")).sort());
    });
  },
);
