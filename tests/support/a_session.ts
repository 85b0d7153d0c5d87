/** A session for tests that care about a few of its fields. @module */
import type { Session } from "../../lib/model/mod.ts";
import { session } from "../analysis/sessions.ts";

/** A scored session of `gpt-4.1` under `claude_code` with the given fields and unremarkable others. */
export function aSession(fields: Partial<Session> = {}): Session {
  return session({
    sessionId: "run_1",
    id: "00000000-0000-5000-8000-000000000000",
    run: "run",
    harness: "claude_code",
    deployment: "gpt-4.1",
    model: "gpt-4.1",
    toolErrors: 0,
    ...fields,
  });
}
