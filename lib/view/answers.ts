import { conclusionMoves } from "../analysis/claims/mod.ts";
import { type Dimension, LABEL_DIMENSIONS, LABEL_SEED, labelMoves, nextToLabel } from "../analysis/mod.ts";
import type { SessionBrowser } from "../engines/mod.ts";
import { FILTER_COLUMNS, type Session } from "../model/mod.ts";
import { LABEL_FORMATS, labelFormat } from "../sources/mod.ts";
import { seededRandom } from "../stats/mod.ts";
import { filterOf, named, NotThere, oneOf, sortOf, whole, WrongQuestion } from "./asked.ts";
import { compareConfigs } from "./compare_configs.ts";
import type { Looked } from "./options.ts";
import { compareSessions, foundIn, openedSession, pictureOf, piecesFrom, wholePiece } from "./session_answers.ts";
import { takeLabel, takeLabels } from "./taken_labels.ts";
import { wholeBins } from "./whole_bins.ts";

/** An answer that is no JSON. */
export class Plain {
  constructor(
    readonly body: string | Uint8Array<ArrayBuffer>,
    readonly type: string,
    /** What a file that is saved of it is called; null where it is shown. */
    readonly name: string | null,
  ) {}
}

/** Most rows of one page of the table. */
const MOST_ROWS = 500;

/** Strata of labels, by what is asked of them. */
const STRATA: Record<string, readonly Dimension[]> = {
  cell: ["benchmark", "harness", "model"],
  benchmark: ["benchmark"],
  harness: ["harness"],
  model: ["model"],
  config: ["harness", "model"],
};

/** Groups of a column that can be chosen from. */
const MOST_GROUPS = 40;

/** Answers a request of the page. @throws {WrongQuestion | NotThere | RowError} for what cannot be answered */
export async function answer(request: Request, looked: Looked): Promise<unknown> {
  const { browser, labels } = looked;
  const { pathname, searchParams: search } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case "GET /api/about":
      return await aboutOf(looked);
    case "GET /api/rows": {
      const [filter, sort] = [filterOf(search), sortOf(search)];
      const [offset, limit] = [whole(search, "offset", 0), Math.min(MOST_ROWS, whole(search, "limit", 100))];
      const [count, rows] = await Promise.all([browser.count(filter), browser.page(filter, sort, offset, limit)]);
      return { count, rows: rows.map((row) => ({ ...row, label: labels.of(row.sessionId) })) };
    }
    case "GET /api/charts":
      return await chartsOf(search, browser);
    case "GET /api/groups": {
      const column = named(search, "column");
      const filter = Object.fromEntries(Object.entries(filterOf(search)).filter(([name]) => name !== column));
      return await browser.groups(filter, column, MOST_GROUPS);
    }
    case "GET /api/session":
      return await openedSession(named(search, "id"), looked);
    case "GET /api/pieces":
      return await piecesFrom(named(search, "id"), whole(search, "from", 0), whole(search, "to", 0), looked);
    case "GET /api/piece":
      return await wholePiece(named(search, "id"), whole(search, "n", 0), looked);
    case "GET /api/found":
      return await foundIn(named(search, "id"), named(search, "text"), looked);
    case "GET /api/picture": {
      const { type, bytes } = await pictureOf(named(search, "id"), whole(search, "n", 0), looked);
      return new Plain(bytes, type, null);
    }
    case "GET /api/around":
      return await browser.around(named(search, "id"), filterOf(search), sortOf(search));
    case "GET /api/labels":
      await labels.refresh();
      return labels.latest();
    case "POST /api/labels":
      return await takeLabel(request, looked);
    case "POST /api/labels/import":
      return await takeLabels(request, search.get("name") ?? "labels", labels);
    case "GET /api/labels/export": {
      const format = labelFormat(named(search, "format"));
      const type = format.id === "csv" ? "text/csv" : "application/json";
      return new Plain(
        format.write(labels.latest()),
        `${type}; charset=utf-8`,
        `labels-${format.id}.${ending(format.id)}`,
      );
    }
    case "GET /api/next":
      return nextToLabel(
        inMemory(looked),
        labels.all(),
        whole(search, "n", 20),
        seededRandom(LABEL_SEED + labels.all().length),
        STRATA[oneOf(search, "by", Object.keys(STRATA), "cell")],
      );
    case "GET /api/moves": {
      await labels.refresh();
      const by = oneOf(search, "by", LABEL_DIMENSIONS, "harness");
      return labelMoves(inMemory(looked), labels.all(), by, { random: seededRandom(LABEL_SEED) });
    }
    case "GET /api/conclusions":
      return looked.decide ? await conclusionMoves(inMemory(looked), labels.all(), looked.decide) : [];
    case "GET /api/compare":
      return await compareSessions(
        named(search, "a"),
        named(search, "b"),
        search.has("from") ? whole(search, "from", 0) : null,
        looked,
      );
    case "GET /api/configs":
      return compareConfigs(named(search, "a"), named(search, "b"), inMemory(looked));
    default:
      throw new NotThere(`there is no ${pathname}`);
  }
}

/** Columns of the table that many sources know nothing of. */
const MAY_BE_EMPTY = ["topics", "judge_reasoning"] as const;

async function aboutOf({ browser, caption, conversations, modes, labels, decide }: Looked) {
  // A column that takes too long to count is shown.
  const unknown = await Promise.all(
    MAY_BE_EMPTY.map((column) => browser.count({ [column]: { in: [null] } }).catch(() => null)),
  );
  return {
    caption,
    total: browser.total,
    texts: conversations?.progress() ?? null,
    modes,
    labels: labels.path,
    others: labels.others,
    concludes: Boolean(decide),
    formats: LABEL_FORMATS.map(({ id, help }) => ({ id, help })),
    empty: MAY_BE_EMPTY.filter((_, i) => unknown[i] === browser.total),
    columns: [...FILTER_COLUMNS].map(([name, { kind }]) => ({ name, kind })),
  };
}

function ending(format: string): string {
  return format === "csv" ? "csv" : format === "jsonl" || format === "braintrust" ? "jsonl" : "json";
}

function inMemory({ sessions }: Looked): readonly Session[] {
  if (sessions === null) {
    throw new WrongQuestion(
      "the sessions stay in their engine, and this needs each of them: open it with TRACES_SESSIONS=N to hold N",
    );
  }
  return sessions;
}

/** The four charts, each under the conditions of the others: a bar that is picked stays beside those that were not. */
async function chartsOf(search: URLSearchParams, browser: SessionBrowser) {
  const filter = filterOf(search);
  const without = (column: string) => Object.fromEntries(Object.entries(filter).filter(([name]) => name !== column));
  const histogram = async (column: string) => {
    const [bins, unknown] = await Promise.all([
      browser.bins(without(column), column, 24, true),
      browser.count({ ...without(column), [column]: { in: [null] } }),
    ]);
    return { column, bins, unknown };
  };
  const [configs, tokens, duration, calls] = await Promise.all([
    browser.groups(without("config"), "config", MOST_GROUPS),
    histogram("total_tokens"),
    histogram("duration_s"),
    histogram("calls"),
  ]);
  return { configs, tokens, duration, calls: { ...calls, bins: wholeBins(calls.bins) } };
}
