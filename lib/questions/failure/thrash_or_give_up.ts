import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { MIN_THRASH_N, thrash } from "../../analysis/failure/thrash.ts";
import { drawThrashOrGiveUp } from "../../figures/failure/thrash_or_give_up.ts";
import { ifAny, question } from "../question.ts";

/** Failed over successful sessions in tokens, calls and duration. */
export const thrashOrGiveUp = question({
  name: "thrash-or-give-up",
  title: "Do failures thrash or give up?",
  chapter: "failure",
  needs: ["sessions"],
  nothing: `no benchmark has ${MIN_THRASH_N} failed and ${MIN_THRASH_N} successful sessions to compare`,
  ask: (dataset, { random }) => ifAny(thrash(needSessions(dataset), { random: random() })),
  draw: (rows, context) => [drawThrashOrGiveUp(rows, context)],
});
