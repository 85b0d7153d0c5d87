/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { Moves as Moved, NextLabels } from "../../analysis/mod.ts";
import * as api from "./api.ts";
import { drawn } from "./label_form.tsx";
import type { Place } from "./place.ts";
import { count, pct, points } from "./words.ts";

/** What labels do: the judge's errors, rates before and after, which order of two is left, and what to label next. */
export function Moves({ go }: { go: (to: Partial<Place>) => void }) {
  const [by, setBy] = useState("harness");
  const [moves, setMoves] = useState<Moved | null>(null);
  const [next, setNext] = useState<NextLabels | null>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    let current = true;
    api.moves(by).then((found) => current && setMoves(found), (error) => current && setFault(error.message));
    return () => void (current = false);
  }, [by]);
  const draw = () =>
    api.next(20).then((found) => {
      for (const { sessionId, probability, stratum } of found.next) drawn.set(sessionId, { probability, stratum });
      setNext(found);
    }, (error) => setFault(error.message));
  if (fault) {
    return (
      <main>
        <p role="alert">{fault}</p>
      </main>
    );
  }
  if (!moves) {
    return (
      <main>
        <p>Loading …</p>
      </main>
    );
  }
  const [all] = moves.agreement;
  return (
    <main class="moves">
      <h1>What {count(moves.labels)} labels move</h1>
      <section>
        <h2>Next to label</h2>
        <p>
          <button type="button" onClick={draw}>draw 20 sessions</button>
        </p>
        {next && (
          <>
            <p>{next.reason}</p>
            <ol>
              {next.next.map(({ sessionId, stratum }) => (
                <li key={sessionId}>
                  <button type="button" class="plain" onClick={() => go({ view: "session", id: sessionId })}>
                    {sessionId}
                  </button>{" "}
                  <small>{stratum}</small>
                </li>
              ))}
            </ol>
          </>
        )}
      </section>
      <section>
        <h2>The judge against people</h2>
        {all
          ? (
            <p>
              {count(all.n)} sessions with both: judge and people say solved {count(all.tp)}, the judge alone{" "}
              {count(all.fp)}, people alone {count(all.fn)}, neither {count(all.tn)}. Sensitivity{" "}
              {pct(all.sensitivity?.rate ?? null)}, specificity {pct(all.specificity?.rate ?? null)}
              {all.kappa && (
                <>, kappa {all.kappa.estimate.toFixed(2)} ({all.kappa.lo.toFixed(2)} to {all.kappa.hi.toFixed(2)})</>
              )}.
            </p>
          )
          : <p>No session has both a verdict of a judge and a label that decides.</p>}
        {moves.raters.map(({ raters, n, agree, kappa }) => (
          <p key={raters.join()}>
            {raters[0]} and {raters[1]} agree on {count(agree)} of {count(n)}
            {kappa && <>, kappa {kappa.estimate.toFixed(2)} ({kappa.lo.toFixed(2)} to {kappa.hi.toFixed(2)})</>}.
          </p>
        ))}
      </section>
      <section>
        <h2>
          Success by{" "}
          <select aria-label="Success by" value={by} onChange={(event) => setBy(event.currentTarget.value)}>
            {["harness", "model", "benchmark", "config"].map((name) => <option key={name}>{name}</option>)}
          </select>
        </h2>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>{by}</th>
                <th>sessions</th>
                <th>labels</th>
                <th>as judged</th>
                <th>corrected (95%)</th>
                <th>not to be relied on where</th>
              </tr>
            </thead>
            <tbody>
              {moves.rates.map((rate) => (
                <tr key={rate.level}>
                  <td>{rate.level}</td>
                  <td class="number">{count(rate.sessions)}</td>
                  <td class="number">{count(rate.labels)}</td>
                  <td class="number">{pct(rate.judged)}</td>
                  <td class="number">{pct(rate.estimate)} ({pct(rate.lo)} to {pct(rate.hi)})</td>
                  <td>{rate.why ?? ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section>
        <h2>Which is better, before and after</h2>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>two of them</th>
                <th>as judged</th>
                <th>corrected</th>
                <th>difference (95%)</th>
                <th>so since</th>
              </tr>
            </thead>
            <tbody>
              {moves.orders.map((order) => (
                <tr key={`${order.first} ${order.second}`} class={order.judged === order.corrected ? "" : "moved"}>
                  <td>{order.first} / {order.second}</td>
                  <td>{order.judged ?? "the same"}</td>
                  <td>{order.difference === null ? "–" : order.corrected ?? "not told apart"}</td>
                  <td class="number">{points(order.difference)} ({points(order.lo)} to {points(order.hi)})</td>
                  <td>{order.difference === null ? "–" : `${count(order.since)} labels`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </main>
  );
}
