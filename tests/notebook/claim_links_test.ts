import { deepEqual } from "node:assert/strict";
import { parseClaims } from "../../lib/analysis/claims/mod.ts";
import { publishedClaims } from "../../lib/study/mod.ts";
import { needs } from "../support/needs.ts";

const folder = new URL("../../notebooks/", import.meta.url);

/** Headings of a notebook as the addresses that Jupyter gives them. */
async function anchors(notebook: string): Promise<Set<string>> {
  const { cells } = JSON.parse(await Deno.readTextFile(new URL(`${notebook}.ipynb`, folder)));
  const text = (cells as { cell_type: string; source: string | string[] }[])
    .filter((cell) => cell.cell_type === "markdown").map((cell) => [cell.source].flat().join("")).join("\n");
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => (heading ?? "").trim().replaceAll(" ", "-")));
}

needs(["read"], "every claim links to a section that is in its notebook", async () => {
  const { claims, links } = parseClaims(publishedClaims(), "data/claims.json");
  const known = new Map<string, Set<string>>();
  const wrong: string[] = [];
  for (const claim of claims) {
    const link = claim.link ?? links[claim.finding] ?? "";
    const [notebook = "", section = ""] = link.split("#");
    if (!known.has(notebook)) known.set(notebook, await anchors(notebook));
    if (!known.get(notebook)?.has(section)) wrong.push(`${claim.id}: ${link}`);
  }
  deepEqual(wrong, []);
});
