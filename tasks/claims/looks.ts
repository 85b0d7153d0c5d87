import { type ClaimCounts, type ClaimLook, intervalOfLooks } from "../../lib/analysis/claims/mod.ts";
import { Ledger } from "../../lib/io/mod.ts";

/** Earlier looks at claims, from a ledger, and this one; nothing is written before the end. */
export interface Looks {
  /** The interval of a claim's effect over all looks so far and this one. */
  interval: (id: string, counts: ClaimCounts) => { lo: number; hi: number };
  /** Looks before this one, at the claim looked at most. */
  earlier: number;
  /** Adds this look to the ledger; a claim without a new session is not looked at anew. */
  keep: () => Promise<void>;
}

/** Runs `body` with the looks of a ledger, which is begun where it is not there, and is nobody else's meanwhile. */
export async function withLooks<T>(path: string, body: (looks: Looks) => Promise<T>): Promise<T> {
  using ledger = await Ledger.open(path, { busy: "another decision of claims is writing it; wait for its end" });
  const before = new Map<string, ClaimLook[]>(), now = new Map<string, ClaimLook>();
  await ledger.replay((value) => {
    const look = value as ClaimLook;
    before.set(look.id, [...before.get(look.id) ?? [], look]);
  });
  const isNew = (look: ClaimLook) => {
    const last = before.get(look.id)?.at(-1);
    return !last || last.n1 !== look.n1 || last.n2 !== look.n2;
  };
  return await body({
    earlier: Math.max(0, ...[...before.values()].map((looks) => looks.length)),
    interval: (id, counts) => {
      const look = { id, ...counts };
      now.set(id, look);
      return intervalOfLooks([...before.get(id) ?? [], look]);
    },
    keep: async () => {
      const fresh = [...now.values()].filter(isNew);
      if (fresh.length) await ledger.append(fresh);
    },
  });
}
