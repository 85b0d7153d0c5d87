import type { NextToLabel } from "../../analysis/mod.ts";

const KEY = "drawn";

/** What was drawn to be labelled: the chance goes into the label, also when the page was reloaded between. */
export const drawn = {
  /** The chance and stratum of a session; undefined where it was not drawn. */
  of(sessionId: string): { probability: number; stratum: string } | undefined {
    return all()[sessionId];
  },
  /** Keeps what was drawn. */
  add(next: readonly NextToLabel[]): void {
    const more = Object.fromEntries(next.map(({ sessionId, probability, stratum }) => [
      sessionId,
      { probability, stratum },
    ]));
    sessionStorage.setItem(KEY, JSON.stringify({ ...all(), ...more }));
  },
};

function all(): Record<string, { probability: number; stratum: string }> {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
}
