import type { Browsed } from "./duckdb/browse.ts";
import type { SessionBrowser } from "./session_browser.ts";

/**
 * Opens sessions for browsing (`browseSessions`); DuckDB is loaded when it is asked for.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { openBrowser } from "agent-trace-lab/engines";
 * const { sessions } = await loadDataset("data/examples/sessions.jsonl");
 * const browser = await openBrowser({ sessions: sessions ?? [] });
 * await browser.close();
 * ```
 */
export async function openBrowser(of: Browsed): Promise<SessionBrowser> {
  const { browseSessions } = await import("./duckdb/browse.ts");
  return await browseSessions(of);
}
