import { type JudgePrice, type Spent, usdOf } from "../endpoint/ask.ts";
import { NO_USAGE } from "../endpoint/usage.ts";

/** A request as far as its cost depends on it. */
export interface AskedCall {
  /** Who is asked. */
  judge: string;
  /** Input tokens by our own count. */
  estimatedTokens: number;
  /** Room for the answer. */
  maxOutputTokens: number;
}

/** What one call came to. */
export interface CallCost {
  /** Null when the endpoint did not say, or the judge has no price. */
  usd: number | null;
  /** The same, with what is not known at its worst case; null where the judge has no price. */
  atMostUsd: number | null;
}

/** What calls have cost. */
export interface Bill {
  /** Requests sent. */
  calls: number;
  /** Calls whose cost nobody said: they timed out, broke, were killed, or came without a count that can be. */
  unknownCalls: number;
  /** Tokens of the calls that said how many. */
  inputTokens: number;
  /** Of answers, likewise. */
  outputTokens: number;
  /** USD of the calls that said how much; null where a judge has no price. */
  knownUsd: number | null;
  /** The same, and each unknown call as the known ones of its judge: its prompt by our count, an answer of mean length. */
  likelyUsd: number | null;
  /** The same, and each unknown call at its worst case: its prompt, and an answer as long as it may be. */
  atMostUsd: number | null;
}

/** Tokens of several calls. */
export interface Tokens {
  /** Of prompts. */
  input: number;
  /** Of answers. */
  output: number;
}

/** One judge's calls. */
interface Sums {
  calls: number;
  known: Tokens & { calls: number; estimated: number; cached: number };
  /** All of them; those that were likely answered, with their input by our own count; and as dear as all can be. */
  unknown: { calls: number; answered: number; estimated: number; worst: Tokens };
  /** Largest count of theirs over ours, and the longest answer. */
  mostRatio: number;
  mostOutput: number;
}

/** Prompts are counted by our tokenizer, not theirs: until a judge has answered this often, it may count half as much again. */
const ENOUGH_CALLS = 5;
const UNKNOWN_RATIO = 1.5;
const MARGIN = 1.1;

/** Adds up what calls took, judge by judge. */
export class CallSums {
  readonly #judges = new Map<string, Sums>();

  /** `price` gives a judge's price, null where it is not known. */
  constructor(readonly price: (judge: string) => JudgePrice | null) {}

  /**
   * Adds a call with what it spent, whole or in part; what is not known counts at its worst case.
   *
   * @returns USD as known, null where it is not, and at most
   */
  spend({ judge, estimatedTokens, maxOutputTokens }: AskedCall, spent: Spent): CallCost {
    const sums = this.#of(judge);
    sums.calls++;
    if (spent === "nothing") return { usd: 0, atMostUsd: 0 };
    if (spent === "prompt at most") {
      const { input } = this.worst(judge, estimatedTokens, 0);
      sums.unknown.calls++;
      sums.unknown.worst.input += input;
      return { usd: null, atMostUsd: usdOf(this.price(judge), input, 0) };
    }
    const { inputTokens, cachedTokens, outputTokens } = spent === "unknown" ? NO_USAGE : spent;
    const price = this.price(judge);
    const usd = usdOf(price, inputTokens, outputTokens, cachedTokens);
    if (inputTokens !== null && outputTokens !== null) {
      const { known } = sums;
      known.calls++;
      known.estimated += estimatedTokens;
      known.input += inputTokens;
      known.cached += cachedTokens ?? 0;
      known.output += outputTokens;
      if (estimatedTokens > 0) sums.mostRatio = Math.max(sums.mostRatio, inputTokens / estimatedTokens);
      sums.mostOutput = Math.max(sums.mostOutput, outputTokens);
      return { usd, atMostUsd: usd };
    }
    const worst = this.worst(judge, estimatedTokens, maxOutputTokens);
    const [input, output] = [inputTokens ?? worst.input, outputTokens ?? worst.output];
    sums.unknown.calls++;
    sums.unknown.answered++;
    sums.unknown.estimated += estimatedTokens;
    sums.unknown.worst.input += input;
    sums.unknown.worst.output += output;
    return { usd, atMostUsd: usdOf(price, input, output) };
  }

  /** The dearest that a call can become. */
  worst(judge: string, estimated: number, maxOutput: number): Tokens {
    const { known, mostRatio, mostOutput } = this.#of(judge);
    const ratio = known.calls < ENOUGH_CALLS ? Math.max(UNKNOWN_RATIO, mostRatio) : MARGIN * mostRatio;
    return { input: Math.ceil(estimated * ratio), output: Math.max(maxOutput, mostOutput) };
  }

  /** What all calls came to so far. */
  bill(): Bill {
    const all = [...this.#judges];
    const sum = (of: (sums: Sums) => number) => all.reduce((total, [, sums]) => total + of(sums), 0);
    const usd = (of: (sums: Sums) => Tokens & { cached?: number }) =>
      all.reduce<number | null>((total, [judge, sums]) => {
        const { input, output, cached = 0 } = of(sums);
        const part = input + output === 0 ? 0 : usdOf(this.price(judge), input, output, cached);
        return total === null || part === null ? null : total + part;
      }, 0);
    const knownUsd = usd(({ known }) => known);
    const plus = (more: number | null) => knownUsd === null || more === null ? null : knownUsd + more;
    return {
      calls: sum(({ calls }) => calls),
      unknownCalls: sum(({ unknown }) => unknown.calls),
      inputTokens: sum(({ known }) => known.input),
      outputTokens: sum(({ known }) => known.output),
      knownUsd,
      likelyUsd: plus(usd(({ known, unknown }) => ({
        input: unknown.estimated * (known.estimated > 0 ? known.input / known.estimated : 1),
        output: known.calls > 0 ? unknown.answered * known.output / known.calls : unknown.worst.output,
      }))),
      atMostUsd: plus(usd(({ unknown }) => unknown.worst)),
    };
  }

  #of(judge: string): Sums {
    let sums = this.#judges.get(judge);
    if (!sums) {
      sums = {
        calls: 0,
        known: { calls: 0, estimated: 0, input: 0, cached: 0, output: 0 },
        unknown: { calls: 0, answered: 0, estimated: 0, worst: { input: 0, output: 0 } },
        mostRatio: 0,
        mostOutput: 0,
      };
      this.#judges.set(judge, sums);
    }
    return sums;
  }
}
