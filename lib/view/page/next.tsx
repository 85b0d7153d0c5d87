/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { NextLabels } from "../../analysis/mod.ts";
import * as api from "./api.ts";
import { drawn } from "./drawn.ts";
import type { Place } from "./place.ts";

/** What to label next, where, and what it is expected to do. */
export function Next({ go }: { go: (to: Partial<Place>) => void }) {
  const [many, setMany] = useState(20);
  const [next, setNext] = useState<NextLabels | null>(null);
  const [fault, setFault] = useState("");
  const draw = () =>
    api.next(many).then((found) => {
      drawn.add(found.next);
      setNext(found);
    }, (error) => setFault(error.message));
  return (
    <section>
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
