import { deepEqual, equal, match } from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { needs } from "./support/needs.ts";

const ROOT = decodeURIComponent(new URL("../", import.meta.url).pathname);

/** Every Markdown page of the project that people read. */
async function pages(): Promise<string[]> {
  const found = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "data/README.md"];
  async function below(folder: string): Promise<void> {
    for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
      if (isDirectory) await below(`${folder}/${name}`);
      else if (name.endsWith(".md")) found.push(`${folder}/${name}`);
    }
  }
  await below("docs");
  return found;
}

/** Headings of a page as the addresses that GitHub gives them. */
function anchors(text: string): Set<string> {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "");
  return new Set(
    [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
      (heading ?? "").toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").trim().replaceAll(" ", "-")
    ),
  );
}

/** Links to files of the project: Markdown's own, and pictures. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/(?:src|href)="([^"]+)"/g)];
  return found.map(([, link]) => link ?? "").filter((link) => !/^[a-z]+:/.test(link));
}

needs(["read"], "every link of the pages leads to a file and a heading that are there", async () => {
  const broken: string[] = [];
  let checked = 0;
  for (const page of await pages()) {
    const text = await Deno.readTextFile(join(ROOT, page));
    for (const link of linksOf(text)) {
      checked++;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : relative(ROOT, join(ROOT, dirname(page), path));
      const found = await Deno.stat(join(ROOT, target)).catch(() => null);
      if (!found) broken.push(`${page}: ${link}`);
      else if (anchor && target.endsWith(".md")) {
        if (!anchors(await Deno.readTextFile(join(ROOT, target))).has(anchor)) broken.push(`${page}: ${link}`);
      }
    }
  }
  deepEqual(broken, []);
  equal(checked > 50, true, `${checked} links`);
});

Deno.test("a link to a heading that is not there is found", () => {
  equal(anchors("# A page\n\n## In CI\n").has("in-ci"), true);
  equal(anchors("# A page\n").has("every-night"), false);
  deepEqual(linksOf("[a](b.md#c) and `[x](y)` and [w](https://example.org)"), ["b.md#c"]);
});

needs(["read", "run"], "the page on claims shows what the command prints", async () => {
  const page = await Deno.readTextFile(join(ROOT, "docs/how-to/decide-claims.md"));
  const command = /^deno task claims (.+)$/m.exec(page)?.[1]?.split(" ") ?? [];
  const shown = /^```text\n([\s\S]*?)^```/m.exec(page)?.[1];
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "tasks/atl.ts", "claims", ...command],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  equal(new TextDecoder().decode(stdout), shown);
  match(page, /"id": "ladder-invoices"/);
});
