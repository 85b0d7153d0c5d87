import type { Browsed, SessionBrowser } from "./duckdb/browse.ts";

/** Opens sessions for browsing (`browseSessions`); DuckDB is loaded when it is asked for. */
export async function openBrowser(of: Browsed): Promise<SessionBrowser> {
  const { browseSessions } = await import("./duckdb/browse.ts");
  return await browseSessions(of);
}
