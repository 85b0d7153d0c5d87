import { type AskFault, type JudgePrice, type Spent, usdOf } from "../endpoint/ask.ts";
import { NO_USAGE } from "../endpoint/usage.ts";
import type { BegunCall, CallLog } from "./call_log.ts";
import { type Bill, type CallCost, CallSums } from "./call_sums.ts";

/** A call that is under way, and what is held back for it. */
export interface OpenCall extends BegunCall {
  /** USD held back until it ends. */
  worstUsd: number;
}

/** Pays for calls: keeps what they cost, at their worst where it is not known, under a limit, and adds it up. */
export interface Purse {
  /**
   * Holds a call's worst case back. Waits where calls under way may turn out cheaper.
   *
   * @returns null when it could take the spend above the limit
   */
  begin(call: Omit<BegunCall, "call">): Promise<OpenCall | null>;
  /** Gives back what was held, and notes what the call cost. */
  end(call: OpenCall, spent: Spent, fault: AskFault | null): Promise<CallCost>;
  /** Of this run; with earlier runs on the same file. */
  bill(): Bill;
  /** The same with earlier runs on the file. */
  billWithEarlier(): Bill;
}

/** Settings of {@link openPurse}. */
export interface PurseOptions {
  /** What a judge costs; null where it is not known. */
  price: (judge: string) => JudgePrice | null;
  /** USD that all runs on the same file may spend together; null for no limit. */
  maxUsd?: number | null;
  /** Where calls are noted; nowhere when not given. */
  log?: CallLog;
  /** What earlier runs spent. */
  earlier?: CallSums;
  /** USD of verdicts from before calls were noted. */
  earlierUsd?: { known: number; atMost: number };
}

/**
 * Opens a purse.
 *
 * @throws {Error} from `begin`, when there is a limit and a judge has no known price: its spend could not be limited
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openPurse } from "agent-trace-lab/judge";
 * const purse = openPurse({ price: () => null });
 * equal(purse.bill().calls, 0);
 * ```
 */
export function openPurse({ price, maxUsd = null, log, earlier, earlierUsd }: PurseOptions): Purse {
  const sums = new CallSums(price);
  const before = earlier?.bill();
  const spentBefore = (before?.atMostUsd ?? 0) + (earlierUsd?.atMost ?? 0);
  const waiting: (() => void)[] = [];
  let [held, under, begun] = [0, 0, 0];
  const atMost = () => spentBefore + (sums.bill().atMostUsd ?? 0);
  return {
    async begin(call) {
      const worst = sums.worst(call.judge, call.estimatedTokens, call.maxOutputTokens);
      const usd = usdOf(price(call.judge), worst.input, worst.output);
      if (usd === null && maxUsd !== null) throw new Error(unknownPrice(call.judge));
      const worstUsd = usd ?? 0;
      while (maxUsd !== null && atMost() + held + worstUsd > maxUsd) {
        if (under === 0) return null;
        await new Promise<void>((go) => waiting.push(go));
      }
      held += worstUsd;
      under++;
      const open = { ...call, call: `${log?.run ?? 1}-${++begun}`, worstUsd };
      const { worstUsd: _, ...noted } = open;
      await log?.begun(noted);
      return open;
    },
    async end(call, spent, fault) {
      const usage = typeof spent === "object" ? spent : NO_USAGE;
      await log?.ended({ call: call.call, spent: typeof spent === "object" ? "known" : spent, ...usage, fault });
      const cost = sums.spend(call, spent);
      // Sums of USD keep a rounding residue; nothing under way is exactly nothing held back.
      held = --under === 0 ? 0 : held - call.worstUsd;
      for (const go of waiting.splice(0)) go();
      return cost;
    },
    bill: () => sums.bill(),
    billWithEarlier: () => {
      const now = sums.bill();
      const plus = (a: number | null, b: number | null) => a === null || b === null ? null : a + b;
      return {
        calls: now.calls + (before?.calls ?? 0),
        unknownCalls: now.unknownCalls + (before?.unknownCalls ?? 0),
        inputTokens: now.inputTokens + (before?.inputTokens ?? 0),
        outputTokens: now.outputTokens + (before?.outputTokens ?? 0),
        knownUsd: plus(now.knownUsd, plus(before?.knownUsd ?? 0, earlierUsd?.known ?? 0)),
        likelyUsd: plus(now.likelyUsd, plus(before?.likelyUsd ?? 0, earlierUsd?.atMost ?? 0)),
        atMostUsd: plus(now.atMostUsd, plus(before?.atMostUsd ?? 0, earlierUsd?.atMost ?? 0)),
      };
    },
  };
}

/**
 * Why a budget cannot be kept without a price.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { unknownPrice } from "agent-trace-lab/judge";
 * equal(unknownPrice("owl-1").includes("owl-1"), true);
 * ```
 */
export function unknownPrice(judge: string): string {
  return `the price of ${judge} is not known, so --max-usd cannot be kept; give its rates with --prices FILE, or leave out --max-usd`;
}
