import { redactedJson, redactValue } from "../traces/mod.ts";
import type { BraintrustClient } from "./client.ts";
import { boundsOf } from "./count_rows.ts";
import { insertRows } from "./insert.ts";
import type { PushJournal } from "./journal.ts";
import { type DifferingScore, differingScores, eventOf, isOwnScore, merged } from "./merge.ts";
import type { Project } from "./project.ts";
import type { Send } from "./push.ts";
import type { PushPlan } from "./push_plan.ts";
import type { RowLine } from "./row_files.ts";
import { type Bounds, type StandingRow, standingRows, wholeRows } from "./standing.ts";

/** How rows are sent so that the work of others stays, and where it says other than the verdicts. */
export interface MergingSend {
  /** Sends a batch of rows. */
  send: Send<RowLine>;
  /** Scores of others that differ from the verdicts of this push; they stay. */
  differing: DifferingScore[];
  /** Whether the service turned out not to merge: rows were then read, changed and written whole. */
  readModifyWrite(): boolean;
}

/** How often the service is asked whether a merge has shown up, and the wait between. */
const LOOKS = 8;
const LOOK_MS = 1500;

/**
 * Looks at what stands at the service, and sends rows into it: what others wrote there stays. The first merge goes alone and is
 * looked at: a service that does not know merges would leave nothing else of the row. Then that row is restored, and this
 * and all others are read, changed and written whole.
 *
 * @param plan of the rows to be sent
 * @throws {BraintrustError} when the service refuses
 */
export async function mergingSend(
  client: BraintrustClient,
  project: Project,
  plan: PushPlan,
  journal: Pick<PushJournal, "sent">,
): Promise<MergingSend> {
  const bounds = boundsOf(plan, client.clock.now());
  const standing = await standingRows(client, project, [...plan.sessions.keys()], bounds);
  const target = { projectLogs: project.id };
  let mergesRows = true;
  let proof: Promise<void> | null = null;

  const isMerge = (line: RowLine) => standing.has(line.root) || journal.sent(line) !== undefined;

  async function send(rows: readonly RowLine[]): Promise<void> {
    const first = rows.find((line) => standing.has(line.id));
    if (first) {
      proof ??= proveMerge(client, project, first, bounds).then((merges) => {
        mergesRows = merges;
      });
      await proof;
    }
    const texts = rows.map((line) => eventOf(line, standing.get(line.root), journal.sent(line)));
    if (mergesRows || !rows.some(isMerge)) return await insertRows(client, target, texts.map((text) => ({ text })));
    const there = await wholeRows(client, project, rows.map(({ id }) => id), bounds);
    await insertRows(
      client,
      target,
      texts.map((text, i) => ({ text: written(there.get(rows[i]!.id), JSON.parse(text)) })),
    );
  }

  return { send, differing: differingIn(plan, standing, journal), readModifyWrite: () => !mergesRows };
}

function differingIn(
  plan: PushPlan,
  standing: ReadonlyMap<string, StandingRow>,
  journal: Pick<PushJournal, "sent">,
): DifferingScore[] {
  return [...plan.verdicts].flatMap(([root, verdict]) => {
    const there = standing.get(root);
    if (!there) return [];
    const own = isOwnScore(there, plan.ownScores.get(root), journal.sent({ id: root, root }));
    return differingScores(plan.sessions.get(root)!.sessionId, verdict, there, own);
  });
}

/** A row as it stands with an event merged into it here, as one that replaces it. */
function written(there: Record<string, unknown> | undefined, event: Record<string, unknown>) {
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
async function proveMerge(
  client: BraintrustClient,
  project: Project,
  { id, row }: RowLine,
  bounds: Bounds,
): Promise<boolean> {
  const target = { projectLogs: project.id };
  const before = (await wholeRows(client, project, [id], bounds)).get(id);
  if (!before) return true;
  const sessionId = row.metadata["session_id"];
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
