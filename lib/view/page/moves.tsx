/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { Moves as Moved } from "../../analysis/mod.ts";
import * as api from "./api.ts";
import { Conclusions } from "./conclusions.tsx";
import { Files } from "./label_files.tsx";
import { Loading } from "./loading.tsx";
import { Next } from "./next.tsx";
import type { Place } from "./place.ts";
import { count, pct, points } from "./words.ts";
import { plural } from "../../model/plural.ts";

const DIMENSIONS = ["harness", "model", "benchmark", "config"];

/** What labels do: the judge's errors, rates before and after, which order of two is left, and what to label next. */
export function Moves({ go, about }: { go: (to: Partial<Place>) => void; about: api.About }) {
  const [by, setBy] = useState("harness");
  const [moves, setMoves] = useState<Moved | null>(null);
  const [asked, setAsked] = useState(0);
  const [fault, setFault] = useState("");
  useEffect(() => {
    let current = true;
    api.moves(by).then((found) => current && setMoves(found), (error) => current && setFault(error.message));
    return () => void (current = false);
  }, [by, asked]);
  if (!moves) return <Loading fault={fault} />;
  return (
    <main class="moves">
      <h1>What {plural(moves.labels, "label")} {moves.labels === 1 ? "moves" : "move"}</h1>
      {moves.unknown.length > 0 && (
        <p>
          {plural(moves.unknown.length, "labelled session is", "labelled sessions are")} not here, or not judged.
        </p>
      )}
      {moves.split.length > 0 && <p>On {plural(moves.split.length, "session")} people are split evenly: no grade.</p>}
      <Next go={go} />
      <Judge moves={moves} />
      <section>
        <h2>
          Success by{" "}
          <select aria-label="Success by" value={by} onChange={(event) => setBy(event.currentTarget.value)}>
            {DIMENSIONS.map((name) => <option key={name}>{name}</option>)}
          </select>
        </h2>
        <Rates moves={moves} />
        {moves.rates.some(({ picked }) => picked > 0) && (
          <p>Labels of sessions that you picked, and that were not drawn by “Next to label”, correct no rate.</p>
        )}
      </section>
      <section>
        <h2>Which is better, before and after</h2>
        <Orders moves={moves} />
      </section>
      {about.concludes && <Conclusions key={asked} />}
      <Files about={about} raters={moves.raters} onImported={() => setAsked(asked + 1)} />
    </main>
  );
}

function Judge({ moves: { agreement, rates, by, trusted } }: { moves: Moved }) {
  const [all] = agreement;
  return (
    <section>
      <h2>The judge against people</h2>
      {all
        ? (
          <p>
            {plural(all.n, "session")} with both. Sensitivity {pct(all.sensitivity?.rate ?? null)}, specificity{" "}
            {pct(all.specificity?.rate ?? null)}
            {all.kappa && (
              <>, kappa {all.kappa.estimate.toFixed(2)} ({all.kappa.lo.toFixed(2)} to {all.kappa.hi.toFixed(2)})</>
            )}.
          </p>
        )
        : <p>No session has both a verdict of a judge and a label that decides.</p>}
      {trusted && <p>{trusted.sentence}</p>}
      {all && (
        <div class="scroll" tabIndex={0} role="region" aria-label="The judge against people">
          <table>
            <thead>
              <tr>
                <th>{by}</th>
                <th>both say solved</th>
                <th>the judge alone</th>
                <th>people alone</th>
                <th>neither</th>
              </tr>
            </thead>
            <tbody>
              {rates.filter(({ labels }) => labels > 0).map(({ level, confusion: { tp, fp, fn, tn } }) => (
                <tr key={level}>
                  <td>{level}</td>
                  {[tp, fp, fn, tn].map((n, i) => <td key={i} class="number">{count(n)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const interval = ({ estimate, lo, hi }: { estimate: number | null; lo: number | null; hi: number | null }) =>
  estimate === null ? "–" : `${pct(estimate)} (${pct(lo)} to ${pct(hi)})`;

function Rates({ moves: { by, rates } }: { moves: Moved }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Success by ${by}`}>
      <table>
        <thead>
          <tr>
            <th>{by}</th>
            <th>sessions</th>
            <th>labels</th>
            <th>as judged</th>
            <th>corrected (PPI++, 95%)</th>
            <th>by the judge's error rates (Rogan-Gladen)</th>
            <th>not to be relied on where</th>
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => (
            <tr key={rate.level}>
              <td>{rate.level}</td>
              <td class="number">{count(rate.sessions)}</td>
              <td class="number">
                {count(rate.labels)}
                {rate.picked > 0 && <>, {count(rate.picked)} picked</>}
              </td>
              <td class="number">{pct(rate.judged)}</td>
              <td class="number corrected">{interval(rate)}</td>
              <td class="number">{rate.roganGladen ? interval(rate.roganGladen) : "–"}</td>
              <td>{rate.why ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Orders({ moves: { orders, rates } }: { moves: Moved }) {
  const isJudged = rates.some(({ judged }) => judged !== null);
  if (orders.length === 0) return <p>There are no two to put in order.</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Which is better">
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
          {orders.map((order) => (
            <tr
              key={`${order.first} ${order.second}`}
              class={!isJudged || order.judged === order.corrected ? "" : "moved"}
            >
              <td>{order.first} / {order.second}</td>
              <td>{isJudged ? order.judged ?? "the same" : "–"}</td>
              <td>{order.difference === null ? "–" : order.corrected ?? "not told apart"}</td>
              <td class="number">
                {order.difference === null
                  ? "–"
                  : `${points(order.difference)} (${points(order.lo)} to ${points(order.hi)})`}
              </td>
              <td>{order.difference === null ? "–" : `label ${count(order.since)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
