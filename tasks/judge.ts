/** `deno task judge`: verdicts on sessions, and how far they can be trusted. @module */
import { command, type Values } from "./atl/command.ts";
import { EXIT, UsageError } from "./atl/usage.ts";
import { DEFAULT_RETRIES, systemClock, writeWhole, writtenText } from "../lib/io/mod.ts";
import {
  FAILURE_FACET,
  judgeSessions,
  modelFamilies,
  parseCallRules,
  parseFamilies,
  parseRubric,
  type Plan,
  type Rubric,
  RUBRICS,
  scansNamed,
  unknownPrice,
} from "../lib/judge/mod.ts";
import {
  loadMapping,
  notesTexts,
  openTraces,
  passedOverText,
  progressBar,
  type TraceStream,
} from "../lib/sources/mod.ts";
import { tellAgreement } from "./judge/agreement.ts";
import { attack } from "./judge/attack.ts";
import { checkEndpoint, judgePrice, lazyAsk, settingsOf } from "./judge/endpoint.ts";
import { type FacetChoice, facetChoice } from "./judge/facet_rows.ts";
import { loadNamed } from "./source_options.ts";
import { holdAgainst } from "./judge/hold_against.ts";
import { type JudgeOptions, judgeOptions, OPTIONS } from "./judge/options.ts";
import { pagesOfFailures } from "./judge/pages.ts";
import { planText, reportText } from "./judge/plan_text.ts";
import { runProgress } from "./judge/progress.ts";
import { answerJson, note, say } from "./say.ts";

async function run(values: Values<typeof OPTIONS>): Promise<number> {
  const options = judgeOptions(values);
  if (options.attack) return await attack(options);
  const stream = options.source === null ? null : await open(options.source, options);
  const code = stream === null ? 0 : await judge(stream, options);
  if (options.planOnly) return code;
  if (options.facets || options.scan.length) return code;
  await tellAgreement(options.out, options.agreement);
  if (options.against !== null) await holdAgainst(options.against, stream, options);
  if (options.pages !== null && stream) await pagesOfFailures(stream, options.pages, options);
  return code;
}

async function open(
  source: string,
  { mapping, countTokens }: Pick<JudgeOptions, "mapping" | "countTokens">,
): Promise<TraceStream> {
  return await openTraces(source, {
    ...(mapping === null ? {} : { mapping: await loadMapping(mapping) }),
    countTokens,
  });
}

/** Exit code: 0 when every session has a verdict, 1 when some were set aside, unreadable or left, 130 when interrupted. */
async function judge(stream: TraceStream, options: JudgeOptions): Promise<number> {
  const price = await judgePrice(options.prices);
  const own = await Promise.all(options.rubric.map(readRubric));
  const also = await Promise.all(options.alsoRubric.map(readRubric));
  const scans = options.facets ? [FAILURE_FACET] : await scansOf(options.scan);
  const outcomes = options.outcomes === null ? null : await loadNamed({ source: options.outcomes, labels: null });
  const chosen = options.facets ? await facetChoice(stream, outcomes?.sessions ?? null, options.seed) : null;
  const callRules = await readCallRules(options.roles);
  const familyOf = await readFamilies(options.families);
  const stop = new AbortController();
  const reading = progressBar({ label: "plan", unit: "sessions" });
  let running: ReturnType<typeof runProgress> | null = null;
  const onInterrupt = () => {
    if (stop.signal.aborted || !running) Deno.exit(EXIT.interrupted);
    stop.abort();
    note("\nfinishing what is in flight; press Ctrl-C again to leave it");
  };
  Deno.addSignalListener("SIGINT", onInterrupt);
  try {
    const { plan, report } = await judgeSessions(chosen?.rows ?? (() => stream.rows()), {
      out: options.out,
      plan: {
        judges: options.judges,
        otherJudge: options.otherJudge,
        rubricSets: scans.length
          ? scans.map((rubric) => [rubric])
          : [[...own, ...RUBRICS], ...also.map((rubric) => [rubric, ...RUBRICS])],
        repeats: options.repeats,
        budgetTokens: options.budgetTokens,
        where: options.where,
        sample: options.sample,
        limit: options.limit,
        callRules,
        familyOf,
        price,
        expectedOutputTokens: 110,
        onRow: (rows) => reading.update(rows, stream.estimatedRows),
      },
      run: {
        // Made only when it is needed: a plan needs no key.
        ask: lazyAsk(options),
        settings: settingsOf(options),
        familyOf,
        clock: systemClock,
        random: Math.random,
        retries: { ...DEFAULT_RETRIES, maxWaitMs: options.maxWaitMs },
        maxOutputTokens: options.maxOutputTokens,
        price,
        concurrency: options.concurrency,
        maxUsd: options.maxUsd,
        stop: stop.signal,
        maxFailuresInRow: Math.max(20, options.concurrency),
        onProgress: (progress) => running?.update(progress),
      },
      confirm: (plan) => {
        reading.stop();
        say([planText(plan), ...drawnText(chosen), ...readTexts(stream)].join("\n"));
        if (!agreed(plan, options)) return Promise.resolve(false);
        running = runProgress(plan.jobs);
        return Promise.resolve(true);
      },
      notice: (text) => note(text),
    });
    reading.stop();
    if (plan.sessions === 0 && Object.keys(options.where).length) {
      throw new Error(`no session of ${options.source} fits --where; see the names with deno task import`);
    }
    (running as ReturnType<typeof runProgress> | null)?.stop();
    if (plan.jobs === 0) say([planText(plan), ...readTexts(stream)].join("\n"));
    if (report && chosen?.drawn) {
      await writeWhole(
        `${options.out}.drawn.json`,
        `${JSON.stringify({ ...chosen.drawn, seed: options.seed }, null, 2)}\n`,
      );
    }
    if (report) say(reportText(report, options.out, options.facets ? "facets" : scans.length ? "scans" : "verdicts"));
    answerJson(report ?? plan);
    if (stop.signal.aborted) return EXIT.interrupted;
    return plan.unreadable.length || report?.setAside || report?.stopped ? 1 : 0;
  } finally {
    Deno.removeSignalListener("SIGINT", onInterrupt);
  }
}

