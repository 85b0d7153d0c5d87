import { redactedJson, redactValue } from "../traces/mod.ts";
import type { BraintrustClient } from "./client.ts";
import { insertRows } from "./insert.ts";
import { merged } from "./merge.ts";
import type { Project } from "./project.ts";
import { type Bounds, wholeRows } from "./standing.ts";

/** How often the service is asked whether a merge has shown up, and the wait between. */
const LOOKS = 8;
const LOOK_MS = 1500;

/** A row as it stands with an event merged into it here, as one that replaces it. */
export function written(there: Record<string, unknown> | undefined, event: Record<string, unknown>) {
  const { _is_merge: _, ...sent } = event;
  const { version: _version, ...before } = there ?? {};
  const row = there ? merged(before, sent) as Record<string, unknown> : sent;
  const known = Object.entries(row).filter(([, value]) => value !== undefined);
  return redactedJson(redactValue(Object.fromEntries(known)).value);
}

/**
 * Merges nothing new into one row, and looks whether the rest of it is still there.
 *
 * @returns false when it was not: the row has been written back
 */
export async function proveMerge(
  client: BraintrustClient,
  project: Project,
  id: string,
  bounds: Bounds,
): Promise<boolean> {
  const target = { projectLogs: project.id };
  const before = (await wholeRows(client, project, [id], bounds)).get(id);
  if (!before) return true;
  const sessionId = (Object(before["metadata"]) as Record<string, unknown>)["session_id"];
  // Nothing but what stands there already; `created` keeps a row that is not merged within the bounds.
  const event = { id, _is_merge: true, created: before["created"], span_id: before["span_id"] };
  await insertRows(client, target, [{ text: redactedJson(redactValue(event).value) }]);
  for (let look = 0; look < LOOKS; look++) {
    const now = (await wholeRows(client, project, [id], bounds)).get(id);
    if (now && now["version"] !== before["version"]) {
      const metadata = Object(now["metadata"]) as Record<string, unknown>;
      if (metadata["session_id"] === sessionId) return true;
      await insertRows(client, target, [{ text: written(before, {}) }]);
      return false;
    }
    await client.clock.sleep(LOOK_MS);
  }
  // It has not shown up: the service is slow, and what it says of itself has to be believed.
  return true;
}
