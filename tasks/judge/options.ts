import { DEFAULT_BUDGET_TOKENS, DEFAULT_JUDGES, parseWhere, type Where } from "../../lib/judge/mod.ts";
import type { Values } from "../atl/command.ts";
import { flag, number, text, textOr, texts, whole, wholeOr } from "../atl/options.ts";
import { meant, UsageError } from "../atl/usage.ts";
import { COUNT_OPTION, MAPPING_OPTION, NEEDED_SOURCE } from "../source_options.ts";

/** Options of `judge`, as its help lists them. */
export const OPTIONS = {
  ...NEEDED_SOURCE,
  model: text("--model", "M", `the judge (default: ${DEFAULT_JUDGES.judge}, of lib/judge/judges/defaults.json)`),
  otherJudge: textOr("--other-judge", "M", DEFAULT_JUDGES.otherJudge, "judges the sessions of M's own model family"),
  out: text(
    "--out",
    "FILE",
    "verdicts (default: verdicts.jsonl); FILE.set-aside.jsonl names sessions that got none, and why",
  ),
  plan: flag("--plan", "only show the plan"),
  yes: flag("--yes", "do not ask"),
  maxUsd: number(
    "--max-usd",
    "USD",
    "never spend more: all runs on FILE together, calls of unknown cost at their worst case",
  ),
  concurrency: wholeOr("--concurrency", 16, "requests at once, fewer when the endpoint says so"),
  budget: wholeOr("--budget", DEFAULT_BUDGET_TOKENS, "tokens of each transcript to show"),
  families: text(
    "--families",
    "FILE",
    'which model names are of which family: [{ "family": "gpt-4.1", "pattern": "^our-judge" }]',
  ),
  where: texts("--where", "KEY=VALUE", "only these: benchmark, harness, model, deployment, run, session"),
  sample: whole("--sample", "a sample, stratified by benchmark x harness"),
  seed: textOr("--seed", "S", "1", "another sample"),
  limit: whole("--limit", "at most N verdicts"),
  panel: text("--panel", "M,M", "several judges instead of --model"),
  repeats: wholeOr("--repeats", 1, "ask each judge N times"),
  rubric: texts("--rubric", "FILE", "a rubric of your own, before the built-in ones"),
  alsoRubric: texts("--also-rubric", "FILE", "judge under this rubric as well"),
  facets: flag(
    "--facets",
    "in the place of verdicts: what each session's agent did, told without words of its task, for topics --facets; of the " +
      "failed sessions, and of solved ones drawn at random; facets.jsonl unless --out says",
  ),
  outcomes: text(
    "--outcomes",
    "SOURCE",
    "with --facets: where it stands which sessions failed, if not in SOURCE itself",
  ),
  scan: texts(
    "--scan",
    "NAME",
    "in the place of verdicts: whether something is in each session (loops, refused, do_nothing, broken_environment, " +
      "reward_hacking, evaluation_awareness, all, or a rubric file of your own); scans.jsonl unless --out says; see deno task scans",
  ),
  roles: text("--roles", "FILE", "rules of your own that tell the agent's calls from others"),
  ...MAPPING_OPTION,
  ...COUNT_OPTION,
  prices: text(
    "--prices",
    "FILE",
    "your own rates, in the shape of data/prices.json, in place of it and of data/judge_prices.json",
  ),
  timeout: wholeOr("--timeout", 120, "seconds to wait for an answer"),
  maxWait: wholeOr(
    "--max-wait",
    15,
    "minutes to wait at most where the service asks to; the run stops beyond that, and says when to go on",
  ),
  effort: text("--effort", "E", "reasoning effort to ask for, such as low"),
  maxOutput: wholeOr("--max-output", 2000, "most tokens of an answer"),
  against: text(
    "--against",
    "GRADES",
    "then hold the verdicts of --out against grades: a CSV with session_id and reward, a source that has grades, or the " +
      "labels.jsonl of people (deno task view). Without SOURCE nothing is judged",
  ),
  pages: text(
    "--pages",
    "DIR",
    "then write the transcripts of the sessions whose failing step is named, a page each, and DIR/index.html, which links " +
      "each session to the call where it was lost",
  ),
  agreement: flag(
    "--agreement",
    "how far the judges of a panel, or repeats of one, agree among themselves: kappa, alpha, flips; said after every run " +
      "that has several verdicts a session. Without SOURCE of the verdicts of --out",
  ),
  attack: flag(
    "--attack",
    "measures how often a judge is swayed from inside a trace: asks about a session that failed, as it is and with 60 " +
      "attacks of ten kinds in it (--out, default: out/attack.json; notebook 2 shows it)",
  ),
} as const;

