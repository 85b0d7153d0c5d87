import { completeness } from "../../analysis/mod.ts";
import { int, pct, plural, seconds, times, tokens } from "../../figures/mod.ts";
import { failureModes } from "../../questions/failure/failure_modes.ts";
import { thrashOrGiveUp } from "../../questions/failure/thrash_or_give_up.ts";
import { quantile, wilson } from "../../stats/mod.ts";
import { foundOf } from "../found.ts";
import type { Sentence } from "./told.ts";

/** The commonest way of failing, of all failures; nothing where those of which it cannot be told could be more of another. */
export const commonestFailure: Sentence = ({ answered }) => {
  const found = foundOf(answered, failureModes);
  if (!found) return null;
  const { n } = found, untold = found.modes.unknown ?? 0;
  const [first, second] = Object.entries(found.modes).filter(([mode]) => mode !== "unknown").sort((a, b) =>
    b[1] - a[1]
  );
  if (!first || first[1] <= untold + (second?.[1] ?? 0)) return null;
  const { lo, hi } = wilson(first[1], n);
  return `Most failures are of the kind "${first[0]}": ${int(first[1])} of ${int(n)}, ${pct(first[1] / n)} (95% ${
    pct(lo)
  } to ${pct(hi)}).`.replace(/^Most/, first[1] / n > 0.5 ? "Most" : "The largest part of");
};

/** Where failures take more, or less, than successes. */
export const effort: Sentence = ({ answered, names }) => {
  const rows = (foundOf(answered, thrashOrGiveUp) ?? []).filter((row) => row.measure === "tokens");
  const told = rows.flatMap((row) => row.style !== "undecided" && row.within ? [{ ...row, ...row.within.within }] : [])
    .sort((a, b) => Math.abs(Math.log(b.estimate)) - Math.abs(Math.log(a.estimate)));
  const [first] = told;
  if (!rows.length) return null;
  if (!first) {
    const where = rows.length === 1
      ? "On the only suite failures cannot"
      : `On none of ${int(rows.length)} suites can failures`;
    return `${where} be told to take other amounts of tokens than successes of the same config.`;
  }
  return `On ${names.benchmark(first.benchmark)} failed sessions take ${
    times(first.estimate)
  } the tokens of successful ones of the same config (95% ${times(first.lo)} to ${times(first.hi)}, new runs): they ${
    first.style === "thrashes" ? "thrash" : "give up"
  }.`;
};

/** Sessions below which quartiles say nothing. */
const FEW = 8;

/** What a session takes, where single sessions are at hand. */
export const takes: Sentence = ({ dataset }) => {
  if (dataset.held !== "all") return null;
  const used = dataset.sessions.flatMap(({ totalTokens }) => totalTokens === null ? [] : [totalTokens]);
  const lasted = dataset.sessions.flatMap(({ durationS }) => durationS === null ? [] : [durationS]);
  if (!used.length) return null;
  // Of a handful there are no quartiles: all of them are told.
  const few = used.length < FEW;
  const [q1, median, q3] = (few ? [0, 0.5, 1] : [0.25, 0.5, 0.75]).map((q) => quantile(used, q));
  const time = lasted.length ? `, and ${seconds(quantile(lasted, 0.5))} at the median` : "";
  const [low, high] = [tokens(q1), tokens(q3)];
  if (dataset.sessions.length === 1) return `The session takes ${low} tokens${time.replace(" at the median", "")}.`;
  const which = few
    ? plural(used.length, "session with known tokens takes", "sessions with known tokens take")
    : "Half of the sessions take";
  return low === high
    ? `${which} ${low} tokens${time}.`
    : `${which} ${low} to ${high} tokens (median ${tokens(median)})${time}.`;
};

/** What is known of no session at all. */
export const unknown: Sentence = ({ dataset }) => {
  const rows = completeness(dataset);
  const none = rows.filter((row) => row.known === 0);
  return none.length && dataset.info.sessions
    ? `Of ${plural(rows.length, "field")} that may be unknown ${plural(none.length, "is", "are")} so of every session.`
    : null;
};
