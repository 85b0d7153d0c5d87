import main from "./page/main.js" with { type: "text" };
import marks from "./page/marks.js" with { type: "text" };
import panel from "./page/panel.js" with { type: "text" };
import rows from "./page/rows.js" with { type: "text" };
import table from "./page/table.js" with { type: "text" };
import words from "./page/words.js" with { type: "text" };

/** Modules of the page's script, each after those that it imports. */
const MODULES = [words, rows, table, panel, marks, main];

/** The page's script as one text: its modules in order, without what binds them to each other and without their comments. */
export function pageScript(): string {
  const body = MODULES.join("\n")
    .replace(/^import [^;]*;$/gm, "")
    .replace(/^export /gm, "")
    .replace(/^\s*\/\*\*(?:(?!\*\/)[\s\S])*\*\/$/gm, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/\n{2,}/g, "\n");
  return `(() => {"use strict";${body}})();`;
}

/** What a policy calls a script that may run: the hash of its bytes. */
export async function scriptHash(script: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}