/** What is not known of the sessions that were read, or was left out of them. */
function readTexts(stream: TraceStream): string[] {
  return [...notesTexts(stream.notes()), passedOverText(stream.passedOver)].filter(Boolean).map((text) => `  ${text}`);
}

async function readCallRules(path: string | null) {
  return path === null ? [] : parseCallRules(await writtenText(path), path);
}

async function readFamilies(path: string | null) {
  return modelFamilies(path === null ? [] : parseFamilies(await writtenText(path), path));
}

async function readRubric(path: string) {
  return parseRubric(await writtenText(path), path);
}

/** Of whom facets are asked. */
function drawnText(chosen: FacetChoice | null): string[] {
  if (chosen === null) return [];
  const { drawn } = chosen;
  if (drawn === null) {
    return ["  no session is known to have failed: facets are asked of all (--outcomes says which did)"];
  }
  return [
    `  facets of ${drawn.failed} failed sessions, and of each of ${drawn.solved} solved ones with a chance of ` +
    `${(100 * drawn.chance).toFixed(0)}%`,
  ];
}

/** Scans by name, or rubrics of one's own that ask whether something is present. @throws {UsageError} for others */
async function scansOf(names: readonly string[]): Promise<readonly Rubric[]> {
  const files = names.filter((name) => name.endsWith(".json"));
  const own = await Promise.all(files.map(readRubric));
  const wrong = own.findIndex(({ asks }) => asks !== "presence");
  if (wrong >= 0) throw new UsageError(`--scan ${files[wrong]}: a scan has "asks": "presence"`);
  try {
    return [...scansNamed(names.filter((name) => !name.endsWith(".json"))), ...own];
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`--scan: ${error.message}`) : error;
  }
}

function agreed(plan: Plan, { planOnly, yes, maxUsd }: JudgeOptions): boolean {
  if (planOnly) return false;
  const unknown = plan.byJudge.find(({ usd }) => usd === null);
  if (maxUsd !== null && unknown) throw new Error(unknownPrice(unknown.judge));
  checkEndpoint();
  if (maxUsd !== null && plan.usd !== null && plan.usd > maxUsd) {
    say(`  this is more than --max-usd ${maxUsd}: the run will stop there, and can be gone on with`);
  }
  if (yes) return true;
  if (!Deno.stdin.isTerminal()) throw new Error("nobody is here to be asked; look at the plan above and give --yes");
  return confirm("Ask the judge?");
}

export default command({
  about: `Judges the sessions of SOURCE with a language model. First shows the plan and its cost and asks. Verdicts are
appended to FILE one by one (names in snake_case); run again, it goes on where it was. FILE.calls.jsonl notes every request
and what it cost. OPENAI_API_KEY, and OPENAI_BASE_URL for an endpoint other than OpenAI's, come from the environment.`,
  options: OPTIONS,
  json: true,
  run,
});
