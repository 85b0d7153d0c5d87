import type { ToldMode } from "../../model/mod.ts";
import type { Failures, Guardrail, HarnessBox, ThrashRow, ToolErrorSignal } from "../../analysis/mod.ts";
import type { TopicCause, Topics } from "../../analysis/topics/mod.ts";
import { MIN_OF_EACH } from "../../questions/failure/guardrail.ts";
import { fixed, int, pct, plural, points, times, tokens } from "../../figures/mod.ts";
import { list, row } from "../../notebook/markdown.ts";
import type { ContaminationPair } from "../contamination.ts";
import type { ClassMatch } from "../published_classes.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** How many failures are silent, and where the thresholds lie. */
export function howMany(modes: Failures): string {
  if (modes.n === 0) return "No session failed.";
  const of = (mode: ToldMode) => Object.hasOwn(modes.modes, mode) ? modes.modes[mode] ?? 0 : 0;
  const untold = of("unknown");
  if (untold === modes.n) {
    return `How the ${
      plural(modes.n, "session")
    } failed cannot be told: of their tokens, tool errors and failed calls something ` +
      "is not known.";
  }
  const silent = of("silent wrong answer");
  const thresholds = modes.tokens_p90 === null
    ? `The threshold of the second mode is ${plural(modes.calls_p90, "call")}; tokens are not known.`
    : `The thresholds of the second mode are ${tokens(modes.tokens_p90)} tokens and ${
      plural(modes.calls_p90, "call")
    }.`;
  const share = untold > 0
    ? `How ${int(untold)} of ${plural(modes.n, "session")} failed cannot be told; ${pct(silent / modes.n)} to ${
      pct((silent + untold) / modes.n)
    }`
    : `Of ${plural(modes.n, "failure")} ${pct(silent / modes.n)}`;
  return `${share} are silent: no tool errors to speak of, no loop, no failed call. ` +
    (silent > 0 ? "Nothing in these counts marks them. " : "") + thresholds;
}

/** A share of successes near that of the failures is no signal: at half of it and more. */
const NEAR = 0.5;
/** From here on it is none at all. */
const SAME = 0.7;

/** Whether the mode "tool-call errors" tells failures from successes: as the shares say. */
export function toolErrorsTell(signal: ToolErrorSignal, { names }: Told): string {
  const { share_of_failures: failures, share_of_successes: successes, threshold } = signal;
  const known = signal.boxes.length > 0;
  if (!signal.cells.length || failures === null) {
    return known
      ? `No failure has ${int(threshold)} tool errors or more.`
      : "No failed or solved session has known tool errors.";
  }
  const cells = signal.cells.map((c) => `${names.benchmark(c.benchmark)} under ${names.harness(c.harness)}`);
  const elsewhere = signal.other_cells > 0;
  const where = `"Tool-call errors" occurs in ${
    elsewhere ? `${list(cells)} and nowhere else` : "every benchmark and harness that failed"
  }. There ${pct(failures)} of the failures have ${int(threshold)} tool errors or more`;
  if (successes === null) {
    return `${where}; no session there succeeded with known tool errors, so nothing can be compared.`;
  }
  if (successes >= NEAR * failures) {
    return `${where}, and so have ${pct(successes)} of the *successes*. An alarm at that count would stop those ` +
      `with the failures: it is ${
        successes >= SAME * failures ? "no" : "a weak"
      } failure signal. The mode names a habit of ` +
      "these sessions (their tools report " +
      "an error and they try again) more than a reason for failing.";
  }
  return `${where}, and ${pct(successes)} of the successes. An alarm at that count would tell many of these ` +
    "failures from the successes: here tool errors go with failing, which does not say that they are its reason.";
}

/** Failed sessions from which a median and a quartile say something of the next one. */
const MIN_QUARTILES = 5;