/** The command line, read and checked. */
export interface JudgeOptions {
  source: string | null;
  judges: string[];
  otherJudge: string;
  out: string;
  planOnly: boolean;
  yes: boolean;
  maxUsd: number | null;
  concurrency: number;
  budgetTokens: number;
  where: Where;
  sample: { n: number; seed: string } | null;
  limit: number | null;
  repeats: number;
  rubric: string[];
  alsoRubric: string[];
  scan: string[];
  facets: boolean;
  /** Of samples. */
  seed: string;
  outcomes: string | null;
  roles: string | null;
  families: string | null;
  mapping: string | null;
  countTokens: boolean;
  prices: string | null;
  timeoutMs: number;
  maxWaitMs: number;
  effort: string | null;
  maxOutputTokens: number;
  against: string | null;
  /** Where the transcripts of failed sessions are written; nowhere when null. */
  pages: string | null;
  /** Whether the agreement of verdicts among themselves was asked for. */
  agreement: boolean;
  attack: boolean;
  /** Whether --out was given. */
  outGiven: boolean;
}

/** What a command line comes to. @throws {UsageError} naming the option and what it wants */
export function judgeOptions(values: Values<typeof OPTIONS>): JudgeOptions {
  const source = values.source ?? null;
  const against = values.against ?? null;
  if (source === null && against === null && !values.agreement && !values.attack) {
    throw new UsageError("give a SOURCE to judge, --against GRADES, --agreement or --attack; see --help");
  }
  if (source === null && values.pages !== undefined) {
    throw new UsageError("--pages wants the SOURCE whose sessions were judged: their transcripts come from there");
  }
  if (values.facets && values.scan.length) throw new UsageError("--facets and --scan are runs of their own");
  if ((values.facets || values.scan.length) && (against !== null || values.agreement || values.pages !== undefined)) {
    throw new UsageError(
      "--facets and --scan give no verdicts, so --against, --agreement and --pages have nothing to read",
    );
  }
  if (values.outcomes !== undefined && !values.facets) throw new UsageError("--outcomes goes with --facets");
  const maxUsd = values.maxUsd ?? null;
  if (maxUsd !== null && !(maxUsd > 0)) throw new UsageError(`--max-usd wants USD above 0, found ${maxUsd}`);
  return {
    source,
    judges: (values.panel ?? values.model ?? DEFAULT_JUDGES.judge).split(",").map((name) => name.trim()).filter(
      Boolean,
    ),
    otherJudge: values.otherJudge,
    out: values.out ?? (values.facets ? "facets.jsonl" : values.scan.length ? "scans.jsonl" : "verdicts.jsonl"),
    planOnly: values.plan,
    yes: values.yes,
    maxUsd,
    concurrency: values.concurrency,
    budgetTokens: values.budget,
    where: meant(() => parseWhere([...values.where])),
    seed: values.seed,
    sample: values.sample === undefined ? null : { n: values.sample, seed: values.seed },
    limit: values.limit ?? null,
    repeats: values.repeats,
    rubric: [...values.rubric],
    alsoRubric: [...values.alsoRubric],
    scan: [...values.scan],
    facets: values.facets,
    outcomes: values.outcomes ?? null,
    roles: values.roles ?? null,
    families: values.families ?? null,
    mapping: values.mapping ?? null,
    countTokens: values.countTokens,
    prices: values.prices ?? null,
    timeoutMs: values.timeout * 1000,
    maxWaitMs: values.maxWait * 60_000,
    effort: values.effort ?? null,
    maxOutputTokens: values.maxOutput,
    against,
    pages: values.pages ?? null,
    agreement: values.agreement,
    attack: values.attack,
    outGiven: values.out !== undefined,
  };
}
