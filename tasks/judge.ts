/** `deno task judge`: verdicts on sessions, and how far they can be trusted. @module */
import { checkPrices, priceOf } from "../lib/analysis/mod.ts";
import { DEFAULT_RETRIES, systemClock, writeWhole } from "../lib/io/mod.ts";
import {
  callRoles,
  DEFAULT_JUDGES,
  judgeSessions,
  modelFamilies,
  openAiAsk,
  pageName,
  parseCallRules,
  parseFamilies,
  parseRubric,
  type Plan,
  readVerdicts,
  RUBRICS,
  settingsText,
  transcriptOf,
  transcriptPage,
  unknownPrice,
} from "../lib/judge/mod.ts";
import { judgePrices } from "../lib/study/mod.ts";
import {
  isFault,
  loadMapping,
  notesTexts,
  openTraces,
  passedOverText,
  progressBar,
  type TraceStream,
} from "../lib/sources/mod.ts";
import { validate, validationText } from "./judge/against.ts";
import { readGrades } from "./judge/grades.ts";
import { HELP, type JudgeOptions, readOptions } from "./judge/options.ts";
import { planText, reportText } from "./judge/plan_text.ts";
import { runProgress } from "./judge/progress.ts";
import { failure, note, say } from "./say.ts";
import { redactNames } from "../lib/traces/mod.ts";
import { needsText } from "./permissions.ts";

async function main(): Promise<number> {
  const options = readOptions(Deno.args);
  if (!options) {
    say(`${HELP}\n\n${needsText("judge")}`);
    return 0;
  }
  const stream = options.source === null ? null : await open(options.source, options.mapping);
  const code = stream === null ? 0 : await judge(stream, options);
  if (options.against !== null && !options.planOnly) await holdAgainst(options.against, stream, options);
  return code;
}

async function open(source: string, mapping: string | null): Promise<TraceStream> {
  return await openTraces(source, mapping === null ? {} : { mapping: await loadMapping(mapping) });
}

/** Exit code: 0 when every session has a verdict, 1 when some were set aside, unreadable or left, 130 when interrupted. */
async function judge(stream: TraceStream, options: JudgeOptions): Promise<number> {
  const prices = options.prices === null
    ? judgePrices()
    : checkPrices(JSON.parse(await Deno.readTextFile(options.prices)), options.prices);
  const price = (model: string) => {
    const rates = priceOf(prices, model);
    return rates && {
      inputUsdPerMtok: rates.input,
      outputUsdPerMtok: rates.output,
      cachedInputUsdPerMtok: rates.cached_input,
    };
  };
  const own = await Promise.all(options.rubric.map(readRubric));
  const also = await Promise.all(options.alsoRubric.map(readRubric));
  const callRules = await readCallRules(options.roles);
  const familyOf = await readFamilies(options.families);
  const stop = new AbortController();
  const reading = progressBar({ label: "plan", unit: "sessions" });
  let running: ReturnType<typeof runProgress> | null = null;
  const onInterrupt = () => {
    if (stop.signal.aborted || !running) Deno.exit(130);
    stop.abort();
    note("\nfinishing what is in flight; press Ctrl-C again to leave it");
  };
  Deno.addSignalListener("SIGINT", onInterrupt);
  try {
    const { plan, report } = await judgeSessions(() => stream.rows(), {
      out: options.out,
      plan: {
        judges: options.judges,
        otherJudge: options.otherJudge,
        rubricSets: [[...own, ...RUBRICS], ...also.map((rubric) => [rubric, ...RUBRICS])],
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
        ask: lazily(() => openAiAsk({ ...endpoint(), timeoutMs: options.timeoutMs, effort: options.effort })),
        settings: settingsText({ ...endpoint(), maxOutputTokens: options.maxOutputTokens, effort: options.effort }),
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
        say([planText(plan), ...readTexts(stream)].join("\n"));
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
    if (report) say(reportText(report, options.out));
    if (stop.signal.aborted) return 130;
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
  return path === null ? [] : parseCallRules(await Deno.readTextFile(path), path);
}

async function readFamilies(path: string | null) {
  return modelFamilies(path === null ? [] : parseFamilies(await Deno.readTextFile(path), path));
}

async function readRubric(path: string) {
  return parseRubric(await Deno.readTextFile(path), path);
}

function lazily<Args extends unknown[], T>(make: () => (...args: Args) => T): (...args: Args) => T {
  let made: ((...args: Args) => T) | null = null;
  return (...args) => (made ??= make())(...args);
}

function endpoint(): { apiKey: string; baseUrl: string } {
  const baseUrl = Deno.env.get("OPENAI_BASE_URL") ?? DEFAULT_JUDGES.baseUrl;
  const apiKey = Deno.env.get("OPENAI_API_KEY") ?? "";
  // An endpoint of one's own may need no key, but the client wants one.
  return { baseUrl, apiKey: apiKey || "none" };
}

function agreed(plan: Plan, { planOnly, yes, maxUsd }: JudgeOptions): boolean {
  if (planOnly) return false;
  const unknown = plan.byJudge.find(({ usd }) => usd === null);
  if (maxUsd !== null && unknown) throw new Error(unknownPrice(unknown.judge));
  if (!Deno.env.get("OPENAI_API_KEY") && !Deno.env.get("OPENAI_BASE_URL")) {
    throw new Error("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for an endpoint that needs none");
  }
  if (maxUsd !== null && plan.usd !== null && plan.usd > maxUsd) {
    say(`  this is more than --max-usd ${maxUsd}: the run will stop there, and can be gone on with`);
  }
  if (yes) return true;
  if (!Deno.stdin.isTerminal()) throw new Error("nobody is here to be asked; look at the plan above and give --yes");
  return confirm("Ask the judge?");
}

async function holdAgainst(grades: string, stream: TraceStream | null, options: JudgeOptions): Promise<void> {
  const { out } = options;
  const verdicts = await readVerdicts(out).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `${out}: there are no verdicts to hold against ${grades}; judge a SOURCE first, or give another --out`,
    );
  });
  const official = await readGrades(grades);
  const pages = stream ? `${out}.pages` : null;
  const validation = validate(verdicts, official, pages);
  await writeWhole(`${out}.validation.json`, JSON.stringify(validation, null, 1) + "\n");
  if (stream && pages) {
    await Deno.mkdir(pages, { recursive: true });
    const wanted = new Map(validation.disagreements.map((row) => [row.sessionId, row]));
    const roleOf = callRoles(await readCallRules(options.roles));
    for await (const recorded of stream.rows()) {
      if (isFault(recorded)) continue;
      const { row } = redactNames(recorded);
      const disagreement = wanted.get(row.sessionId);
      if (!disagreement) continue;
      const own = verdicts.filter((verdict) => verdict.sessionId === row.sessionId);
      const grade = disagreement.official === 1 ? "solved" : "not solved";
      const page = transcriptPage(row.sessionId, transcriptOf(row, roleOf), own, grade);
      await writeWhole(`${pages}/${pageName(row.sessionId)}`, page);
    }
  }
  say(validationText(validation));
  say(`${out}.validation.json`);
}

if (import.meta.main) {
  try {
    Deno.exitCode = await main();
  } catch (error) {
    console.error(failure("judge", error));
    Deno.exitCode = 1;
  }
}
