import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { labelMoves as movesOf } from "../../analysis/truth/label_moves.ts";
import { LABEL_DIMENSIONS, LABEL_SEED } from "../../analysis/truth/label_results.ts";
import { drawLabelMoves } from "../../figures/truth/label_moves.ts";
import { seededRandom } from "../../stats/mod.ts";
import { question } from "../question.ts";

/** Success as judged and as people's labels correct it, by the first dimension in which there are two; the workbench's numbers. */
export const labelMoves = question({
  name: "label-moves",
  title: "What do people's labels move?",
  chapter: "truth",
  needs: ["sessions", "labels"],
  nothing: "no session here has a label that decides",
  ask: (dataset) => {
    const sessions = needSessions(dataset), labels = dataset.labels ?? [];
    const of = (by: typeof LABEL_DIMENSIONS[number]) =>
      movesOf(sessions, labels, by, { random: seededRandom(LABEL_SEED) });
    const levels = (by: "harness" | "model") => new Set(sessions.map((session) => session[by])).size;
    const moves = of(levels("harness") > 1 ? "harness" : levels("model") > 1 ? "model" : "benchmark");
    return moves.labels ? moves : null;
  },
  draw: (moves, context) => [drawLabelMoves(moves, context)],
});
