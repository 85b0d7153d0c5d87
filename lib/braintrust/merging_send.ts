import type { BraintrustClient } from "./client.ts";
import { boundsOf } from "./count_rows.ts";
import { insertRows } from "./insert.ts";
import type { PushJournal } from "./journal.ts";
import { type DifferingScore, differingScores, eventOf, isOwnScore } from "./merge.ts";
import type { Project } from "./project.ts";
import { proveMerge, written } from "./prove_merge.ts";
import type { Send } from "./push.ts";
import type { PushPlan } from "./push_plan.ts";
import type { RowLine } from "./row_files.ts";
import { type StandingRow, standingRows, wholeRows } from "./standing.ts";

/** How rows are sent so that the work of others stays, and where it says other than the verdicts. */
export interface MergingSend {
  /** Sends a batch of rows. */
  send: Send<RowLine>;
  /** Scores of others that differ from the verdicts of this push; they stay. */
  differing: DifferingScore[];
  /** Whether the service turned out not to merge: rows were then read, changed and written whole. */
  readModifyWrite(): boolean;
}

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
      proof ??= proveMerge(client, project, first.id, bounds).then((merges) => {
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