/** What failed sessions under one harness spend: the published one, else the one with most failures. */
export function spentInFailing(boxes: readonly HarnessBox[], { names, ofStudy, said }: Told): string {
  const most = ofStudy
    ? boxes.find((b) => b.harness === "claude_code")
    : boxes.toSorted((a, b) => b.n - a.n || (a.harness < b.harness ? -1 : 1))[0];
  if (!most) return "No failed session has known tokens.";
  if (!ofStudy && most.n < MIN_QUARTILES) {
    return `No harness has ${
      plural(MIN_QUARTILES, "failed session")
    } with known tokens: too few to say what failing takes.`;
  }
  return (ofStudy
    ? `Published for Claude Code: a median of ${tokens(said("claude-code-median"))} tokens in a failed session, a ` +
      `tail past ${tokens(said("claude-code-tail"))}. Here the median is ${tokens(most.median)}`
    : `Under ${names.harness(most.harness)} the median failed session takes ${tokens(most.median)} tokens`) +
    `, and a quarter of them use more than ${tokens(most.q3)}.` +
    (boxes.length > 1
      ? ` Pooled, the harnesses ${ofStudy ? "failed" : "may have failed"} at different tasks; within a suite the ` +
        "order may change."
      : "");
}

/** Where failures thrash and where they give up within config, by tokens, and where pooling says something else. */
export function thrashOrGiveUp(rows: readonly ThrashRow[], { names }: Told): string {
  const byTokens = rows.filter((r) => r.measure === "tokens");
  if (!byTokens.length) return "No suite has enough failed and successful sessions with known tokens to compare.";
  const by = (style: ThrashRow["style"]) => byTokens.filter((r) => r.style === style);
  const named = (of: readonly ThrashRow[]) => of.length ? list(of.map((r) => names.benchmark(r.benchmark))) : "none";
  const pooled = byTokens.filter((r) => (r.lo > 1 || r.hi < 1) && r.style === "undecided");
  const told = pooled.map((r) =>
    `${names.benchmark(r.benchmark)} (${times(r.ratio)} pooled, ` +
    `${r.within ? `${times(r.within.within.estimate)} within config` : "too few runs within config"})`
  );
  return `By tokens, within config, failures thrash on ${named(by("thrashes"))} and give up on ${
    named(by("gives up"))
  }. ` +
    `Undecided: ${named(by("undecided"))}.` +
    (pooled.length
      ? ` Pooling all configs, with sessions taken as independent, would decide ${
        list(told)
      }: a mix of dear and cheap ` +
        "configs that fail unequally often, or runs that differ."
      : "");
}

/** What the published text warns of; empty for other rows. */
export function oneCapForAll({ ofStudy, said }: Told): string {
  return ofStudy
    ? `The published text warns that one cap for everything, at ${tokens(said("cap-2m"))} tokens, would break the ` +
      "conversational suites."
    : "";
}

/** What caps and floors catch, and whether a single cap does what the published text warns of. */
export function whatRulesCatch(rails: readonly Guardrail[], longest: number | null, { ofStudy, said }: Told): string {
  const shares = (r: { failures_caught: number; successes_stopped: number } | null) =>
    `${pct(r?.failures_caught)} / ${pct(r?.successes_stopped)}`;
  const rule = (r: Guardrail["best_cap"]) =>
    r === null
      ? "none"
      : r.youden_j <= 0
      ? "none that is better than a coin"
      : `${tokens(r.threshold)}: ${shares(r)}, J = ${fixed(r.youden_j, 2)}, on other runs ${fixed(r.validated_j, 2)}`;
  const many = rails.filter((r) => Math.min(r.n_failed, r.n_successful) >= MIN_OF_EACH);
  const decided = many.filter((r) => r.best_cap !== null || r.best_floor !== null);
  if (!decided.length) {
    const each = int(MIN_OF_EACH);
    return `No family of suites has ${each} failed and ${each} successful sessions with known tokens: fewer are parted by any threshold.`;
  }
  const rules = decided.flatMap((r) => [r.best_cap, r.best_floor].filter((rule) => rule !== null))
    .filter((rule) => rule.youden_j > 0);
  const best = Math.max(...rules.map((r) => r.validated_j ?? 0)), told = rules.filter((r) => (r.j_lo ?? -1) > 0);
  const single = ofStudy ? [`one cap for all, ${tokens(said("cap-2m"))}`] : [];
  const lines = many.map((r) =>
    row(r.family, ...(ofStudy ? [shares(r.single_cap)] : []), rule(r.best_cap), rule(r.best_floor))
  );
  return paragraphs(
    "Failures caught / successes stopped:",
    markdownTable(["task family", ...single, "its best cap", "its best floor"], lines),
    "Youden's J is the share caught less the share stopped: 1 is a perfect rule, 0 a coin." +
      (ofStudy && longest !== null
        ? ` The longest conversational session took ${tokens(longest)} tokens: the single cap ` +
          `${longest < said("cap-2m") ? "does not break those suites, it does nothing there" : "stops some of them"}.`
        : ""),
    rules.every((r) => r.validated_j === null)
      ? "A threshold chosen on the sessions that score it is flattered by the choice, and there are too few runs to try it on others."
      : "A threshold chosen on the sessions that score it is flattered by the choice. On runs left out " +
        (best < 0.5 ? "even the best rules are weak: " : "the best rules keep much: ") +
        `${rules.length === 1 ? "its" : "their"} J is ${
          list(rules.map((r) =>
            `${fixed(r.validated_j, 2)} (${fixed(r.j_lo, 2)} to ${fixed(r.j_hi, 2)}) instead of ${fixed(r.youden_j, 2)}`
          ))
        }; ${
          told.length
            ? `${int(told.length)} of ${int(rules.length)} can be told from a coin`
            : "none can be told from a coin"
        } ` +
        "for new runs.",
  );
}

