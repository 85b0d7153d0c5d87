/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { ConfigsCompared } from "../compare_configs.ts";
import * as api from "./api.ts";
import type { Place } from "./place.ts";
import { count, pct, points, pWords } from "./words.ts";

/** Tasks that are listed. */
const MOST_TASKS = 200;

/** Two configs on the tasks that both tried, with the paired test, and task by task. */
export function Configs({ place, go }: { place: Place; go: (to: Partial<Place>) => void }) {
  const [names, setNames] = useState<string[]>([]);
  const [compared, setCompared] = useState<ConfigsCompared | null>(null);
  const [fault, setFault] = useState("");
  const [a, b] = [
    place.id || names[0] || "",
    place.other || names.find((name) => name !== (place.id || names[0])) || "",
  ];
  useEffect(() => {
    api.groups("config", {}).then(
      (found) => setNames(found.flatMap(({ key }) => key ?? [])),
      (error) => setFault(error.message),
    );
  }, []);
  useEffect(() => {
    if (!a || !b) return;
    let current = true;
    setCompared(null);
    setFault("");
    api.configs(a, b).then((found) => current && setCompared(found), (error) => current && setFault(error.message));
    return () => void (current = false);
  }, [a, b]);
  const choice = (which: "id" | "other", value: string, label: string) => (
    <label>
      {label}{" "}
      <select value={value} onChange={(event) => go({ id: a, other: b, [which]: event.currentTarget.value })}>
        {[...new Set([value, ...names])].filter(Boolean).map((name) => <option key={name}>{name}</option>)}
      </select>
    </label>
  );
  return (
    <main class="configs">
      <h1>Two configs on shared tasks</h1>
      <p class="filters">{choice("id", a, "this")} {choice("other", b, "against that")}</p>
      {fault && <p role="alert">{fault}</p>}
      {!fault && names.length === 1 && <p>There is one config only.</p>}
      {compared && <Told compared={compared} />}
      {compared && compared.pairs.length > 0 && <Tasks compared={compared} go={go} />}
    </main>
  );
}

function Told({ compared: { a, b, unpaired, paired } }: { compared: ConfigsCompared }) {
  return (
    <>
      <p>
        Over all their sessions {a.config} solves {count(a.k)} of {count(a.n)}, {b.config} {count(b.k)} of {count(b.n)}
        {unpaired && <>: {points(unpaired.estimate)} ({points(unpaired.lo)} to {points(unpaired.hi)})</>}.
      </p>
      <p>
        {paired
          ? (
            <>
              On the {count(paired.tasks)} tasks that both tried, each of equal weight:{" "}
              <strong>{points(paired.estimate)}</strong> ({points(paired.lo)} to {points(paired.hi)}),{" "}
              {pWords(paired.pValue)} (paired).
            </>
          )
          : "Fewer than two tasks are known to have been tried by both."}
      </p>
    </>
  );
}

function Tasks({ compared: { a, b, pairs }, go }: { compared: ConfigsCompared; go: (to: Partial<Place>) => void }) {
  const side = ({ n, k }: { n: number; k: number }) => n === 1 ? k ? "solved" : "not solved" : `${pct(k / n)} of ${n}`;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Tasks">
      <table>
        <thead>
          <tr>
            <th>benchmark</th>
            <th>task</th>
            <th>{a.config}</th>
            <th>{b.config}</th>
            <th>side by side</th>
          </tr>
        </thead>
        <tbody>
          {pairs.slice(0, MOST_TASKS).map((pair) => (
            <tr
              key={`${pair.benchmark} ${pair.task}`}
              class={pair.a.k / pair.a.n === pair.b.k / pair.b.n ? "" : "moved"}
            >
              <td>{pair.benchmark}</td>
              <td>{pair.task}</td>
              <td>{side(pair.a)}</td>
              <td>{side(pair.b)}</td>
              <td>
                <button
                  type="button"
                  class="plain"
                  onClick={() => go({ view: "compare", id: pair.a.id, other: pair.b.id })}
                >
                  compare
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.length > MOST_TASKS && <p>{count(pairs.length - MOST_TASKS)} more tasks, on which they differ less.</p>}
    </div>
  );
}
