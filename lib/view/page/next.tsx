/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { NextLabels } from "../../analysis/mod.ts";
import * as api from "./api.ts";
import { drawn } from "./drawn.ts";
import type { Place } from "./place.ts";

/** Strata that labels are divided among, by the question that they are for. */
const STRATA = [
  ["cell", "each cell"],
  ["harness", "harness"],
  ["model", "model"],
  ["config", "harness and model"],
  ["benchmark", "benchmark"],
] as const;

/** What to label next, where, and what it is expected to do. */
export function Next({ go }: { go: (to: Partial<Place>) => void }) {
  const [many, setMany] = useState(20);
  const [by, setBy] = useState("cell");
  const [next, setNext] = useState<NextLabels | null>(null);
  const [fault, setFault] = useState("");
  const draw = () =>
    api.next(many, by).then((found) => {
      drawn.add(found.next);
      setNext(found);
    }, (error) => setFault(error.message));
  return (
    <section class="next">
      <h2>Next to label</h2>
      <p class="filters">
        <label>
          draw{" "}
          <input
            type="number"
            min={1}
            max={500}
            value={many}
            size={4}
            onChange={(event) => setMany(Math.max(1, Math.min(500, Number(event.currentTarget.value) || 20)))}
          />{" "}
          sessions
        </label>
        <label>
          for success by{" "}
          <select value={by} onChange={(event) => setBy(event.currentTarget.value)}>
            {STRATA.map(([name, title]) => <option key={name} value={name}>{title}</option>)}
          </select>
        </label>
        <button type="button" onClick={draw}>draw</button>
      </p>
      {fault && <p role="alert">{fault}</p>}
      {next && (
        <>
          <p>{next.reason}</p>
          <ol>
            {next.next.map(({ sessionId, stratum, probability }) => (
              <li key={sessionId}>
                <button type="button" class="plain" onClick={() => go({ view: "session", id: sessionId })}>
                  {sessionId}
                </button>{" "}
                <small>{stratum}, drawn with a chance of {probability.toPrecision(2)}</small>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
