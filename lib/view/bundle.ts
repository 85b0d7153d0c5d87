import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files of the page, by path. */
export type PageFiles = ReadonlyMap<string, { type: string; body: string }>;

/**
 * The page's files: its script is bundled from `lib/view/page` by `deno bundle`, from packages that are here (nothing is
 * asked of a network), and kept until one of its sources changes.
 *
 * @param cache where the bundle is kept
 * @throws {Error} with the bundler's words where it fails
 */
export async function bundlePage(cache: string): Promise<PageFiles> {
  const folder = fileURLToPath(new URL("./page/", import.meta.url));
  const sources = (await Promise.all([folder, join(folder, "../../model/")].map(sourcesOf))).flat();
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(JSON.stringify([Deno.version, sources])),
  );
  const name = `view-${
    [...new Uint8Array(digest)].slice(0, 8).map((byte) => byte.toString(16).padStart(2, "0")).join("")
  }.js`;
  const path = join(cache, name);
  const script = await Deno.readTextFile(path).catch(() => null) ?? await bundled(join(folder, "main.tsx"), path);
  return new Map([
    ["/", { type: "text/html; charset=utf-8", body: PAGE }],
    ["/app.js", { type: "text/javascript; charset=utf-8", body: script }],
    ["/app.css", { type: "text/css; charset=utf-8", body: await Deno.readTextFile(join(folder, "app.css")) }],
  ]);
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>agent-trace-lab</title>
<link rel="stylesheet" href="/app.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="app"><p>Loading …</p></div>
<noscript>The workbench needs JavaScript. The report does without: deno task report SOURCE</noscript>
<script type="module" src="/app.js"></script>
</body>
</html>
`;

async function sourcesOf(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) if (isFile) names.push(name);
  return await Promise.all(names.sort().map((name) => Deno.readTextFile(join(folder, name))));
}

async function bundled(entry: string, path: string): Promise<string> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  const part = `${path}.${crypto.randomUUID()}.part.js`;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", "--minify", "--output", part, entry],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`the page could not be bundled: ${new TextDecoder().decode(stderr).trim()}`);
  await Deno.rename(part, path);
  return await Deno.readTextFile(path);
}
