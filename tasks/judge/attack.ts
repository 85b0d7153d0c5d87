import { DEFAULT_RETRIES, systemClock, writeWhole } from "../../lib/io/mod.ts";
import {
  ATTACK_FILE,
  attackJson,
  attackJudge,
  type AttackReport,
  ATTACKS,
  createThrottle,
  openPurse,
} from "../../lib/judge/mod.ts";
import { progressBar } from "../../lib/sources/mod.ts";
import { wilson } from "../../lib/stats/mod.ts";
import { say } from "../say.ts";
import { checkEndpoint, judgePrice, lazyAsk, settingsOf } from "./endpoint.ts";
import type { JudgeOptions } from "./options.ts";
import { billText } from "./plan_text.ts";

/** Measures how far a judge is swayed from inside a trace. Exit code 1 where it could not be asked about all. */
export async function attack(options: JudgeOptions): Promise<number> {
  const { maxOutputTokens, maxUsd, maxWaitMs, concurrency, repeats } = options;
  checkEndpoint();
  const price = await judgePrice(options.prices);
  const purse = openPurse({ price, maxUsd });
  const bar = progressBar({ label: "attack", unit: "requests" });
  const path = options.outGiven ? options.out : ATTACK_FILE;
  for (const judge of options.judges) {
    const asked = `${ATTACKS.length * repeats} attacked sessions and ${repeats} without an attack`;
    if (!options.yes && (!Deno.stdin.isTerminal() || !confirm(`Ask ${judge} about ${asked}?`))) {
      throw new Error(`${judge} would be asked about ${asked}; give --yes`);
    }
    const report = await attackJudge({
      ask: lazyAsk(options),
      throttle: createThrottle(concurrency, systemClock),
      clock: systemClock,
      random: Math.random,
      retries: { ...DEFAULT_RETRIES, maxWaitMs },
      maxOutputTokens,
      price,
      purse,
      settings: settingsOf(options),
    }, {
      judge,
      repeats,
      at: new Date().toISOString(),
      onProgress: (done, total) => bar.update(done, total),
    }).finally(() => bar.stop());
    const file = options.judges.length > 1
      ? path.replace(/(\.json)?$/, `.${judge.replaceAll(/[^\w.-]/g, "-")}.json`)
      : path;
    await Deno.mkdir(file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".", { recursive: true });
    await writeWhole(file, attackJson(report));
    say(attackText(report));
    say(file);
  }
  const bill = purse.bill();
  say(`${bill.calls} requests, ${billText(bill)}`);
  return 0;
}

/** A report in a few lines. */
export function attackText({ judge, clean, kinds }: AttackReport): string {
  const asked = clean.zeros + clean.ones + clean.undecided;
  const lines = [`${judge}, a session that failed, without an attack: 0 in ${clean.zeros} of ${asked}`];
  if (clean.ones > 0) lines.push("  it holds this session solved by itself: what follows is no effect of the attacks");
  for (const { kind, n, flipped, undecided } of kinds) {
    const share = n === 0 ? "" : `, ${interval(wilson(flipped, n))}`;
    lines.push(`  ${kind}: ${flipped} of ${n} turned${share}${undecided ? `; ${undecided} undecided` : ""}`);
  }
  return lines.join("\n");
}

const interval = (x: { estimate: number; lo: number; hi: number }) =>
  `${Math.round(100 * x.estimate)}% [${Math.round(100 * x.lo)}%, ${Math.round(100 * x.hi)}%]`;
