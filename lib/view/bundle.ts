import { bundledScript } from "../io/mod.ts";

/** The files of the page, by path. */
export type PageFiles = ReadonlyMap<string, { type: string; body: string }>;

/** The page's files: its script is bundled from `lib/view/page`. @throws {Error} with the bundler's words where it fails */
export async function bundlePage(): Promise<PageFiles> {
  const at = (path: string) => new URL(path, import.meta.url);
  const script = await bundledScript(at("./page/main.tsx"), [at("../model/")]);
  return new Map([
    ["/", { type: "text/html; charset=utf-8", body: PAGE }],
    ["/app.js", { type: "text/javascript; charset=utf-8", body: script }],
    ["/app.css", { type: "text/css; charset=utf-8", body: await Deno.readTextFile(at("./page/app.css")) }],
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
<noscript>The workbench needs JavaScript. The report does without: the command report, with the same source</noscript>
<script type="module" src="/app.js"></script>
</body>
</html>
`;