/** Topics as a table, with the sentence that says what they were made of. */
export function topicsFound(topics: Topics | null, sentence: string, { names, ofStudy }: Told): string {
  const lines = (topics?.topics ?? []).map((t) => {
    const suite = `${names.benchmark(t.purity.benchmark.value)} ${pct(t.purity.benchmark.share)}`;
    return row(t.name, int(t.sessions), pct(t.share), fixed(t.stability, 2), suite);
  });
  return paragraphs(
    sentence,
    topics === null && ofStudy
      ? "The judge's reasons are in the judged table (`deno task fetch judged`, then `--source judged`)."
      : "",
    lines.length ? markdownTable(["topic", "failures:", "share:", "stability:", "largest part from"], lines) : "",
    (topics?.warnings ?? []).join(" "),
  );
}

/** The published classes beside ours; empty for other rows, or without topics. */
export function publishedClassesFound(classes: readonly ClassMatch[], { ofStudy }: Told): string {
  if (!ofStudy || !classes.length) return "";
  const lines = classes.map((c) => row(c.name, pct(c.published_share, 1), pct(c.share, 1), fixed(c.stability, 2)));
  return markdownTable(["published class", "published, of all sessions:", "ours, of failures:", "found again:"], lines);
}

/** The topics of the judged table as a picture, for runs on rows without reasons; empty for other rows. */
export function committedTopics({ ofStudy }: Told): string {
  if (!ofStudy) return "";
  return paragraphs(
    "The committed figure, drawn from the judged table with `deno task figures --source judged --out figures 06-topics`. The " +
      "published analysis asked a closed service, which found eleven topics.",
    "![Failures by what the judge said of them](../figures/06-topics.png)",
  );
}

/** Ways of failing held against the reasons of solved sessions. */
export function waysOfFailing(causes: readonly TopicCause[], reasons: { failures: number; successes: number }): string {
  if (!causes.length) {
    return reasons.failures && reasons.successes
      ? "None of the known ways of failing is told in these reasons, so none is held against successes."
      : "This source has no reasons of failures and of successes, so no way of failing is held against successes.";
  }
  const lines = causes.map((c) =>
    row(
      c.name,
      pct(c.failures / c.of_failures, 1),
      pct(c.successes / c.of_successes, 1),
      `${points(c.difference, 1)} (${points(c.lo, 1)} to ${points(c.hi, 1)})`,
    )
  );
  return markdownTable(["way of failing", "of failures:", "of successes:", "difference (95%):"], lines);
}

/** How much more models solve of the older suite than of the newer one, where the suites are the study's. */
export function contaminationGaps(pairs: readonly ContaminationPair[], { names, ofStudy }: Told): string {
  if (!ofStudy) return "Which of these suites are old and which are new is not known here.";
  const gaps = pairs.map((p) => `${names.model(p.model)} ${points(p.gap)} (95% ${points(p.lo)} to ${points(p.hi)})`);
  return `SWE-bench has been public for years, BrowseComp+ is newer. SWE-bench less BrowseComp+: ${list(gaps)}.`;
}
