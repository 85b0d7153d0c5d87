import { z } from "zod";
import { Ledger, ledgerLines } from "../../io/ledger.ts";
import { RowError } from "../../model/mod.ts";
import type { AskFault, JudgePrice, Spent } from "../endpoint/ask.ts";
import { camelCased, snakeCased } from "../verdicts/columns.ts";
import { type AskedCall, CallSums } from "./call_sums.ts";

/** A request that is about to be sent. */
export interface BegunCall extends AskedCall {
  /** Names the call within the file. */
  call: string;
  /** The session it is about. */
  sessionId: string;
}

/** What became of it. */
export interface EndedCall {
  /** The call that ended. */
  call: string;
  /** `known` where the endpoint counted the tokens. */
  spent: Exclude<Spent, object> | "known";
  /** Null where the endpoint did not say. */
  inputTokens: number | null;
  /** The part of them from its cache; null where it did not say. */
  cachedTokens: number | null;
  /** Null where the endpoint did not say. */
  outputTokens: number | null;
  /** Null where a reply came. */
  fault: AskFault | null;
}

/**
 * Every request of a file of verdicts, in a file beside it: noted before it is sent and when it has ended, so that what a
 * killed run had under way is not forgotten.
 */
export interface CallLog {
  /** Names this run's calls apart from those of earlier runs. */
  run: number;
  /** Notes a call; resolves when the line is in the file. */
  begun(call: BegunCall): Promise<void>;
  /** Notes what became of it. */
  ended(call: EndedCall): Promise<void>;
  /** Lets go of the file. */
  close(): void;
}

const count = z.number().nonnegative();
const lineSchema = z.union([
  z.object({
    call: z.string(),
    sessionId: z.string(),
    judge: z.string(),
    estimatedTokens: count,
    maxOutputTokens: count,
  }),
  z.object({
    call: z.string(),
    spent: z.enum(["nothing", "prompt at most", "unknown", "known"]),
    inputTokens: count.nullable(),
    cachedTokens: count.nullable(),
    outputTokens: count.nullable(),
    fault: z.string().nullable(),
  }),
]);

/**
 * Opens the log of calls, or begins one, and adds up what the calls in it took. One that was begun and never ended was under
 * way when its run was killed: its cost is not known. A torn last line is cut off.
 *
 * @throws {RowError} naming file and line when another line is no call
 */
export async function openCallLog(
  path: string,
  price: (judge: string) => JudgePrice | null,
): Promise<{ log: CallLog; earlier: CallSums }> {
  const ledger = await Ledger.open(path, { busy: "another run is writing it; wait for it or give another --out" });
  try {
    const earlier = new CallSums(price);
    const open = new Map<string, BegunCall>();
    let runs = 0;
    const wrong = (number: number) =>
      new RowError(path, `line ${number}`, "", "expected a call; move the file away to begin a new one");
    await ledger.replay((value, { number }) => {
      const parsed = lineSchema.safeParse(camelCased(Object(value)));
      if (!parsed.success) throw wrong(number);
      const entry = parsed.data;
      runs = Math.max(runs, Number(entry.call.split("-")[0]) || 0);
      if ("judge" in entry) open.set(entry.call, entry);
      else {
        const begun = open.get(entry.call);
        open.delete(entry.call);
        if (begun) earlier.spend(begun, entry.spent === "known" ? entry : entry.spent);
      }
    }, ({ number }) => {
      throw wrong(number);
    });
    for (const begun of open.values()) earlier.spend(begun, "unknown");
    // A kill leaves what was written; only a power cut could lose it.
    const write = (line: object) => ledger.write(ledgerLines([snakeCased(line)]));
    return { log: { run: runs + 1, begun: write, ended: write, close: () => ledger.close() }, earlier };
  } catch (error) {
    ledger.close();
    throw error;
  }
}
