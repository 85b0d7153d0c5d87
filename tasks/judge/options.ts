import { parseArgs } from "node:util";
import { DEFAULT_BUDGET_TOKENS, DEFAULT_JUDGES, parseWhere, type Where } from "../../lib/judge/mod.ts";

/** Shown by `--help`. */
export const HELP = `deno task judge [SOURCE] [--model M] [--out FILE] …

Judges the sessions of SOURCE (a Parquet path or glob, a JSONL path, hub:REPO@REVISION) with a language model. First
shows the plan and its cost and asks. Verdicts are appended to FILE one by one (names in snake_case); run again, it goes
on where it was. FILE.calls.jsonl notes every request and what it cost.
OPENAI_API_KEY, and OPENAI_BASE_URL for an endpoint other than OpenAI's, come from the environment.

  --model M           the judge (default ${DEFAULT_JUDGES.judge}, of lib/judge/judges/defaults.json)
  --other-judge M     judges the sessions of M's own model family (default ${DEFAULT_JUDGES.otherJudge})
  --out FILE          verdicts (default verdicts.jsonl); FILE.set-aside.jsonl names sessions that got none, and why
  --plan              only show the plan
  --yes               do not ask
  --max-usd X         never spend more: all runs on FILE together, calls of unknown cost at their worst case
  --concurrency N     requests at once, fewer when the endpoint says so (default 16)
  --budget N          tokens of each transcript to show (default ${DEFAULT_BUDGET_TOKENS})
  --families FILE     which model names are of which family: [{ "family": "gpt-4.1", "pattern": "^our-judge" }]
  --where KEY=VALUE   only these: benchmark, harness, model, deployment, run, session; may be repeated
  --sample N          a sample, stratified by benchmark x harness; --seed S for another one
  --limit N           at most N verdicts
  --panel M,M         several judges instead of --model
  --repeats N         ask each judge N times
  --rubric FILE       a rubric of your own, before the built-in ones
  --also-rubric FILE  judge under this rubric as well; may be repeated
  --roles FILE        rules of your own that tell the agent's calls from others
  --mapping FILE      which column is what, as for import
  --prices FILE       your own rates, in the shape of data/prices.json, in place of it and of
                      data/judge_prices.json
  --timeout S         seconds to wait for an answer (default 120)
  --max-wait M        minutes to wait at most where the service asks to (default 15); the run stops beyond that, and says
                      when to go on
  --effort E          reasoning effort to ask for, such as low
  --max-output N      most tokens of an answer (default 2000)
  --against GRADES    then hold the verdicts of --out against grades: a CSV with session_id and reward, a source that has
                      grades, or the labels.jsonl of people (deno task view). Without SOURCE nothing is judged.
  --agreement         how far the judges of a panel, or repeats of one, agree among themselves: kappa, alpha, flips; said
                      after every run that has several verdicts a session. Without SOURCE of the verdicts of --out.
  --attack            measures how often a judge is swayed from inside a trace: asks about a session that failed, as it is
                      and with 60 attacks of ten kinds in it (--out, default out/attack.json; notebook 2 shows it)`;

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
  roles: string | null;
  families: string | null;
  mapping: string | null;
  prices: string | null;
  timeoutMs: number;
  maxWaitMs: number;
  effort: string | null;
  maxOutputTokens: number;
  against: string | null;
  /** Whether the agreement of verdicts among themselves was asked for. */
  agreement: boolean;
  attack: boolean;
  /** Whether --out was given. */
  outGiven: boolean;
}

/**
 * Reads the command line; null when help was asked for.
 *
 * @throws {Error} naming the option and what it wants.
 */
export function readOptions(args: string[]): JudgeOptions | null {
  const text = { type: "string" } as const;
  const many = { type: "string", multiple: true, default: [] as string[] } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "model": text,
      "other-judge": text,
      "out": text,
      "plan": flag,
      "yes": flag,
      "max-usd": text,
      "concurrency": text,
      "budget": text,
      "where": many,
      "sample": text,
      "seed": text,
      "limit": text,
      "panel": text,
      "repeats": text,
      "rubric": many,
      "also-rubric": many,
      "roles": text,
      "families": text,
      "mapping": text,
      "prices": text,
      "timeout": text,
      "max-wait": text,
      "effort": text,
      "max-output": text,
      "against": text,
      "agreement": flag,
      "attack": flag,
      "help": { ...flag, short: "h" },
    },
  });
  if (values.help) return null;
  if (positionals.length > 1) {
    throw new Error(`one SOURCE, not ${positionals.length}: quote a glob, it is expanded here`);
  }
  const source = positionals[0] ?? null;
  const against = values.against ?? null;
  if (source === null && against === null && !values.agreement && !values.attack) {
    throw new Error("give a SOURCE to judge, --against GRADES, --agreement or --attack; see --help");
  }
  const sample = whole("sample", values.sample, null);
  const maxUsd = values["max-usd"] === undefined ? null : Number(values["max-usd"]);
  if (maxUsd !== null && !(maxUsd > 0)) throw new Error(`--max-usd wants USD above 0, found ${values["max-usd"]}`);
  return {
    source,
    judges: (values.panel ?? values.model ?? DEFAULT_JUDGES.judge).split(",").map((name) => name.trim()).filter(
      Boolean,
    ),
    otherJudge: values["other-judge"] ?? DEFAULT_JUDGES.otherJudge,
    out: values.out ?? "verdicts.jsonl",
    planOnly: values.plan,
    yes: values.yes,
    maxUsd,
    concurrency: whole("concurrency", values.concurrency, 16),
    budgetTokens: whole("budget", values.budget, DEFAULT_BUDGET_TOKENS),
    where: parseWhere(values.where),
    sample: sample === null ? null : { n: sample, seed: values.seed ?? "1" },
    limit: whole("limit", values.limit, null),
    repeats: whole("repeats", values.repeats, 1),
    rubric: values.rubric,
    alsoRubric: values["also-rubric"],
    roles: values.roles ?? null,
    families: values.families ?? null,
    mapping: values.mapping ?? null,
    prices: values.prices ?? null,
    timeoutMs: whole("timeout", values.timeout, 120) * 1000,
    maxWaitMs: whole("max-wait", values["max-wait"], 15) * 60_000,
    effort: values.effort ?? null,
    maxOutputTokens: whole("max-output", values["max-output"], 2000),
    against,
    agreement: values.agreement,
    attack: values.attack,
    outGiven: values.out !== undefined,
  };
}

function whole<T extends number | null>(name: string, value: string | undefined, otherwise: T): number | T {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`--${name} wants a whole number above 0, found ${value}`);
  }
  return number;
}
